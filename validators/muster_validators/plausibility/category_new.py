"""A column of codes holds only codes that it held in the release before.

Why: where the schema does not list the codes, a misspelt one (`militry`) or another convention is a valid text, and splits a group in two. A column counts as one of codes if it had at most 20 values, each used five times on average.

Example: all rows said police or military; now one says militry.

Remedy: Mend the cell. If it is a new code, nothing is to be done; better, list the codes in the schema as `categories`.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.plausibility.codes import coded_columns, is_listed
from muster_validators.plausibility.expectation import Expectation, Outcome
from muster_validators.plausibility.subject import Subject, listed, tolerances

INFO = describe(__name__, __doc__, layer="plausibility", severity="warning")
NEEDS: tuple[str, ...] = ()
COMPARES = True


def expect(subject: Subject) -> Iterator[Expectation]:
    """The set of known values, where the schema does not list them."""
    for table, name, values in coded_columns(subject):
        if not is_listed(table.schema.fields.get(name, {})):
            arguments = {"column": name, "value_set": sorted(values)}
            yield Expectation(INFO.id, table.name, "ExpectColumnValuesToBeInSet", arguments)


def report(subject: Subject, expectation: Expectation, outcome: Outcome) -> Iterator[Finding]:
    """A finding at every cell; a single one where so many values are new that they are no codes."""
    table, name = subject.tables[expectation.table], expectation.column
    known = listed(expectation.arguments["value_set"])
    new = {table.cell(row, name) for row in outcome.rows}
    if len(new) > tolerances()["category"]["new"]:
        message = f"{len(new):,} values in {len(outcome.rows):,} rows are new here, so these are hardly codes."
        yield INFO.finding(message, table=table.name, field=name, place=(table.file, None, None))
        return
    for row in outcome.rows:
        message = f"{table.cell(row, name)} is new here; the release before had {known}."
        yield INFO.at(table, row, name, message, expected=f"one of: {known}")
