"""The checks of waivers in order, none of them passed by not running."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from muster_validators.finding import Finding, NotRun
from muster_validators.guard import Guard
from muster_validators.structure.judge import Structure
from muster_validators.waiver_checks import waiver_stale, waiver_valid
from muster_validators.waiver_checks.subject import WaiverCheck, WaiverSubject
from muster_validators.waivers import is_table_of_waivers
from musterroll.package.table import Table

CHECKS: tuple[WaiverCheck, ...] = (
    waiver_stale,
    waiver_valid,
)
CATALOGUE = {check.INFO.id: check.INFO for check in CHECKS}


@dataclass
class Judgement:
    """What the checks of waivers found; `inapplicable` names all of them in a package without waivers of ours."""

    findings: list[Finding] = field(default_factory=list)
    not_run: list[NotRun] = field(default_factory=list)
    inapplicable: tuple[str, ...] = ()


def judge_waivers(structure: Structure, subject_of: Callable[[Table], WaiverSubject]) -> Judgement:
    """Run every check on the table of waivers, if there is one that is sound."""
    package, table = structure.package, structure.tables.get("waivers")
    if package is None:
        return Judgement(not_run=[NotRun(check, "the descriptor could not be read") for check in CATALOGUE])
    if package.resource("waivers") is None or (table is not None and not is_table_of_waivers(table)):
        return Judgement(inapplicable=tuple(CATALOGUE))
    if table is None or structure.is_spoilt("waivers"):
        return Judgement(not_run=[NotRun(check, "the structure of waivers has errors") for check in CATALOGUE])
    result = Judgement()
    guard, subject = Guard(result.not_run), subject_of(table)
    for check in CHECKS:
        result.findings += guard.run(check.INFO.id, check.run, subject)
    return result
