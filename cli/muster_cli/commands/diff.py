"""`muster diff`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muster_cli.arguments import named_package, old_argument, output_option, policy_option
from muster_cli.exit_codes import CLEAN, FINDINGS
from muster_cli.output import progress, wants_colour, write

if TYPE_CHECKING:
    from musterroll.changes.compatibility import Policy
    from musterroll.changes.diff import Diff

_FORMATS = ("text", "json", "jsonl", "markdown", "html", "daff")


@click.command(short_help="What changed between two releases.")
@old_argument
@click.argument("new", default=".", callback=named_package)
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text",
              help="text for people; json; jsonl, the feed that muster apply reads; markdown for a pull request; "
              "html, a page with a search; daff, a highlighter table (one --table).")  # fmt: skip
@click.option("--table", "tables", multiple=True, metavar="NAME", help="Only this table (repeatable).")
@policy_option
@output_option
@click.option("--all", "show_all", is_flag=True, help="Text: list every change, however many.")
@click.pass_context
def diff(
    ctx: click.Context,
    old: str | None,
    new: str,
    form: str,
    tables: tuple[str, ...],
    policy: Policy,
    output: Path | None,
    show_all: bool,
) -> None:
    """What changed from OLD to NEW: rows by key, cells, columns, schemas, descriptions.

    NEW is this folder if it is not given, and OLD the last release: the latest
    stable one of MUSTER_INDEX, of releases/ beside the package, or of the cache.
    Both are named as for muster validate; a release as NAME@1.0.0 or NAME@latest.

    Cells are compared as text; the schema says whether a difference is another
    value, another spelling of it, or another way to write that there is none.
    Row order, quoting, newlines and the descriptor's hashes are no differences.

    Exit code 0 if nothing differs, 1 if something does, 4 if OLD cannot be read.
    """
    if form == "jsonl" and tables:
        raise click.UsageError("a feed holds all tables; leave out --table.", ctx)
    from musterroll.changes.diff import compared
    from musterroll.package.sources import opened, opened_previous
    from musterroll.release.by_name import opened_last_release

    with (
        progress(ctx, "comparing") as on_step,
        opened(new) as after,
        opened_last_release(after) if old is None else opened_previous(old) as before,
        compared(before, after, tables, on_step) as found,
    ):
        if found.unknown_tables:
            named = ", ".join(found.unknown_tables)
            raise click.BadParameter(f"neither release has a table {named}", ctx, param_hint="--table")
        write(_rendered(found, form, policy, output, show_all=show_all), output, exact=form != "text")
        differs = next(found.changes(), None) is not None
    ctx.exit(FINDINGS if differs else CLEAN)


def _rendered(found: Diff, form: str, policy: Policy, output: Path | None, *, show_all: bool) -> str | Iterable[str]:
    if form == "json":
        from muster_cli.render.changes_json import render_json

        return render_json(found, policy=policy)
    if form == "jsonl":
        from musterroll.changes.feed import feed

        return feed(found, policy)
    if form == "markdown":
        from muster_cli.render.changes_markdown import render_markdown

        return render_markdown(found, policy=policy)
    if form == "html":
        from muster_cli.render.changes_html import render_html

        return render_html(found, policy=policy)
    if form == "daff":
        from muster_cli.render.changes_daff import render_daff

        return render_daff(found)
    from muster_cli.render.changes_text import render_text

    return render_text(found, policy=policy, colour=wants_colour(output), show_all=show_all)
