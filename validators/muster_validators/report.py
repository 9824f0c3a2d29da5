"""What `validate` returns: the findings, layer by layer, and whether the package may pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, overload

from muster_validators.finding import SEVERITIES, Finding, NotRun, Severity
from muster_validators.plausibility.expectation import Suite
from musterroll.record.balance import BalanceRow
from musterroll.record.host import UNNAMED, Host

Status = Literal["passed", "failed", "not_applicable", "not_run"]


@dataclass(frozen=True)
class Layer:
    """One layer: how many checks it has, what they found, which of them could not run or do not apply."""

    name: str
    checks: int
    findings: tuple[Finding, ...] = ()
    not_run: tuple[NotRun, ...] = ()
    inapplicable: tuple[str, ...] = ()  # checks that have nothing to look at in this package

    @property
    def status(self) -> Status:
        """Failed if it has an error that is not known, else not run if a check could not run, else passed."""
        if len(self.inapplicable) == self.checks:
            return "not_applicable"
        if any(finding.severity == "error" and not finding.known for finding in self.findings):
            return "failed"
        return "not_run" if self.not_run else "passed"


@dataclass(frozen=True)
class Release:
    """Which package, in which version."""

    name: str
    version: str | None


@dataclass(frozen=True)
class Since:
    """The package that the findings were narrowed by (see `muster_validators.since`), and how many that left out."""

    name: str
    version: str | None
    left_out: int


@dataclass(frozen=True)
class TableSize:
    """A table that was read, with its rows and columns."""

    name: str
    rows: int
    columns: int


@dataclass(frozen=True)
class Report(Sequence[Finding]):
    """A sequence of findings that also knows which checks did not run."""

    package: str
    version: str | None
    layers: tuple[Layer, ...]
    tables: tuple[TableSize, ...] = ()
    headline: BalanceRow | None = None  # a mission record's totals at its horizon
    host: Host = UNNAMED  # the country that they are about
    refused: bool = False  # unsafe or over a limit: nothing was opened
    against: Release | None = None  # what it was compared with
    suites: tuple[Suite, ...] = ()  # what Great Expectations said, for the Data Docs
    since: Since | None = None  # if only what changed since then is shown
    new_since: Release | None = None  # if only findings count that this package does not have

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, by layer and then by place."""
        return tuple(
            finding for layer in self.layers for finding in sorted(layer.findings, key=lambda item: item.order)
        )

    @property
    def valid(self) -> bool:
        """Whether every layer asked for passed or does not apply."""
        return all(layer.status in {"passed", "not_applicable"} for layer in self.layers)

    @property
    def counts(self) -> dict[Severity, int]:
        """Number of findings that are not known, by severity."""
        found = Counter(finding.severity for finding in self.findings if not finding.known)
        return {severity: found[severity] for severity in SEVERITIES}

    @property
    def known(self) -> int:
        """Number of findings that the package named by `new_since` has too."""
        return sum(finding.known for finding in self.findings)

    def exit_code(self, fail_on: Severity = "error") -> int:
        """0 clean, 1 findings at the threshold or a check that could not run, 3 refused, 4 a judge is missing.

        Findings that are known count as none.
        """
        if self.refused:
            return 3
        not_run = [item for layer in self.layers for item in layer.not_run]
        if any(item.environment for item in not_run):
            return 4
        serious = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        return int(bool(not_run) or any(item.severity in serious and not item.known for item in self.findings))

    def __len__(self) -> int:
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | Sequence[Finding]:
        return self.findings[index]
