"""One fault, and what the checks said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from muster_validators.finding import Severity
from muster_validators.report import Release
from musterroll.faults.fault import Place

Grave = Literal["error", "warning", "not_run"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one layer, or several together, said that they do not say of the sound package.

    `severity` is the gravest of it: `not_run` if nothing was found and a check could
    not run, which fails too; None if the fault was missed (information catches nothing). `table`, `row` and `field` say whether a finding, or a row
    that it wants to be read beside, names those of the fault; None where the
    fault has none.
    """

    severity: Grave | None = None
    checks: tuple[str, ...] = ()
    findings: int = 0
    table: bool | None = None
    row: bool | None = None
    field: bool | None = None

    @property
    def is_caught(self) -> bool:
        """Whether somebody who reads the report learns of the fault."""
        return self.severity is not None

    @property
    def is_named(self) -> bool:
        """Whether all that the fault has of table, row and column is named by one and the same finding."""
        return self.is_caught and False not in (self.table, self.row, self.field)


@dataclass(frozen=True, slots=True)
class Trial:
    """A fault, planted once. `kind` is its id, `number` counts the trials of the kind from 1.

    `layers` are those of `validate`, which knows no release before. `gate` is
    what refuses the publication: None where `validate` itself says error, for
    the gate says the same again.
    """

    kind: str
    number: int
    says: str
    place: Place
    layers: dict[str, Verdict]
    validate: Verdict
    gate: Verdict | None = None

    @property
    def is_caught_by_gate(self) -> bool:
        """Whether whoever gates the package with this fault learns of it."""
        return (self.gate or self.validate).is_caught

    @property
    def is_refused(self) -> bool:
        """Whether the package with this fault cannot be published."""
        return (self.gate or self.validate).severity in {"error", "not_run"}

    @property
    def best(self) -> Verdict:
        """The verdict by which it is judged whether the place was named: that of the last who was asked."""
        return self.gate or self.validate


@dataclass(frozen=True)
class Trials:
    """All trials of a run, in the order of the kinds; `inapplicable` are those that find nothing to change."""

    package: Release
    against: Release | None
    seed: int
    times: int
    trials: Sequence[Trial] = ()
    inapplicable: Sequence[str] = ()

    @property
    def by_kind(self) -> dict[str, list[Trial]]:
        """The trials of each kind that was tried."""
        found: dict[str, list[Trial]] = {}
        for trial in self.trials:
            found.setdefault(trial.kind, []).append(trial)
        return found


SEVERITIES: tuple[Severity, ...] = ("error", "warning")
