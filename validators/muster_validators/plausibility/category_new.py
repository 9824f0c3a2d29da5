"""A column of codes holds only codes that it held in the release before.

Why: where the schema does not list the codes, a misspelt one (`militry`) or another convention is a valid text, and splits a group in two. A column counts as one of codes if it had at most 20 values, each used five times on average, and they differ in more than their digits (`par. 3`, `par. 4`).

Example: all rows said police or military; now one says militry.

Remedy: Mend the cell. If it is a new code, nothing is to be done; better, list the codes in the schema as `categories`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.plausibility.cells import findings_at
from muster_validators.plausibility.codes import coded_columns, is_listed
from muster_validators.plausibility.expectation import Expectation, Outcome
from muster_validators.plausibility.subject import Subject, listed

INFO = describe(__name__, __doc__, layer="plausibility", severity="warning")
NEEDS: tuple[str, ...] = ()
COMPARES = True

_SHOWN = 10  # new values that a finding about a column names


def expect(subject: Subject) -> Iterator[Expectation]:
    """The set of known values, where the schema does not list them."""
    for table, name, values in coded_columns(subject):
        if not is_listed(table.schema.fields.get(name, {})):
            arguments = {"column": name, "value_set": sorted(values)}
            yield Expectation(INFO.id, table.name, "ExpectColumnValuesToBeInSet", arguments)


def report(subject: Subject, expectation: Expectation, outcome: Outcome) -> Iterator[Finding]:
    """A finding at each cell where they are few; else one for the column, with the new values."""
    table, name = subject.tables[expectation.table], expectation.column
    known = listed(expectation.arguments["value_set"])
    new = Counter(table.cell(row, name) for row in outcome.rows)
    most = [f"{count:,} × {listed([value])}" for value, count in new.most_common(_SHOWN)]
    rest = f" and {len(new) - _SHOWN:,} more" if len(new) > _SHOWN else ""
    yield from findings_at(
        INFO,
        subject,
        table,
        name,
        outcome.rows,
        message=lambda row: f"{table.cell(row, name)} is new here; the release before had {known}.",
        summary=f"{', '.join(most)}{rest} are new here; the release before had {known}",
        value=", ".join(most) + rest,
        expected=f"one of: {known}",
    )
