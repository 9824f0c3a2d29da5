"""`muster version`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from muster_cli.arguments import named_package, output_option, policy_option
from muster_cli.exit_codes import CLEAN, FINDINGS
from muster_cli.output import progress, wants_colour, write

if TYPE_CHECKING:
    from musterroll.changes.compatibility import Policy


@click.command(short_help="The version that a new release must carry.")
@click.argument("old", callback=named_package)
@click.argument("new", default=".", callback=named_package)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              help="text for people, json for programs.")  # fmt: skip
@policy_option
@output_option
@click.pass_context
def version(ctx: click.Context, old: str, new: str, form: str, policy: Policy, output: Path | None) -> None:
    """Which version NEW (default: this folder) must carry after OLD, and why.

    It is computed from schemas and rows. A larger step than required needs a
    reason: the property versionReason of NEW's datapackage.json.

    Exit code 0 if the declared version will do, 1 if it will not, 4 if OLD cannot be read.
    """
    from muster_cli.render.required import render_json, render_text
    from musterroll.changes.diff import compared
    from musterroll.changes.version import required_version
    from musterroll.package.sources import opened, opened_previous

    with (
        progress(ctx, "comparing") as on_step,
        opened_previous(old) as before,
        opened(new) as after,
        compared(before, after, (), on_step) as found,
    ):
        required = required_version(found, policy)
    write(render_json(required) if form == "json" else render_text(required, colour=wants_colour(output)), output)
    ctx.exit(CLEAN if required.is_enough else FINDINGS)
