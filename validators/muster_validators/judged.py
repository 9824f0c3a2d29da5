"""What the layers found in a package, on the way to a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from muster_validators.catalogues import CATALOGUES, WAIVABLE
from muster_validators.facts.judge import judge_facts
from muster_validators.finding import Finding, NotRun, Severity
from muster_validators.plausibility.expectation import Suite
from muster_validators.plausibility.judge import judge_plausibility
from muster_validators.plausibility.previous import Previous
from muster_validators.record_of import record_of
from muster_validators.report import Layer, Release, Report, TableSize
from muster_validators.structure.catalogue import CATALOGUE as STRUCTURE
from muster_validators.structure.judge import Structure, judge_structure
from muster_validators.waiver_checks.judge import judge_waivers
from muster_validators.waiver_checks.subject import WaiverSubject
from muster_validators.waivers import Waiver, waive, waivers_of
from musterroll.errors import Unusable
from musterroll.package.folder import Folder
from musterroll.package.table import Table
from musterroll.record.balance import BalanceRow
from musterroll.record.host import UNNAMED, Host
from musterroll.record.profile import profile_schemas
from musterroll.record.record import Record

OnStep = Callable[[str], None]


@dataclass
class Judged:
    """What the layers found, before waivers are looked at."""

    folder: Folder
    structure: Structure
    previous: Previous | None
    layers: list[Layer] = field(default_factory=list)
    headline: BalanceRow | None = None
    host: Host = UNNAMED
    suites: tuple[Suite, ...] = ()

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """The package's own waivers; none if their table is not sound."""
        found = self.structure
        return () if found.is_spoilt("waivers") else waivers_of(found.tables["waivers"])

    @property
    def record(self) -> Record | None:
        """The record of a mission that the package holds, if all of it is sound."""
        try:
            record = record_of(self.structure)
        except Unusable:
            return None
        spoilt = record is not None and any(self.structure.is_spoilt(name) for name in profile_schemas())
        return None if spoilt else record

    def report(self, waivers: Sequence[Waiver], today: date, severity: Severity = "warning") -> Report:
        """The report, in which a finding that one of these waivers accepts is information.

        What is wrong with the package's own waivers is told in the layer facts, with that severity.
        """
        found, previous = self.structure, self.previous
        return Report(
            package=found.package.name if found.package else self.folder.name,
            version=found.package.version if found.package else None,
            layers=tuple(self._waived(layer, waivers, today, severity) for layer in self.layers),
            tables=tuple(TableSize(name, len(table.rows), len(table.header)) for name, table in found.tables.items()),
            headline=self.headline,
            host=self.host,
            refused=any(STRUCTURE[finding.check].exit_code == 3 for finding in found.findings),
            against=Release(previous.name, previous.version) if previous else None,
            suites=self.suites,
        )

    def _waived(self, layer: Layer, waivers: Sequence[Waiver], today: date, severity: Severity) -> Layer:
        waived = replace(layer, findings=tuple(waive(layer.findings, waivers, today)))
        if layer.name != "facts":
            return waived
        faults = judge_waivers(self.structure, lambda table: self._subject(table, today, severity))
        return replace(
            waived,
            findings=(*waived.findings, *faults.findings),  # behind the others, for nobody waives them
            not_run=(*waived.not_run, *faults.not_run),
            inapplicable=(*waived.inapplicable, *faults.inapplicable),
        )

    def _subject(self, table: Table, today: date, severity: Severity) -> WaiverSubject:
        """What the checks of waivers look at; of a layer that was not asked for, no check ran.

        Plausibility looks at all that it should only beside the release before.
        """
        ran = {layer.name: _ran(layer) for layer in self.layers}
        if self.previous is None:
            ran.pop("plausibility", None)
        return WaiverSubject(
            table=table,
            waivers=self.waivers,
            findings=[finding for layer in self.layers for finding in layer.findings],
            waivable=WAIVABLE,
            ran=WAIVABLE & {check for checks in ran.values() for check in checks},
            today=today,
            severity=severity,
        )


def judge_layers(folder: Folder, layers: Sequence[str], on_step: OnStep, previous: Previous | None) -> Judged:
    """Run the layers that are asked for; structure in any case, since the others rely on it."""
    found = judge_structure(folder, on_table=on_step)
    judged = Judged(folder, found, previous)
    coherent_findings: list[Finding] = []
    if "structure" in layers:
        judged.layers.append(layer_of("structure", found.findings, found.not_run))
    if "facts" in layers:
        on_step("facts")
        coherent = judge_facts(found)
        coherent_findings, judged.headline, judged.host = coherent.findings, coherent.headline, coherent.host
        judged.layers.append(layer_of("facts", coherent.findings, coherent.not_run, coherent.inapplicable))
    if "plausibility" in layers:
        on_step("plausibility")
        plausible = judge_plausibility(found, previous, coherent_findings)
        judged.suites = plausible.suites
        judged.layers.append(layer_of("plausibility", plausible.findings, plausible.not_run, plausible.inapplicable))
    return judged


def _ran(layer: Layer) -> set[str]:
    """The checks that looked at all that they should."""
    return set(CATALOGUES[layer.name]) - set(layer.inapplicable) - {item.check for item in layer.not_run}


def layer_of(
    name: str, findings: Sequence[Finding], not_run: Sequence[NotRun], inapplicable: tuple[str, ...] = ()
) -> Layer:
    """A layer of the report, with the number of its checks."""
    return Layer(name, len(CATALOGUES[name]), tuple(findings), tuple(not_run), inapplicable)


def today_or(day: date | None) -> date:
    """The day that waivers are judged by: the one given, else that of the clock."""
    return day or datetime.now(UTC).date()
