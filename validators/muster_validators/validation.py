"""Run the layers on a package."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from muster_validators.check import CheckInfo
from muster_validators.facts.judge import CATALOGUE as FACTS
from muster_validators.facts.judge import Facts, judge_facts
from muster_validators.finding import Finding, NotRun
from muster_validators.plausibility.judge import CATALOGUE as PLAUSIBILITY
from muster_validators.plausibility.judge import Plausibility, judge_plausibility
from muster_validators.plausibility.previous import read_previous
from muster_validators.report import Layer, Release, Report, TableSize
from muster_validators.structure.catalogue import CATALOGUE as STRUCTURE
from muster_validators.structure.judge import judge_structure
from musterroll.package.folder import Folder
from musterroll.package.opening import find_folder

LAYERS: Mapping[str, Mapping[str, CheckInfo]] = {
    "structure": STRUCTURE,
    "facts": FACTS,
    "plausibility": PLAUSIBILITY,
}


def validate(
    target: Path | Folder,
    layers: Sequence[str] = tuple(LAYERS),
    on_step: Callable[[str], None] = lambda _: None,
    against: Path | Folder | None = None,
) -> Report:
    """Judge the package in a folder (or named by its `datapackage.json`, or opened by `sources.opened`).

    The report holds the layers asked for and no others; the later ones rely on
    `structure` and run it in any case. `against` is the release before, with
    which `plausibility` compares. `on_step` is told what is being looked at.
    Raises `Unavailable` if there is no package, a file cannot be opened, or the
    release before cannot be read.
    """
    folder = find_folder(target)
    previous = read_previous(against) if against else None
    found = judge_structure(folder, on_table=on_step)
    results = [_layer("structure", found.findings, found.not_run)] if "structure" in layers else []
    coherent, plausible = Facts(), Plausibility()
    if "facts" in layers:
        on_step("facts")
        coherent = judge_facts(found)
        results.append(_layer("facts", coherent.findings, coherent.not_run, coherent.inapplicable))
    if "plausibility" in layers:
        on_step("plausibility")
        plausible = judge_plausibility(found, previous, coherent.findings)
        results.append(_layer("plausibility", plausible.findings, plausible.not_run, plausible.inapplicable))
    return Report(
        package=found.package.name if found.package else folder.name,
        version=found.package.version if found.package else None,
        layers=tuple(results),
        tables=tuple(TableSize(name, len(table.rows), len(table.header)) for name, table in found.tables.items()),
        headline=coherent.headline,
        refused=any(STRUCTURE[finding.check].exit_code == 3 for finding in found.findings),
        against=Release(previous.name, previous.version) if previous else None,
        suites=plausible.suites,
    )


def _layer(
    name: str, findings: Sequence[Finding], not_run: Sequence[NotRun], inapplicable: tuple[str, ...] = ()
) -> Layer:
    return Layer(name, len(LAYERS[name]), tuple(findings), tuple(not_run), inapplicable)
