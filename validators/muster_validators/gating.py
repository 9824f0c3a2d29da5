"""Run the layers on a package, and the gate behind them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path

from muster_validators.catalogues import LAYERS
from muster_validators.finding import NotRun
from muster_validators.gate.judge import Gate, judge_gate, without_package
from muster_validators.gate.subject import Subject
from muster_validators.guard import Guard
from muster_validators.judged import Judged, OnStep, judge_layers, layer_of, today_or
from muster_validators.plausibility.previous import Previous, read_previous
from muster_validators.report import Report
from muster_validators.waivers import Waiver, waivers_of
from musterroll.changes.diff import Diff, compared
from musterroll.package.folder import Folder
from musterroll.package.opening import find_folder, require_package
from musterroll.package.problem import HARMLESS, Rejected, as_error
from musterroll.package.tables import table_of


def judge_release(
    target: Path | Folder,
    against: Path | Folder | None = None,
    base: Path | Folder | None = None,
    layers: Sequence[str] = tuple(LAYERS),
    on_step: OnStep = lambda _: None,
    today: date | None = None,
) -> Report:
    """Judge whether the package may be published after the release `against` (None: it is the first).

    To all that `validate` does comes the layer `gate`. Where a branch is judged,
    `base` is what it wants to join: then only waivers count that stand there, for
    the branch may not excuse itself. Raises as `validate` does.
    """
    folder = find_folder(target)
    previous = read_previous(against) if against else None
    judged, day = judge_layers(folder, layers, on_step, previous), today_or(today)
    on_step("gate")
    with ExitStack() as stack:
        diff, failure = _difference(stack, against, folder, judged)
        outcome = _gate(judged, previous, diff, failure, day)
    judged.layers.append(layer_of("gate", outcome.findings, outcome.not_run, outcome.inapplicable))
    waivers = judged.waivers if base is None else _waivers_in(find_folder(base))
    return judged.report(waivers, day, severity="error")


def _difference(
    stack: ExitStack, against: Path | Folder | None, folder: Folder, judged: Judged
) -> tuple[Diff | None, NotRun | None]:
    """The difference from the release before, if there is one; or why this package cannot be compared with it."""
    if against is None or judged.structure.package is None:
        return None, None
    failed = Guard([])
    compare = partial(stack.enter_context, compared(find_folder(against), folder))
    for diff in failed.run("replay-proof", lambda: [compare()]):
        return diff, None
    return None, failed.not_run[0]  # the checks that compare did not run


def _gate(judged: Judged, previous: Previous | None, diff: Diff | None, failure: NotRun | None, today: date) -> Gate:
    found = judged.structure
    if found.package is None:
        return without_package("the descriptor could not be read")
    subject = Subject(
        package=found.package,
        tables={name: table for name, table in found.tables.items() if not found.is_spoilt(name)},
        unsound=[item.name for item in found.package.resources if item.is_table and found.is_spoilt(item.name)],
        diff=diff,
        previous=previous.tables if previous else {},
        record=judged.record,
        not_run={item.check for layer in judged.layers for item in layer.not_run},
        today=today,
    )
    return judge_gate(subject, is_first=previous is None, failure=failure)


def _waivers_in(folder: Folder) -> tuple[Waiver, ...]:
    """The waivers of another package, which is not judged for it."""
    package = require_package(folder)
    resource = package.resource("waivers")
    try:
        return () if resource is None else waivers_of(table_of(package, resource, HARMLESS))
    except Rejected as rejection:
        raise as_error(rejection.problem) from rejection
