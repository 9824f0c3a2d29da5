"""A code that several rows of the release before held is still in use.

Why: a group that disappears has usually been recoded, filtered away or lost with the end of a file, and every row that is left is valid. It is a warning where the rows are still there with another code, and where the schema does not list the codes, so that what looks like one may be a text.

Example: seven movements were departures, now none is.

Remedy: Bring the rows or their code back. If the code was given up on purpose, say so in the changelog.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.plausibility.codes import coded_columns, is_listed
from muster_validators.plausibility.expectation import Expectation, Outcome
from muster_validators.plausibility.subject import Subject, filled, listed, tolerances
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="plausibility")
NEEDS: tuple[str, ...] = ()
COMPARES = True


def expect(subject: Subject) -> Iterator[Expectation]:
    """The values that enough rows held."""
    for table, name, values in coded_columns(subject):
        held = sorted(value for value, rows in values.items() if rows > tolerances()["category"]["rows"])
        if held and table.rows:
            arguments = {"column": name, "value_set": held}
            yield Expectation(INFO.id, table.name, "ExpectColumnDistinctValuesToContainSet", arguments)


def report(subject: Subject, expectation: Expectation, outcome: Outcome) -> Iterator[Finding]:
    """One finding per column: an error if rows went with the code, a warning if they have another one now."""
    table, name = subject.tables[expectation.table], expectation.column
    lost = sorted(set(expectation.arguments["value_set"]) - set(filled(table, name)))
    is_code = is_listed(table.schema.fields.get(name, {}))
    yield INFO.finding(
        f"No row has {name} {listed(lost)} any more.",
        table=table.name,
        field=name,
        place=(table.file, None, None),
        value=listed(lost),
        expected="in use, as in the release before",
        severity="error" if is_code and _rows_went(subject, table, name, lost) else "warning",
    )


def _rows_went(subject: Subject, table: Table, name: str, lost: Sequence[str]) -> bool:
    """Whether a row that held one of the lost codes is gone; without a key nobody can say, and it counts as gone."""
    old = (subject.previous or {})[table.name]
    if not old.schema.primary_key or old.schema.primary_key != table.schema.primary_key:
        return True
    kept = {tuple(table.key(row).values()) for row in range(len(table.rows))}
    held = (row for row in range(len(old.rows)) if old.cell(row, name) in lost)
    return any(tuple(old.key(row).values()) not in kept for row in held)
