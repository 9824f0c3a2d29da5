"""What the gate looks at: a judged package, the release before it, and what was found so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from muster_validators.check import CheckInfo
from muster_validators.finding import Finding
from musterroll.changes.diff import Diff
from musterroll.package.descriptor import Package
from musterroll.package.table import Table
from musterroll.record.record import Record


@dataclass(frozen=True)
class Subject:
    """A package that wants to be published.

    `tables` are those whose structure is sound, `unsound` the names of the others.
    `diff` leads from the release before to it, and is None where there is none.
    `not_run` are the checks of the earlier layers that could not run.
    """

    package: Package
    tables: Mapping[str, Table]
    unsound: Sequence[str]
    diff: Diff | None
    previous: Mapping[str, Table]
    record: Record | None
    not_run: Set[str]
    today: date


class GateCheck(Protocol):
    """Judges whether a package may be published."""

    INFO: CheckInfo
    COMPARES: bool  # needs a release before
    NEEDS: tuple[str, ...]  # tables without which it has nothing to look at

    def run(self, subject: Subject) -> Iterator[Finding]:
        """All findings, in no particular order."""
        ...
