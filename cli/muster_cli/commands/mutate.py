"""`muster mutate`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from muster_cli.arguments import against_option, output_option, package_argument
from muster_cli.exit_codes import CLEAN, FINDINGS
from muster_cli.output import remark, wants_colour, write

if TYPE_CHECKING:
    from muster_validators.scoring.running import OnTrial
    from muster_validators.scoring.trial import Trials
    from musterroll.faults.fault import Kind

_FORMAT = "musterroll/mutation/1"


def _kinds(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> list[Kind]:
    """The kinds of these ids and subjects; all if none is given."""
    from musterroll.faults.kinds import KINDS

    names = {name for kind in KINDS for name in (kind.id, kind.subject)}
    for value in values:
        if value not in names:
            subjects = ", ".join(dict.fromkeys(kind.subject for kind in KINDS))
            raise click.BadParameter(f"there is no kind {value}; the subjects are {subjects}")
    return [kind for kind in KINDS if not values or {kind.id, kind.subject} & set(values)]


def _floor(_: click.Context, __: click.Parameter, value: str | None) -> float | dict[str, Any] | None:
    """A share in percent, or the document of an earlier run."""
    if value is None:
        return None
    try:
        return float(value)
    except ValueError:
        pass
    try:
        document: dict[str, Any] = json.loads(Path(value).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise click.BadParameter(f"{value} is no number, and no file that muster mutate wrote ({error})") from error
    if not isinstance(document, dict) or document.get("format") != _FORMAT:
        raise click.BadParameter(f"{value} is not {_FORMAT}, as muster mutate --format json writes it")
    return document


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@click.command(short_help="Plant faults in a copy, and see which the checks catch.")
@package_argument
@against_option
@click.option("--kind", "kinds", metavar="KIND", multiple=True, callback=_kinds,
              help="Only this kind of fault, or all of this subject (repeatable).")  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed plants the same faults.")
@click.option("--times", type=click.IntRange(1), default=1, show_default=True, help="How often each kind is planted.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="Processes; by default one for each processor.")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text",
              help="text for people, json for programs, markdown for a page.")  # fmt: skip
@output_option
@click.option("--fail-under", "floor", metavar="FILE|PERCENT", callback=_floor,
              help="Exit 1 if something that was caught in FILE (JSON of an earlier run) is missed now, or if "
                   "validate alone catches less than so many percent.")  # fmt: skip
@click.pass_context
def mutate(
    ctx: click.Context,
    package: str,
    against: str | None,
    kinds: list[Kind],
    seed: int,
    times: int,
    jobs: int | None,
    form: str,
    output: Path | None,
    floor: float | dict[str, Any] | None,
) -> None:
    """Plant faults in a copy of PACKAGE, one at a time, and report which of them the checks catch.

    For every kind: whether a layer of muster validate finds something that it does not
    find in the sound package, whether muster gate refuses what validate lets pass, and
    whether a finding names the table, the row and the column of the fault. The hash in
    the descriptor is made true again after each fault, as muster fmt would: whoever
    edits a file runs it.

    The release before, to which gate compares, is OLD, or else the package itself; its
    copy is then described as the next release. PACKAGE itself is not changed.

    Exit code 0, or 1 if the score is below that of --fail-under.
    """
    from muster_validators.scoring.running import run_trials
    from musterroll.package.sources import opened, opened_previous

    with (
        opened(package) as folder,
        opened_previous(against) if against else nullcontext() as old,
        _bar(ctx) as on_trial,
    ):
        trials = run_trials(
            folder, kinds, previous=old, seed=seed, times=times, jobs=jobs or _processors(), on_trial=on_trial
        )
    write(_rendered(trials, form, output), output, exact=form != "text")
    complaints = _complaints(trials, floor)
    for line in complaints:
        remark(ctx, line)
    ctx.exit(FINDINGS if complaints else CLEAN)


def _rendered(trials: Trials, form: str, output: Path | None) -> str:
    from muster_cli.render import mutation

    if form == "text":
        return mutation.render_text(trials, colour=wants_colour(output))
    if form == "markdown":
        return mutation.render_markdown(trials)
    from muster_cli.render.mutation_json import render_json

    return render_json(trials)


def _complaints(trials: Trials, floor: float | dict[str, Any] | None) -> list[str]:
    """Why the score is too low, if it is."""
    from muster_validators.scoring.score import fallen, score

    if isinstance(floor, dict):
        return list(fallen(floor, trials))
    alone = score(trials).alone
    if floor is not None and alone.percent < floor:
        return [
            f"validate alone catches {alone.count} of {alone.of} kinds, {alone.percent:.1f} %, less than {floor:g} %"
        ]
    return []


@contextmanager
def _bar(ctx: click.Context) -> Iterator[OnTrial]:
    """A bar on stderr; nothing unless a person is watching."""
    import sys

    if ctx.obj["quiet"] or sys.stderr is None or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("planting faults", total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)
