"""`muster version`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from muster_cli.arguments import named_package, old_argument, output_option, policy_option
from muster_cli.exit_codes import CLEAN, FINDINGS
from muster_cli.output import progress, wants_colour, write

if TYPE_CHECKING:
    from musterroll.changes.compatibility import Policy


@click.command(short_help="The version that a new release must carry.")
@old_argument
@click.argument("new", default=".", callback=named_package)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              help="text for people, json for programs.")  # fmt: skip
@policy_option
@output_option
@click.pass_context
def version(ctx: click.Context, old: str | None, new: str, form: str, policy: Policy, output: Path | None) -> None:
    """Which version NEW must carry after OLD, and why.

    NEW is this folder if it is not given, and OLD the last release, as for muster diff.

    It is computed from schemas and rows. A larger step than required needs a
    reason: the property versionReason of NEW's datapackage.json.

    Exit code 0 if the declared version will do, 1 if it will not, 4 if OLD cannot be read.
    """
    from muster_cli.render.required import render_json, render_text
    from musterroll.changes.diff import compared
    from musterroll.changes.version import required_version
    from musterroll.package.sources import opened, opened_previous
    from musterroll.release.by_name import opened_last_release

    with (
        progress(ctx, "comparing") as on_step,
        opened(new) as after,
        opened_last_release(after) if old is None else opened_previous(old) as before,
        compared(before, after, (), on_step) as found,
    ):
        required = required_version(found, policy)
    write(render_json(required) if form == "json" else render_text(required, colour=wants_colour(output)), output)
    ctx.exit(CLEAN if required.is_enough else FINDINGS)
