"""What a country promised, sent, paid or gave adds up to about as much as in the release before.

Why: every row of a table may look right while a sum is a tenth of what it was: a digit lost, a row that is no longer summable, a pledge that became part of another. The gate looks at the headline totals of the mission; this looks below them, at the sums of each table by mission and country, and at the balance of each country on the last day of the release before. A sum that fell is an error, one that rose a warning; what was not there before is new, and judged by nobody.

Example: Kenya's pledges to the mission added up to 1,000 people, and now to 100.

Remedy: `muster diff` shows the rows. If the movement is right, explain it: `"release": {"explained": {"sums-moved": "…"}}` in datapackage.json; what is said there of `totals-moved` counts for this check as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from muster_validators.check import describe
from muster_validators.facts.deployed_within_pledged import NEEDS as BALANCE
from muster_validators.finding import Finding
from muster_validators.plausibility.expectation import Cells, Derived, Expectation, Outcome, at_least
from muster_validators.plausibility.subject import Subject, tolerances
from muster_validators.plausibility.sums import Name, Total, sums
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="plausibility")
NEEDS = (*BALANCE, "contributions")
COMPARES = True

_EXPECTED = "near what it was, or an explanation"
_SHOWN = 10  # sums that a finding about a table names, and rows


@dataclass(frozen=True)
class Sum:
    """A sum before and now, and between what it may lie."""

    name: Name
    before: int
    now: Total
    least: int
    most: int

    def __str__(self) -> str:
        return f"{self.name} {self.before:,} → {self.now.number:,}"


def expect(subject: Subject) -> Iterator[Expectation]:
    """That no sum fell, and none rose, by much."""
    if compared := _compared(subject):
        columns: dict[str, Cells] = {
            "table": [item.name.table for item in compared],
            "sum": [str(item.name) for item in compared],
            "before": [float(item.before) for item in compared],
            "now": [float(item.now.number) for item in compared],
            "least": [float(item.least) for item in compared],
            "most": [float(item.most) for item in compared],
        }
        yield at_least(INFO.id, Derived("sums", columns), "now", "least")
        yield at_least(INFO.id, Derived("sums", columns), "most", "now")


def report(subject: Subject, expectation: Expectation, outcome: Outcome) -> Iterator[Finding]:
    """One finding per table, with the sums that moved and the rows that moved them."""
    fell = expectation.arguments["column_A"] == "now"
    compared = _compared(subject)
    for name, group in groupby((compared[row] for row in outcome.rows), key=lambda item: item.name.table):
        moved = list(group)
        rest = f" and {len(moved) - _SHOWN:,} more" if len(moved) > _SHOWN else ""
        said = ", ".join(map(str, moved[:_SHOWN])) + rest
        if name == "balance":
            yield _of_balance(subject, moved, said, fell)
        else:
            yield _of_rows(subject, subject.tables[name], moved, said, fell)


def _of_balance(subject: Subject, moved: Sequence[Sum], said: str, fell: bool) -> Finding:
    before = subject.before()
    return INFO.finding(
        f"The balance of {before.horizon if before else None} {_verb(fell)}: {said}.",
        table="balance",
        key=dict(moved[0].name.of) if len(moved) == 1 else {},
        field=moved[0].name.field,
        value=said,
        expected=_EXPECTED,
        severity="error" if fell else "warning",
    )


def _of_rows(subject: Subject, table: Table, moved: Sequence[Sum], said: str, fell: bool) -> Finding:
    """At the first row that changed, or is new, in the sums that moved; rows that are gone have no place any more."""
    field = moved[0].name.field
    changed = {row: _changed(subject, table, row, field) for item in moved for row in item.now.rows}
    rows = [row for row, columns in changed.items() if columns]
    if len(rows) == 1:
        field = changed[rows[0]][0]
    finding = INFO.finding(
        f"Sums of {table.name} {_verb(fell)}: {said}.",
        table=table.name,
        key=table.key(rows[0]) if len(rows) == 1 else {},
        field=field,
        place=(table.file, *(table.place(rows[0], field) if rows else (None, None))),
        value=said,
        expected=_EXPECTED,
        severity="error" if fell else "warning",
    )
    cells = [(row, table.cell(row, field) or "empty") for row in rows[:_SHOWN]]
    return replace(finding, related=tuple(INFO.related(table, row, field, f"{field} = {cell}") for row, cell in cells))


def _changed(subject: Subject, table: Table, row: int, best: str) -> list[str]:
    """The columns in which a row is no longer what it was, those of its number first; all of them if it is new."""
    number = [best, *(best.removesuffix("_best") + end for end in ("_min", "_max"))]
    columns = [*number, *(name for name in table.header if name not in number)]
    old, stayed = (subject.previous or {})[table.name], subject.turnovers[table.name].stayed
    if row not in stayed:
        return columns
    return [name for name in columns if name not in old.index or table.cell(row, name) != old.cell(stayed[row], name)]


def _verb(fell: bool) -> str:
    return "fell" if fell else "rose"


def _compared(subject: Subject) -> list[Sum]:
    """Every sum that there was, in order; nothing if the release before holds no record."""
    before = subject.before()
    if before is None or subject.record is None:
        return []
    now = sums(subject.record, before.horizon)
    was = sorted(sums(before, before.horizon).items(), key=lambda item: item[0])
    return [_sum(name, total.number, now.get(name, Total())) for name, total in was if total.number]


def _sum(name: Name, before: int, now: Total) -> Sum:
    limits = tolerances()[INFO.id]
    slack = max(limits["at_least"], int(limits["fall"] * before))
    more = slack if name.table == "balance" else max(limits["many"], int(limits["growth"] * before))
    return Sum(name, before, now, before - slack, before + more)
