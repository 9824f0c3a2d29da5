"""A table has no fewer rows than in the release before, but for those that were retired, and not many more.

Why: rows that vanish are the fault that no look at the new release alone can see: half a file lost in a merge is still a valid table. A table that suddenly doubles has usually been pasted in twice; that is a warning. Without a release to compare with, the tables that a mission record cannot do without must hold something.

Example: a table had 120 rows and has 60.

Remedy: Bring the rows back; in a mission record, name each that is to go in retired_ids, with its successor and the reason. If so many new rows are right, nothing is to be done. Which rows they are, `muster diff` says.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.plausibility.expectation import Expectation, Outcome
from muster_validators.plausibility.subject import Subject, first_keys, tolerances
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="plausibility")
NEEDS: tuple[str, ...] = ()
COMPARES = False

_KIND = "ExpectTableRowCountToBeBetween"


def expect(subject: Subject) -> Iterator[Expectation]:
    """Bounds from the previous release where there is one; else that a record's core is not empty."""
    limits = tolerances()[INFO.id]
    core = limits["not_empty"] if subject.record is not None else ()
    previous = subject.previous or {}
    for name, old in previous.items():
        most = len(old.rows) + max(math.floor(len(old.rows) * limits["growth"]), limits["slack"])
        least = max(_least(subject, old), int(name in core or name not in subject.tables))
        yield Expectation(INFO.id, name, _KIND, {"min_value": least, "max_value": most})
    for name in core:
        if name in subject.tables and name not in previous:
            yield Expectation(INFO.id, name, _KIND, {"min_value": 1})


def report(subject: Subject, expectation: Expectation, outcome: Outcome) -> Iterator[Finding]:
    """A fall is an error, a rise a warning, an empty table of a first release a warning."""
    table = subject.tables.get(expectation.table)
    old = (subject.previous or {}).get(expectation.table)
    least = expectation.arguments["min_value"]
    count = int(outcome.observed)
    fell = count < least
    yield INFO.finding(
        _message(subject, expectation.table, count) if table else f"The table {expectation.table} is gone.",
        table=expectation.table,
        place=(table.file if table else None, None, None),
        expected=f"at least {least} rows" if fell else f"at most {expectation.arguments['max_value']} rows",
        severity="error" if fell and old and (old.rows or not table) else "warning",
    )


def _message(subject: Subject, name: str, count: int) -> str:
    old = (subject.previous or {}).get(name)
    if not count and not (old and old.rows):
        return f"The table {name} has no rows."
    before = len(old.rows) if old else 0
    retired = _gone(subject, old) if old and subject.record is not None else 0
    said = f", of which {retired:,} were retired" if retired else ""
    return f"The table {name} has {count:,} rows; the release before had {before:,}{said}."


def _least(subject: Subject, old: Table) -> int:
    limits: Mapping[str, float] = tolerances()[INFO.id]
    count = len(old.rows)
    if subject.record is not None:
        return math.ceil((count - _gone(subject, old)) * (1 - limits["record_fall"]))
    return max(min(1, count), count - max(math.floor(count * limits["fall"]), int(limits["rows"])))


def _gone(subject: Subject, old: Table) -> int:
    """How many rows are gone because they, or what they belong to, were retired."""
    if not old.schema.primary_key or old.name not in subject.tables:
        return 0
    key, still = old.schema.primary_key[0], first_keys(subject.tables, old.name)
    return sum(cell in subject.retired and cell not in still for cell in old.column(key))
