"""Run the layers on a package."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from muster_validators.check import CheckInfo
from muster_validators.facts import judge as facts
from muster_validators.report import Layer, Report, TableSize
from muster_validators.structure.catalogue import CATALOGUE as STRUCTURE
from muster_validators.structure.judge import judge_structure
from musterroll.package.opening import find_folder

LAYERS: Mapping[str, Mapping[str, CheckInfo]] = {
    "structure": STRUCTURE,
    "facts": facts.CATALOGUE,
}


def validate(
    target: Path,
    layers: Sequence[str] = tuple(LAYERS),
    on_step: Callable[[str], None] = lambda _: None,
) -> Report:
    """Judge the package in a folder (or named by its `datapackage.json`).

    The report holds the layers asked for and no others; `facts` relies on
    `structure` and runs it in any case. `on_step` is told what is being looked
    at. Raises `Unavailable` if there is no package or a file cannot be opened.
    """
    folder = find_folder(target)
    found = judge_structure(folder, on_table=on_step)
    results: dict[str, Layer] = {}
    headline = None
    if "structure" in layers:
        results["structure"] = Layer("structure", len(STRUCTURE), tuple(found.findings), tuple(found.not_run))
    if "facts" in layers:
        on_step("facts")
        judged = facts.judge_facts(found)
        headline = judged.headline
        results["facts"] = Layer(
            "facts", len(facts.CATALOGUE), tuple(judged.findings), tuple(judged.not_run), judged.applicable
        )
    return Report(
        package=found.package.name if found.package else folder.root.resolve().name,
        version=found.package.version if found.package else None,
        layers=tuple(results[name] for name in LAYERS if name in results),
        tables=tuple(TableSize(name, len(table.rows), len(table.header)) for name, table in found.tables.items()),
        headline=headline,
        refused=any(STRUCTURE[finding.check].exit_code == 3 for finding in found.findings),
    )
