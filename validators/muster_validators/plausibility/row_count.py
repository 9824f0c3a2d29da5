"""A table that a mission record needs has rows; none has fewer than in the release before, but for those that were retired, nor many more.

Why: rows that vanish are the fault that no look at the new release alone can see: half a file lost in a merge is still a valid table. A table that suddenly doubles has usually been pasted in twice; that is a warning, and a single one where several tables did, for then the package has grown. Without a release to compare with, the tables that a mission record cannot do without must hold something.

Example: a table had 120 rows and has 60.

Remedy: To a table that has no rows yet, add the first ones (`muster new`). If rows are gone, bring them back; in a mission record, name each that is to go in retired_ids, with its successor and the reason. If so many new rows are right, nothing is to be done, or explain them: `"release": {"explained": {"row-count": "…"}}` in datapackage.json. Which rows they are, `muster diff` says.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.plausibility.expectation import Cells, Derived, Expectation, Outcome, at_least
from muster_validators.plausibility.subject import Subject, first_keys, tolerances
from musterroll.package.descriptor import DESCRIPTOR
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="plausibility")
NEEDS: tuple[str, ...] = ()
COMPARES = False

_KIND = "ExpectTableRowCountToBeBetween"


def expect(subject: Subject) -> Iterator[Expectation]:
    """The least of every table, and the most of all that are compared; without a release before, that a core is not empty."""
    core = tolerances()[INFO.id]["not_empty"] if subject.record is not None else ()
    previous = subject.previous or {}
    for name, old in previous.items():
        least = max(_least(subject, old), int(name in core or name not in subject.tables))
        learned = bool(old.rows) or name not in subject.tables
        yield Expectation(INFO.id, name, _KIND, {"min_value": least}, learned=learned)
    for name in core:
        if name in subject.tables and name not in previous:
            yield Expectation(INFO.id, name, _KIND, {"min_value": 1}, learned=False)
    if pairs := list(subject.pairs):
        columns: dict[str, Cells] = {
            "table": [table.name for _, table in pairs],
            "before": [float(len(old.rows)) for old, _ in pairs],
            "rows": [float(len(table.rows)) for _, table in pairs],
            "most": [float(_most(old)) for old, _ in pairs],
        }
        yield at_least(INFO.id, Derived("sizes", columns), "most", "rows")


def report(subject: Subject, expectation: Expectation, outcome: Outcome) -> Iterator[Finding]:
    """A fall is an error, a rise a warning, an empty table of a first release a warning."""
    if expectation.derived:
        yield from _grown(subject, [list(subject.pairs)[row] for row in outcome.rows])
        return
    table = subject.tables.get(expectation.table)
    old = (subject.previous or {}).get(expectation.table)
    yield INFO.finding(
        _message(subject, expectation.table, int(outcome.observed))
        if table
        else f"The table {expectation.table} is gone.",
        table=expectation.table,
        place=(table.file if table else None, None, None),
        expected=f"at least {expectation.arguments['min_value']} rows",
        severity="error" if old and (old.rows or not table) else "warning",
    )


def _grown(subject: Subject, pairs: Sequence[tuple[Table, Table]]) -> Iterator[Finding]:
    """A finding per table; where several grew it is the package that did, and one says so."""
    if len(pairs) <= tolerances()[INFO.id]["tables"]:
        for old, table in pairs:
            yield INFO.finding(
                _message(subject, table.name, len(table.rows)),
                table=table.name,
                place=(table.file, None, None),
                expected=f"at most {_most(old)} rows",
                severity="warning",
            )
        return
    before, now = (sum(len(side.rows) for side in sides) for sides in zip(*subject.pairs, strict=True))
    grown = ", ".join(f"{table.name} {len(old.rows):,} → {len(table.rows):,}" for old, table in pairs)
    yield INFO.finding(
        f"The package grew from {before:,} to {now:,} rows; {len(pairs)} tables did so by more than is usual: {grown}.",
        place=(DESCRIPTOR, None, None),
        value=grown,
        severity="warning",
    )


def _message(subject: Subject, name: str, count: int) -> str:
    old = (subject.previous or {}).get(name)
    if not count and not (old and old.rows):
        return f"The table {name} has no rows."
    before = len(old.rows) if old else 0
    retired = _gone(subject, old) if old and subject.record is not None else 0
    said = f", of which {retired:,} were retired" if retired else ""
    return f"The table {name} has {count:,} rows; the release before had {before:,}{said}."


def _most(old: Table) -> int:
    limits = tolerances()[INFO.id]
    return len(old.rows) + int(max(math.floor(len(old.rows) * limits["growth"]), limits["slack"]))


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
