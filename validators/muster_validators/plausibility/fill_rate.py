"""A column is filled about as well as in the release before.

Why: a column that was read wrongly, shifted by one or emptied by an export is still valid wherever a cell may be missing. Without a release to compare with, a few columns that a mission record can hardly do without must be well filled; that is a warning.

Example: nine of ten events had a place, now one of ten has.

Remedy: Look at what happened to the column between the two releases, and bring the values back.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.plausibility.expectation import Expectation, Outcome
from muster_validators.plausibility.subject import Subject, filled, percent, tolerances
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="plausibility")
NEEDS: tuple[str, ...] = ()
COMPARES = False

_KIND = "ExpectColumnProportionOfNonNullValuesToBeBetween"


def expect(subject: Subject) -> Iterator[Expectation]:
    """The least share of every column that may be empty, and that the columns are there at all."""
    asked = set()
    for old, table in subject.pairs:
        for name, least in _shares(old, table):
            asked.add((table.name, name))
            yield Expectation(INFO.id, table.name, _KIND, {"column": name, "min_value": least})
        for name in old.header:
            if name not in table.index:
                yield Expectation(INFO.id, table.name, "ExpectColumnToExist", {"column": name})
    for place, share in tolerances()[INFO.id]["record"].items() if subject.record is not None else ():
        table_name, _, column = place.partition(".")
        if table_name in subject.tables and subject.tables[table_name].rows and (table_name, column) not in asked:
            yield Expectation(INFO.id, table_name, _KIND, {"column": column, "min_value": share}, learned=False)


def report(subject: Subject, expectation: Expectation, outcome: Outcome) -> Iterator[Finding]:
    """A finding about the column: an error where its cells are fewer than before, else a warning."""
    table, name = subject.tables[expectation.table], expectation.column
    place = (table.file, None, None)
    if expectation.kind == "ExpectColumnToExist":
        message = f"The column {name} of the release before is gone; muster version says what that requires."
        yield INFO.finding(message, table=table.name, field=name, place=place, severity="warning")
        return
    old = (subject.previous or {}).get(table.name)
    compared = old is not None and len(old.rows) >= tolerances()[INFO.id]["rows"] and name in old.index
    before = f"; in the release before {percent(len(filled(old, name)) / len(old.rows))}" if old and compared else ""
    yield INFO.finding(
        f"{percent(float(outcome.observed))} of {name} is filled{before}.",
        table=table.name,
        field=name,
        place=place,
        expected=f"at least {percent(expectation.arguments['min_value'])}",
        severity="error" if compared else "warning",
    )


def _shares(old: Table, table: Table) -> Iterator[tuple[str, float]]:
    """Columns and the least share of each; nothing where too few rows, or none, would have to fall short of it."""
    limits = tolerances()[INFO.id]
    if len(old.rows) < limits["rows"] or not table.rows:
        return
    for name in old.header:
        if name in table.index and not _is_required(table.schema.fields.get(name, {})):
            share = len(filled(old, name)) / len(old.rows)
            least = share - max(limits["fall"], limits["cells"] / len(table.rows))
            if least > 0:
                yield name, round(least, 4)


def _is_required(field: object) -> bool:
    """Whether the structure layer already sees to it that no cell is missing."""
    return isinstance(field, dict) and bool(field.get("constraints", {}).get("required"))
