"""A table keeps the rows of the release before, but for those that were retired, and grows by no more than releases do.

Why: rows that vanish are the fault that no look at the new release alone can see: half a file lost in a merge is still a valid table. A table that suddenly doubles has usually been pasted in twice; that is a warning. Without a release to compare with, the tables that a mission record cannot do without must hold something.

Example: a table had 120 rows and has 60, and retired_ids names none of the others.

Remedy: Bring the rows back, or name each in retired_ids with its successor and the reason. If so many new rows are right, nothing is to be done.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.plausibility.expectation import Expectation, Outcome
from muster_validators.plausibility.subject import Subject, tolerances
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="plausibility")
NEEDS: tuple[str, ...] = ()
COMPARES = False

_KIND = "ExpectTableRowCountToBeBetween"


def expect(subject: Subject) -> Iterator[Expectation]:
    """Bounds from the previous release where there is one; else that a record's core is not empty."""
    limits = tolerances()[INFO.id]
    for name, old in (subject.previous or {}).items():
        most = len(old.rows) + max(math.floor(len(old.rows) * limits["growth"]), limits["slack"])
        arguments = {"min_value": _least(subject, old), "max_value": most}
        yield Expectation(INFO.id, name, _KIND, arguments)
    if subject.record is not None and subject.previous is None:
        for name in limits["not_empty"]:
            if name in subject.tables:
                yield Expectation(INFO.id, name, _KIND, {"min_value": 1})


def report(subject: Subject, expectation: Expectation, outcome: Outcome) -> Iterator[Finding]:
    """A fall is an error, a rise a warning, an empty table of a first release a warning."""
    table = subject.tables.get(expectation.table)
    old = (subject.previous or {}).get(expectation.table)
    least = expectation.arguments["min_value"]
    count = int(outcome.observed)
    fell = count < least
    yield INFO.finding(
        _message(expectation.table, count, old, fell=fell) if table else f"The table {expectation.table} is gone.",
        table=expectation.table,
        place=(table.file if table else None, None, None),
        expected=f"at least {least} rows" if fell else f"at most {expectation.arguments['max_value']} rows",
        severity="error" if fell and old else "warning",
    )


def _message(name: str, count: int, old: Table | None, *, fell: bool) -> str:
    if old is None:
        return f"The table {name} has no rows."
    if fell:
        return (
            f"The table {name} has {count:,} rows; the release before had {len(old.rows):,}, and they were not retired."
        )
    return f"The table {name} has {count:,} rows; the release before had {len(old.rows):,}."


def _least(subject: Subject, old: Table) -> int:
    limits: Mapping[str, float] = tolerances()[INFO.id]
    if subject.record is None:
        return math.ceil(len(old.rows) * (1 - limits["fall"]))
    retired = _retired(subject.tables) - _retired(subject.previous or {})
    key = old.schema.primary_key[0] if old.schema.primary_key else None
    gone = sum(cell in retired for cell in old.column(key)) if key else 0
    return math.ceil((len(old.rows) - gone) * (1 - limits["record_fall"]))


def _retired(tables: Mapping[str, Table]) -> set[str]:
    """All ids that retired_ids names; the rows of a table without ids of its own go with those they belong to."""
    table = tables.get("retired_ids")
    return set(table.column("id")) if table else set()
