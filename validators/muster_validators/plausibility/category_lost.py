"""A code that several rows of the release before held is still in use.

Why: a group that disappears has usually been recoded, filtered away or lost with the end of a file, and every row that is left is valid. It is a warning where the schema does not list the codes, so that what looks like one may be a text.

Example: seven movements were departures, now none is.

Remedy: Bring the rows or their code back. If the code was given up on purpose, explain it: `"release": {"explained": {"category-lost": "…"}}` in datapackage.json.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.plausibility.codes import coded_columns, is_listed
from muster_validators.plausibility.expectation import Expectation, Outcome
from muster_validators.plausibility.subject import Subject, filled, listed, tolerances

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
    """One finding per column: an error if the schema lists the codes, else a warning."""
    table, name = subject.tables[expectation.table], expectation.column
    lost = sorted(set(expectation.arguments["value_set"]) - set(filled(table, name)))
    yield INFO.finding(
        f"No row has {name} {listed(lost)} any more.",
        table=table.name,
        field=name,
        place=(table.file, None, None),
        value=listed(lost),
        expected="in use, as in the release before",
        severity="error" if is_listed(table.schema.fields.get(name, {})) else "warning",
    )
