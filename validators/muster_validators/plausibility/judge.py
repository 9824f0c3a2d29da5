"""The plausibility layer: what each check expects, judged by Great Expectations, as findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from muster_validators.finding import Finding, NotRun
from muster_validators.guard import Guard
from muster_validators.plausibility import (
    balance_holds,
    category_lost,
    category_mix,
    category_new,
    distinct_values,
    fill_rate,
    range_width,
    row_count,
    sums_moved,
    value_drift,
    value_range,
)
from muster_validators.plausibility.expectation import Expectation, PlausibilityCheck, Suite
from muster_validators.plausibility.explained import explanations, with_explanation
from muster_validators.plausibility.frames import derived_frame, frame
from muster_validators.plausibility.previous import Previous
from muster_validators.plausibility.subject import Subject
from muster_validators.plausibility.suites import Answers, run_suites
from muster_validators.record_of import record_of
from muster_validators.structure.judge import Structure
from musterroll.errors import Unusable
from musterroll.record.record import Record

if TYPE_CHECKING:
    import pandas as pd

CHECKS: tuple[PlausibilityCheck, ...] = (
    balance_holds,
    category_lost,
    category_mix,
    category_new,
    distinct_values,
    fill_rate,
    range_width,
    row_count,
    sums_moved,
    value_drift,
    value_range,
)
CATALOGUE = {check.INFO.id: check.INFO for check in CHECKS}
_ALL = tuple(CATALOGUE)


@dataclass
class Plausibility:
    """What the layer found; `inapplicable` names the checks that have nothing to look at in this package."""

    findings: list[Finding] = field(default_factory=list)
    not_run: list[NotRun] = field(default_factory=list)
    inapplicable: tuple[str, ...] = ()
    suites: tuple[Suite, ...] = ()

    @property
    def applicable(self) -> bool:
        """Whether there is anything to compare with, or a record that is known to look a certain way."""
        return len(self.inapplicable) < len(CHECKS)


def judge_plausibility(
    structure: Structure,
    previous: Previous | None,
    reported: Iterable[Finding] = (),
    on_table: Callable[[str], None] = lambda _: None,
) -> Plausibility:
    """Judge the sound tables of a package; say of the others that they could not be judged.

    `reported` is what the facts layer found; a country that it names is only a
    warning here.
    """
    result = Plausibility()
    try:
        record = record_of(structure)
    except Unusable as problem:
        result.not_run += [NotRun(check, str(problem)) for check in _ALL]
        return result
    result.inapplicable = tuple(check.INFO.id for check in CHECKS if not _applies(check, record, previous))
    if not result.applicable:
        return result
    subject = _subject(structure, record, previous, reported)
    expectations = _expectations(structure, subject, result)
    answers = _ask(expectations, subject, on_table, result)
    result.suites = tuple(answers.suites)
    result.not_run += answers.not_run
    guard = Guard(result.not_run)
    modules = {check.INFO.id: check for check in CHECKS}
    known = explanations(structure.package)
    for expectation, outcome in answers.unmet:
        check = expectation.check
        found = guard.run(check, modules[check].report, subject, expectation, outcome)
        result.findings += [with_explanation(item, known) if expectation.learned else item for item in found]
    return result


def _applies(check: PlausibilityCheck, record: Record | None, previous: Previous | None) -> bool:
    if check.NEEDS and record is None:
        return False
    return previous is not None or (record is not None and not check.COMPARES)


def _subject(
    structure: Structure, record: Record | None, previous: Previous | None, reported: Iterable[Finding]
) -> Subject:
    sound = {name: table for name, table in structure.tables.items() if not structure.is_spoilt(name)}
    accused = {
        structure.tables["deployments"].cell(finding.row, "country_code")
        for finding in reported
        if finding.check == "deployed-within-pledged" and finding.severity == "error" and finding.row is not None
    }
    before = cache(previous.record) if previous else lambda: None
    return Subject(sound, previous.tables if previous else None, record, accused, before)


def _expectations(structure: Structure, subject: Subject, result: Plausibility) -> list[Expectation]:
    """What every check expects of the tables that can be judged."""
    guard = Guard(result.not_run)
    found: list[Expectation] = []
    for check in CHECKS:
        spoilt = [name for name in check.NEEDS if structure.is_spoilt(name)]
        if check.INFO.id in result.inapplicable:
            continue
        if spoilt:
            result.not_run.append(NotRun(check.INFO.id, f"the structure of {', '.join(spoilt)} has errors"))
        else:
            found += guard.run(check.INFO.id, check.expect, subject)
    tables = (
        {resource.name for resource in structure.package.resources if resource.is_table} if structure.package else set()
    )
    unsound = tables - set(subject.tables)
    for name in sorted(unsound):
        general = [check.INFO.id for check in CHECKS if not check.NEEDS and check.INFO.id not in result.inapplicable]
        result.not_run += [NotRun(check, "its structure has errors", name) for check in general]
    return [item for item in found if item.derived or item.table not in unsound]


def _ask(
    expectations: Sequence[Expectation], subject: Subject, on_table: Callable[[str], None], result: Plausibility
) -> Answers:
    """The answers of Great Expectations; none if it cannot run, and then no check did."""

    def frame_of(expectation: Expectation) -> pd.DataFrame:
        import pandas as pd

        table = subject.tables.get(expectation.table)
        if expectation.derived:
            return derived_frame(expectation.derived)
        return pd.DataFrame() if table is None else frame(table)  # a table that is gone has no rows

    failed = Guard([])
    answers = failed.run("plausibility", lambda: [run_suites(expectations, frame_of, on_table)])
    result.not_run += failed.kept_from(check for check in _ALL if check not in result.inapplicable)
    return answers[0] if answers else Answers()
