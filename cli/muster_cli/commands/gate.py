"""`muster gate`."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muster_cli.arguments import against_option, base_option, new_since_option, output_option, package_argument
from muster_cli.output import progress, remark, write
from muster_cli.reports import all_option, fail_on_option, format_option, rendered

if TYPE_CHECKING:
    from collections.abc import Callable

    from muster_validators import Report
    from muster_validators.finding import Severity


@click.command(short_help="May this package be published after that one?")
@package_argument
@against_option
@base_option
@new_since_option
@format_option
@output_option
@click.option("--summary", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False, writable=True),
              help="Write the report as Markdown into FILE as well.")  # fmt: skip
@fail_on_option
@all_option
@click.pass_context
def gate(
    ctx: click.Context,
    package: str,
    against: str | None,
    base: str | None,
    new_since: str | None,
    form: str,
    output: Path | None,
    summary: Path | None,
    threshold: Severity,
    show_all: bool,
) -> None:
    """Judge whether PACKAGE (default: this folder) may be published after the release OLD.

    All layers of muster validate, and then the gate: every file canonical, the
    declared version sufficient, evidence complete, no id lost or used again, every
    correction in errata, waivers valid and needed, large changes explained, the
    change feed proved by replaying it. One report, every reason at once.

    Without --against, OLD is the last release that is known (as muster diff finds
    it); if there is none, this is a first release, and what compares does not apply.

    With --new-since, that package goes through the gate as well, as a first release,
    and only findings that it does not have fail. A check that could not run fails
    all the same. (The --since of muster validate is another thing: it shows less.)

    Exit code 0 if it may be published, 1 if not, 4 if OLD cannot be read.
    """
    from muster_validators import judge_release
    from musterroll.package.sources import opened
    from musterroll.release.by_name import opened_baseline

    with opened(package) as folder, opened_baseline(against, folder) as old:
        if old is None:
            remark(ctx, "no earlier release is known: this is judged as the first one")
        with opened(base) if base else nullcontext() as trunk, progress(ctx) as on_step:
            report = judge_release(folder, old, trunk, on_step=on_step)
            if new_since is not None:
                report = _marked(report, new_since, on_step)
        if summary:
            write(rendered(report, folder, "markdown", summary, show_all=False, threshold=threshold), summary)
        text = rendered(report, folder, form, output, show_all=show_all, threshold=threshold)
        write(text, output, exact=form == "html")
    ctx.exit(report.exit_code(threshold))


def _marked(report: Report, new_since: str, on_step: Callable[[str], None]) -> Report:
    from muster_validators import judge_release
    from muster_validators.newness import marked, readable
    from musterroll.package.sources import opened_previous

    with opened_previous(new_since) as folder:
        before = judge_release(readable(folder), on_step=lambda step: on_step(f"{new_since}: {step}"))
    return marked(report, before)
