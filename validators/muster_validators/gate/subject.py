"""What the gate looks at: a judged package, the release before it, and what was found so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from muster_validators.check import CheckInfo
from muster_validators.finding import Finding
from muster_validators.waivers import Waiver
from musterroll.changes.diff import Diff
from musterroll.package.descriptor import Package
from musterroll.package.table import Table
from musterroll.record.record import Record


@dataclass(frozen=True)
class Subject:
    """A package that wants to be published.

    `diff` leads from the release before to it, and is None where there is none.
    `findings` are those of the earlier layers, waived or not, and `not_run` their
    checks that could not run. `waivers` are its own; which of them count is the
    business of whoever calls the gate.
    """

    package: Package
    tables: Mapping[str, Table]
    diff: Diff | None
    previous: Mapping[str, Table]
    record: Record | None
    findings: Sequence[Finding]
    not_run: Set[str]
    waivers: Sequence[Waiver]
    today: date


class GateCheck(Protocol):
    """Judges whether a package may be published."""

    INFO: CheckInfo
    COMPARES: bool  # needs a release before
    NEEDS: tuple[str, ...]  # tables without which it has nothing to look at

    def run(self, subject: Subject) -> Iterator[Finding]:
        """All findings, in no particular order."""
        ...
