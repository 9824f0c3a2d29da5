"""The score of a run, in four shares of kinds, and whether it has fallen below that of an earlier run.

A kind counts as caught, refused or named if it is so in each of its trials.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from muster_validators.scoring.trial import Trial, Trials
from musterroll.faults.fault import Kind
from musterroll.faults.kinds import BY_ID


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def percent(self) -> float:
        """In percent, of nothing 100."""
        return 100 * self.count / self.of if self.of else 100.0


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of the kinds that were tried.

    `alone`: caught by `validate`, of those that something in the package betrays.
    `gate`: caught by `gate`, of all; `refused`: by an error. `named`: at the right
    table, row and column, of those that lie in one row.
    """

    alone: Share
    gate: Share
    refused: Share
    named: Share


def score(trials: Trials) -> Score:
    """The four shares."""
    tried = [(BY_ID[id], found) for id, found in trials.by_kind.items()]
    return Score(
        alone=_share(tried, lambda kind: not kind.needs_previous, is_caught),
        gate=_share(tried, lambda _: True, is_caught_by_gate),
        refused=_share(tried, lambda _: True, is_refused),
        named=_share(tried, lies_in_a_row, is_named),
    )


def lies_in_a_row(kind: Kind) -> bool:
    """Whether there is one row to name."""
    return kind.level in {"row", "cell"}


def is_caught(found: list[Trial]) -> bool:
    """Whether `validate` caught each."""
    return all(trial.validate.is_caught for trial in found)


def is_caught_by_gate(found: list[Trial]) -> bool:
    """Whether `gate` caught each."""
    return all(trial.is_caught_by_gate for trial in found)


def is_refused(found: list[Trial]) -> bool:
    """Whether none can be published."""
    return all(trial.is_refused for trial in found)


def is_named(found: list[Trial]) -> bool:
    """Whether the place of each was named."""
    return all(trial.best.is_named for trial in found)


def fallen(before: Mapping[str, Any], now: Trials) -> Iterator[str]:
    """What an earlier run (its JSON document) caught and this one does not, in words; only of kinds that were tried now.

    A kind that found something to change then, and nothing now, has fallen, too.
    """
    trials = {(trial.kind, trial.number): trial for trial in now.trials}
    for kind in before["kinds"]:
        if kind["id"] in now.inapplicable:
            yield f"{kind['id']}: finds nothing to change any more"
        for old in kind["trials"]:
            new = trials.get((kind["id"], old["number"]))
            if new is not None:
                yield from (f"{kind['id']} ({new.says}): {word}" for word in _lost(old, new))


def _lost(old: Mapping[str, Any], new: Trial) -> Iterator[str]:
    if old["caught"] and not new.validate.is_caught:
        yield "no longer caught by validate"
    if old["caught_by_gate"] and not new.is_caught_by_gate:
        yield "no longer caught by gate"
    elif old["refused"] and not new.is_refused:
        yield "no longer an error of gate"
    if old["named"] and not new.best.is_named:
        yield "its place is no longer named"


def _share(
    tried: list[tuple[Kind, list[Trial]]], counts: Callable[[Kind], bool], holds: Callable[[list[Trial]], bool]
) -> Share:
    chosen = [found for kind, found in tried if counts(kind)]
    return Share(sum(map(holds, chosen)), len(chosen))
