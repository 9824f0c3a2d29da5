"""What the checks of waivers look at: the waivers of a package, and what was found before any of them counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from muster_validators.check import CheckInfo
from muster_validators.finding import Finding, Severity
from muster_validators.waivers import Waiver
from musterroll.package.table import Table


@dataclass(frozen=True)
class WaiverSubject:
    """The waivers of one package, seen on one day.

    `waivable` are the checks whose findings can be accepted, `ran` those of them
    that looked at all they should: of the others nobody knows what they would
    have found. `severity` is that of a fault, which depends on who asks.
    """

    table: Table
    waivers: Sequence[Waiver]
    findings: Sequence[Finding]
    waivable: Set[str]
    ran: Set[str]
    today: date
    severity: Severity

    @cached_property
    def by_fingerprint(self) -> Mapping[str, Finding]:
        """What was found, by its fingerprint."""
        return {finding.fingerprint: finding for finding in self.findings}

    def accepted(self, waiver: Waiver) -> Finding | None:
        """The finding that a waiver is about, whether or not it is in force; None if it was not made."""
        found = self.by_fingerprint.get(waiver.fingerprint)
        return found if found is not None and found.check == waiver.check else None

    def is_stale(self, waiver: Waiver) -> bool:
        """Whether its check ran and did not find what it is about."""
        return waiver.check in self.ran and self.accepted(waiver) is None


class WaiverCheck(Protocol):
    """Judges the waivers of a package."""

    INFO: CheckInfo

    def run(self, subject: WaiverSubject) -> Iterator[Finding]:
        """All findings, in no particular order."""
        ...
