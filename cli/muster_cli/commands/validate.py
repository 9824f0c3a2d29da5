"""`muster validate`."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muster_cli.arguments import LAYERS, against_option, new_since_option, output_option, package_argument
from muster_cli.cache import judged_or_cached
from muster_cli.output import progress, remark, write
from muster_cli.pages import prepare, write_pages
from muster_cli.reports import all_option, fail_on_option, format_option, rendered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from muster_validators import Report
    from muster_validators.finding import Severity
    from musterroll.package.folder import Folder


def _docs_folder(_: click.Context, __: click.Parameter, value: str | None) -> Path | None:
    if value is None:
        return None
    if not value or Path(value).is_file():
        raise click.BadParameter("the pages need a folder")
    if {"data", "schemas"} & set(Path(value).parts[-2:]):
        raise click.BadParameter("data and schemas hold the package; choose another folder")
    return Path(value)


@click.command(short_help="Check a package: structure, facts, plausibility.")
@package_argument
@click.option("--layer", "layers", type=click.Choice(LAYERS), multiple=True,
              help="Judge this layer only (repeatable); all by default.")  # fmt: skip
@against_option
@click.option("--since", metavar="REV",
              help="Show only what concerns rows changed since REV, a git revision or any package.")  # fmt: skip
@new_since_option
@format_option
@output_option
@click.option("--data-docs", metavar="DIR", callback=_docs_folder,
              help="Write pages about what plausibility expected and saw into DIR.")  # fmt: skip
@fail_on_option
@all_option
@click.option("--no-cache", is_flag=True, help="Judge again, even if nothing has changed since the last run.")
@click.pass_context
def validate(
    ctx: click.Context,
    package: str,
    layers: tuple[str, ...],
    against: str | None,
    since: str | None,
    new_since: str | None,
    form: str,
    output: Path | None,
    data_docs: Path | None,
    threshold: Severity,
    show_all: bool,
    no_cache: bool,
) -> None:
    """Check PACKAGE: a folder, its datapackage.json, a .zip, a git revision, a release or a URL (default: this folder).

    \b
    structure     is it the package it says it is? (bytes, CSV, descriptor, schemas)
    facts         are the facts coherent? (for packages of the mission-record profile)
    plausibility  does it look like the next release of OLD? (--against OLD; some of
                  it needs no OLD in packages of the mission-record profile)

    \b
    @v1.2.0           this folder as it was in that revision
    ../other@main     another folder, in another revision
    haiti-mss@1.0.0   a release, or @latest: from MUSTER_INDEX, releases/ or muster fetch
    https://…         a .zip, or a datapackage.json with its files beside it

    With --since, findings are left out, and counted, unless they are about a row that
    changed since REV, one that refers to it, or a sum or chain that it is part of:
    what does my change concern? With --new-since, OLD is judged as well (without a
    release before it), and only findings that it does not have fail: what is worse
    than it was? A check that could not run fails with either.

    Exit code 0 if nothing was found, 1 if something was or a check could not run.
    """
    from muster_validators import validate as judge
    from musterroll.package.sources import opened, opened_previous

    chosen = layers or LAYERS
    if (against or data_docs) and "plausibility" not in chosen:
        option = "--against" if against else "--data-docs"
        raise click.UsageError(f"{option} serves the layer plausibility; add --layer plausibility.", ctx)
    if data_docs:
        prepare(data_docs)
    with (
        opened(package) as folder,
        opened_previous(against) if against else nullcontext() as old,
        progress(ctx) as on_step,
    ):

        def run() -> Report:
            return judge(folder, chosen, on_step, old)

        report, cached = (run(), False) if no_cache else judged_or_cached(run, folder, old, chosen)
        if new_since is not None:
            report = _marked(report, new_since, chosen, on_step, no_cache=no_cache)
        if since is not None:
            report = _narrowed(ctx, report, package, folder, since)
    if cached:
        remark(ctx, "nothing has changed since the last run; this is its report (--no-cache judges again)")
    write(rendered(report, folder, form, output, show_all=show_all, threshold=threshold), output, exact=form == "html")
    if data_docs:
        _write_data_docs(ctx, report, data_docs)
    ctx.exit(report.exit_code(threshold))


def _marked(
    report: Report, new_since: str, layers: Sequence[str], on_step: Callable[[str], None], *, no_cache: bool
) -> Report:
    """The report, with what the old package has too marked as known; before narrowing, which would break pairs."""
    from muster_validators import validate as judge
    from muster_validators.newness import marked, readable
    from musterroll.package.sources import opened_previous

    with opened_previous(new_since) as folder:
        old = readable(folder)

        def run() -> Report:
            return judge(old, layers, lambda step: on_step(f"{new_since}: {step}"))

        before, _ = (run(), False) if no_cache else judged_or_cached(run, old, None, layers)
    return marked(report, before)


def _narrowed(ctx: click.Context, report: Report, package: str, folder: Folder, since: str) -> Report:
    from muster_cli.since import package_since
    from muster_validators.since import narrowed
    from musterroll.package.sources import opened_previous

    with opened_previous(package_since(ctx, package, since)) as base:
        return narrowed(report, folder, base)


def _write_data_docs(ctx: click.Context, report: Report, folder: Path) -> None:
    from muster_cli.render.data_docs import render_data_docs

    write_pages(render_data_docs(report), folder)
    remark(ctx, f"open {folder / 'index.html'} in a browser")
