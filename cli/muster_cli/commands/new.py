"""`muster new`."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muster_cli.arguments import folder_argument
from muster_cli.since import package_since

if TYPE_CHECKING:
    from musterroll.drafting.draft import Draft
    from musterroll.package.descriptor import Package


def _pairs(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> list[tuple[str, str]]:
    pairs = [value.partition("=") for value in values]
    wrong = [name for name, sign, _ in pairs if not sign or not name]
    if wrong:
        raise click.BadParameter(f"{wrong[0]!r} is not COLUMN=VALUE")
    return [(name, text) for name, _, text in pairs]


@click.command(short_help="Begin a row: the next free id, its evidence, its place.")
@click.argument("table")
@folder_argument
@click.option("--set", "pairs", metavar="COLUMN=VALUE", multiple=True, callback=_pairs,
              help="Fill a cell (repeatable); personnel=200 or date=2025-02 fill all that belong to it.")  # fmt: skip
@click.option(
    "--source", "source_id", metavar="SOURCE_ID", default="", help="The source that says so, for the evidence."
)
@click.option("--locator", default="", help='Where in the source, such as "par. 2".')
@click.option("--finding", metavar="FINGERPRINT", help="With TABLE waivers: the finding that is accepted.")
@click.option("--revise", metavar="ID", help="Begin the next revision of ID: a copy of the one that stands.")
@click.option("--rekey", metavar="ID", multiple=True,
              help="Move ID and all that names it to a free id (repeatable), if two branches took it.")  # fmt: skip
@click.option("--line", type=click.IntRange(min=1), help="With --rekey: the row in this line of the file moves.")
@click.option("--since", metavar="REV", help="With --rekey: what REV has (such as origin/main) stays.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written.")
@click.pass_context
def new(
    ctx: click.Context,
    table: str,
    package: Path,
    pairs: list[tuple[str, str]],
    source_id: str,
    locator: str,
    finding: str | None,
    revise: str | None,
    rekey: tuple[str, ...],
    line: int | None,
    since: str | None,
    dry_run: bool,
) -> None:
    """Begin a row of TABLE in PACKAGE (a folder; default: this one): id, cells and evidence, where they belong.

    \b
    muster new sources --set publisher="The Gazette" --set published=2025-02-07 …
    muster new deployments --set country_code=KEN --set personnel=~100
        --set date=2025-02-06 --source gazette-2025-02-07 --locator "par. 2"
    muster new commitments --revise C-0012 --set status=withdrawn
    muster new deployments --rekey D-0042 --since origin/main
    muster new waivers --finding 1b7991a9ef08 --source gazette-2025-02-07 …

    The id is the next that was never used. Every value is checked against the
    schema; nothing is written unless all of them fit. Numbers and dates may be
    written as in evidence: 200 ~200 >=50 >400 <=50 <400 54..65 ? and 2025-02-06,
    2025-02, 2025-02-06/2025-02-09. Evidence gets the value that the cells have.

    The new id goes to stdout; what was written, and what is still empty and what
    that means, to stderr. All files are written or none. Exit code 2 if a value
    does not fit, with the codes that would.
    """
    _check_use(ctx, pairs, (source_id, locator), revise, rekey, line, since)
    _check_finding(ctx, finding, table, revise, rekey)
    from muster_cli.render.draft import render_draft
    from muster_cli.render.visible import visible
    from musterroll.drafting.unfit import Unfit
    from musterroll.drafting.writing import held, write_files
    from musterroll.package.opening import find_folder, require_package

    root = find_folder(package).root
    with held(root):
        opened = require_package(find_folder(package))
        try:
            if finding is not None:
                pairs = _accepting(finding, package, pairs)
            if rekey:
                draft = _moved(ctx, opened, table, rekey, line, since)
            else:
                draft = _begun(opened, table, revise, pairs, (source_id, locator))
            files = draft.files(opened)
        except Unfit as error:
            told = "\n".join(visible(line, 2000) for fault in error.faults for line in fault.split("\n"))
            raise click.UsageError(told, ctx) from error
        if not dry_run:
            write_files(root, files)
    if dry_run:
        click.echo(render_draft(draft), nl=False)
        return
    for id in draft.ids:
        click.echo(visible(id))
    if not ctx.obj["quiet"]:
        click.echo(render_draft(draft), nl=False, err=True)


def _check_use(
    ctx: click.Context,
    pairs: list[tuple[str, str]],
    source: tuple[str, str],
    revise: str | None,
    rekey: tuple[str, ...],
    line: int | None,
    since: str | None,
) -> None:
    """What excludes what."""
    if rekey and (pairs or any(source) or revise):
        raise click.UsageError("--rekey moves what is there; it takes no --set, --source, --locator or --revise.", ctx)
    if (line or since) and not rekey:
        raise click.UsageError("--line and --since belong to --rekey.", ctx)
    if line and len(rekey) > 1:
        raise click.UsageError("--line tells one row; give one --rekey with it.", ctx)


def _check_finding(
    ctx: click.Context, finding: str | None, table: str, revise: str | None, rekey: tuple[str, ...]
) -> None:
    if finding is not None and (table != "waivers" or revise or rekey):
        raise click.UsageError("--finding begins a row of waivers, and goes with no --revise or --rekey.", ctx)


def _accepting(finding: str, package: Path, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    from muster_cli.waiving import cells_of_finding

    return [*cells_of_finding(package, finding), *pairs]


def _begun(
    package: Package, table: str, revise: str | None, pairs: list[tuple[str, str]], source: tuple[str, str]
) -> Draft:
    from musterroll.drafting.new_row import new_row
    from musterroll.drafting.proofs import Source
    from musterroll.drafting.revision import new_revision

    if revise is None:
        return new_row(package, table, pairs, Source(*source))
    return new_revision(package, table, revise, pairs, Source(*source))


def _moved(
    ctx: click.Context, package: Package, table: str, ids: tuple[str, ...], line: int | None, since: str | None
) -> Draft:
    from musterroll.drafting.rekey import rekey
    from musterroll.package.opening import require_package
    from musterroll.package.sources import opened_previous

    with ExitStack() as stack:
        base = None
        if since is not None:
            target = package_since(ctx, str(package.folder.root), since)
            base = require_package(stack.enter_context(opened_previous(target)))
        return rekey(package, table, ids, line, base)
