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
from muster_validators.plausibility.subject import Subject, filled, tolerances

INFO = describe(__name__, __doc__, layer="plausibility")
NEEDS: tuple[str, ...] = ()
COMPARES = False

_KIND = "ExpectColumnProportionOfNonNullValuesToBeBetween"


def expect(subject: Subject) -> Iterator[Expectation]:
    """The least share of every column that may be empty."""
    limits = tolerances()[INFO.id]
    for old, table in subject.pairs:
        for name in old.header if len(old.rows) >= limits["rows"] and table.rows else ():
            share = len(filled(old, name)) / len(old.rows)
            if name in table.index and not _is_required(table.schema.fields.get(name, {})):
                least = share - max(limits["fall"], limits["cells"] / len(table.rows))
                if least > 0:  # else nothing could fall short of it
                    yield Expectation(INFO.id, table.name, _KIND, {"column": name, "min_value": round(least, 4)})
    if subject.record is not None and subject.previous is None:
        for subject_name, share in limits["record"].items():
            table_name, _, column = subject_name.partition(".")
            if table_name in subject.tables and subject.tables[table_name].rows:
                yield Expectation(INFO.id, table_name, _KIND, {"column": column, "min_value": share})


def report(subject: Subject, expectation: Expectation, outcome: Outcome) -> Iterator[Finding]:
    """A finding about the column; a warning where it is not a fall."""
    table = subject.tables[expectation.table]
    old = (subject.previous or {}).get(expectation.table)
    before = f"; in the release before {len(filled(old, expectation.column)) / len(old.rows):.0%}" if old else ""
    yield INFO.finding(
        f"{float(outcome.observed):.0%} of {expectation.column} is filled{before}.",
        table=table.name,
        field=expectation.column,
        place=(table.file, None, None),
        expected=f"at least {expectation.arguments['min_value']:.0%}",
        severity="error" if old else "warning",
    )


def _is_required(field: object) -> bool:
    """Whether the structure layer already sees to it that no cell is missing."""
    return isinstance(field, dict) and bool(field.get("constraints", {}).get("required"))
