"""Compare many generated packages, and count what came of it.

Hypothesis draws some values from the constants of the modules that are loaded, so that a seed gives the same packages
only where the same modules are. As a program (`python agreement_run.py SEED CASES`) this one always loads the same.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from agreement_comparison import Comparison, compare, table
from agreement_faults import broken_packages
from agreement_packages import Drawn

_SHOWN = 20


@dataclass
class Tally:
    """What came of some cases; all are counted, the first few that should not be are kept as text."""

    cases: int = 0
    silent: int = 0  # neither found anything
    crashed: int = 0  # Frictionless broke off with an exception
    said: Counter[str] = field(default_factory=Counter)  # errors of Frictionless, by type
    found: int = 0
    not_judged: Counter[str] = field(default_factory=Counter)  # by reason
    beyond: Counter[str] = field(default_factory=Counter)  # our findings to which no error answers, by check
    missed: int = 0
    unlisted: int = 0
    passed_over: int = 0  # Frictionless broke off, and we found nothing
    shown: list[str] = field(default_factory=list)

    def count(self, package: Drawn) -> Comparison:
        """Compare one package, and add what came of it."""
        compared = compared_in_a_folder(package)
        self.cases += 1
        self.silent += not compared.frictionless.said and not compared.report.findings
        self.crashed += compared.frictionless.crash is not None
        self.said.update(said.type for said in compared.frictionless.said)
        self.found += len(compared.found)
        self.not_judged.update(reason for _, reason in compared.not_judged)
        self.beyond.update(finding.check for finding in compared.beyond if compared.frictionless.crash is None)
        self.missed += len(compared.missed)
        faults = faults_of(compared)
        self.unlisted += sum(fault.startswith("not listed") for fault in faults)
        self.passed_over += sum(fault.startswith("passed over") for fault in faults)
        if faults and len(self.shown) < _SHOWN:
            self.shown.append("\n".join([*faults, *package.lines()]))
        return compared

    def add(self, other: Tally) -> None:
        """Add the counts of other cases."""
        for name in ("cases", "silent", "crashed", "found", "missed", "unlisted", "passed_over"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("said", "not_judged", "beyond"):
            getattr(self, name).update(getattr(other, name))
        self.shown = (self.shown + other.shown)[:_SHOWN]

    def summary(self) -> Mapping[str, Any]:
        """The counts, for JSON."""
        counts = {
            name: getattr(self, name)
            for name in ("cases", "silent", "crashed", "found", "missed", "unlisted", "passed_over")
        }
        kinds = {name: dict(sorted(getattr(self, name).items())) for name in ("said", "not_judged", "beyond")}
        return {**counts, **kinds}


def faults_of(compared: Comparison) -> list[str]:
    """What should not be: an error that we miss, a finding that is not listed, a crash that we pass over."""
    faults = [f"missed: {said}" for said in compared.missed]
    listed = set(table("beyond"))
    if compared.frictionless.crash is None:
        faults += [f"not listed: {finding}" for finding in compared.beyond if finding.check not in listed]
    elif compared.report.valid and not compared.report.findings:
        faults.append(f"passed over: {compared.frictionless.crash}")
    return faults


def compared_in_a_folder(package: Drawn) -> Comparison:
    """Write a package into a folder of its own, and run both on it."""
    with tempfile.TemporaryDirectory() as folder:
        package.write(Path(folder))
        return compare(Path(folder))


def run(number: int, cases: int) -> Tally:
    """So many generated packages, the same ones for the same seed."""
    tally = Tally()

    @seed(number)
    @settings(
        max_examples=cases,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(broken_packages())
    def count(package: Drawn) -> None:
        tally.count(package)

    count()
    return tally


def as_json(summary: Mapping[str, Any]) -> str:
    """A summary as it is stored."""
    return json.dumps(summary, indent=2) + "\n"


if __name__ == "__main__":
    tally = run(int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write(as_json({**tally.summary(), "shown": tally.shown}))
