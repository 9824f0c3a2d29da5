"""What a check of this layer asks Great Expectations, and the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from muster_validators.check import CheckInfo
from muster_validators.finding import Finding
from muster_validators.plausibility.subject import Subject


@dataclass(frozen=True)
class Expectation:
    """One expectation about one table.

    `kind` is the class in `great_expectations.expectations`, `arguments` are
    what it takes. `table` names a table of the package or, if `derived`, one that
    is computed from it (`balance`).
    """

    check: str
    table: str
    kind: str
    arguments: Mapping[str, Any]
    derived: bool = False

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
