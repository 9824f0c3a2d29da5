"""What a check of this layer asks Great Expectations, and the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from muster_validators.check import CheckInfo
from muster_validators.finding import Finding
from muster_validators.plausibility.subject import Subject

Cells = Sequence[str] | Sequence[float | None]

PAIRS = "ExpectColumnPairValuesAToBeGreaterThanB"


@dataclass(frozen=True)
class Derived:
    """A table that a check computes from the package (`balance`): its columns, all equally long."""

    name: str
    columns: Mapping[str, Cells]


@dataclass(frozen=True)
class Expectation:
    """One expectation about one table.

    `kind` is the class in `great_expectations.expectations`, `arguments` are
    what it takes. `table` names a table of the package, and `derived` is what is
    judged in its place. `learned` says whether the release before told what to
    expect, so that the new one may explain why it is otherwise.
    """

    check: str
    table: str
    kind: str
    arguments: Mapping[str, Any]
    derived: Derived | None = None
    learned: bool = True

    @property
    def column(self) -> str:
        """The column it is about."""
        return str(self.arguments["column"])


@dataclass(frozen=True)
class Outcome:
    """An expectation that was not met: what was seen, or the positions of the rows that do not fit."""

    observed: Any = None
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Suite:
    """What Great Expectations says of one table: its own result as JSON, for the Data Docs."""

    table: str
    result: Mapping[str, Any]


class PlausibilityCheck(Protocol):
    """Turns a subject into expectations, and an expectation that was not met into findings."""

    INFO: CheckInfo
    NEEDS: tuple[str, ...]  # tables of a record without which it cannot run
    COMPARES: bool  # whether it has nothing to say without a previous release

    def expect(self, subject: Subject) -> Iterator[Expectation]:
        """What should hold of the subject."""
        ...

    def report(self, subject: Subject, expectation: Expectation, outcome: Outcome) -> Iterator[Finding]:
        """What to say if one of them does not."""
        ...


def at_least(check: str, derived: Derived, larger: str, smaller: str, *, learned: bool = True) -> Expectation:
    """That in every row of a derived table one number is not below another, wherever both are known."""
    arguments = {
        "column_A": larger,
        "column_B": smaller,
        "or_equal": True,
        "ignore_row_if": "either_value_is_missing",
    }
    return Expectation(check, derived.name, PAIRS, arguments, derived=derived, learned=learned)
