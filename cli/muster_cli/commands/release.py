"""`muster release`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muster_cli.arguments import against_option, package_argument
from muster_cli.output import progress, remark, write
from muster_cli.reports import all_option, rendered

if TYPE_CHECKING:
    from musterroll.package.folder import Folder


@click.command(short_help="Gate, build and publish a release.")
@package_argument
@click.option("--out", required=True, metavar="DIR", type=click.Path(path_type=Path, file_okay=False),
              help="The folder of releases; the new one is DIR/VERSION, and DIR/index.json names it.")  # fmt: skip
@against_option
@click.option("--sign", "key", metavar="KEY", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Sign with this private SSH key (needs ssh-keygen).")  # fmt: skip
@all_option
@click.pass_context
def release(ctx: click.Context, package: str, out: Path, against: str | None, key: Path | None, show_all: bool) -> None:
    """Publish PACKAGE (default: this folder) as DIR/VERSION: first the gate, then everything is built and verified.

    A release holds the package in canonical form; the same as zip, Parquet, SQLite,
    XLSX and flat CSV, proved equal to it cell by cell; the changes since the release
    before and a changelog; the report of the checks; a codebook, a citation and
    metadata for deposits and search engines; and SHA256SUMS over all of it. The same
    package gives the same bytes everywhere.

    The release before is the latest stable one in DIR, or OLD. A release appears
    whole or not at all, and is never overwritten: the same package again is "up to
    date", another under a published version is refused.

    Exit code 0 if it is published or up to date, 1 if the gate says no.
    """
    from musterroll.package.opening import require_package
    from musterroll.package.sources import opened
    from musterroll.release.content import canonical_hashes
    from musterroll.release.making import make_release

    with opened(package) as folder, _before(folder, out, against) as old:
        found = require_package(folder)
        hashes = canonical_hashes(found)
        report = ""
        if not os.path.lexists(out / str(found.version)):  # what is published already is not judged again
            report = _gated(ctx, folder, old, show_all=show_all)
        with progress(ctx, "making") as on_step:
            done = make_release(found, hashes, old, report, out, key, on_step)
    click.echo(f"{found.name} {found.version} {done.outcome}: {done.folder}")
    click.echo(f"SHA256SUMS {done.entry.sha256sums}")
    remark(ctx, f"muster verify {done.folder} proves it again, here or wherever it is copied to")


@contextmanager
def _before(folder: Folder, out: Path, against: str | None) -> Iterator[Folder | None]:
    """The release before: the one that is named, else the latest stable one in `out`, if there is any."""
    from musterroll.package.sources import opened_previous
    from musterroll.release.by_name import NoRelease, opened_last_release
    from musterroll.release.index import INDEX

    with ExitStack() as stack:
        old = None
        if against is not None:
            old = stack.enter_context(opened_previous(against))
        elif (out / INDEX).exists():
            with suppress(NoRelease):  # it holds candidates only
                old = stack.enter_context(opened_last_release(folder, str(out)))
        yield old


def _gated(ctx: click.Context, folder: Folder, old: Folder | None, *, show_all: bool) -> str:
    """The gate's report as JSON; if it says no, the report is shown and nothing is built."""
    from muster_cli.render.json import render_json
    from muster_validators import judge_release

    with progress(ctx) as on_step:
        report = judge_release(folder, old, on_step=on_step)
    code = report.exit_code()
    if code:
        write(rendered(report, folder, "text", None, show_all=show_all, threshold="error"), None)
        remark(ctx, "the gate says no: nothing was built")
        ctx.exit(code)
    return render_json(report)
