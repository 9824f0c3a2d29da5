"""A column of texts holds about as many different ones as in the release before.

Why: a column that was overwritten with one value, filled downwards or swapped with another is full, and each of its texts is valid. Columns of codes have checks of their own; this one looks at names, notes and places in documents, of which a tenth may become alike. Texts of rows that are gone are not missed.

Example: the evidence named 18 places in its documents, now every row says `par. 3`.

Remedy: `muster diff` shows which cells changed; bring the texts back. If it is right, explain it: `"release": {"explained": {"distinct-values": "…"}}` in datapackage.json.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.plausibility.codes import coded_columns, is_text
from muster_validators.plausibility.expectation import Expectation, Outcome
from muster_validators.plausibility.subject import Subject, filled, tolerances
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="plausibility")
NEEDS: tuple[str, ...] = ()
COMPARES = True


def expect(subject: Subject) -> Iterator[Expectation]:
    """The least number of different texts in every column that holds no codes and is part of no key."""
    coded = {(table.name, name) for table, name, _ in coded_columns(subject)}
    for old, table in subject.pairs:
        keys = old.schema.key_columns | table.schema.key_columns
        for name in old.header:
            texts = all(is_text(side.schema.fields.get(name)) for side in (old, table))
            if name in table.index and name not in keys and texts and (table.name, name) not in coded:
                least = _least(subject, old, table, name)
                if least:
                    arguments = {"column": name, "min_value": least}
                    yield Expectation(INFO.id, table.name, "ExpectColumnUniqueValueCountToBeBetween", arguments)


def report(subject: Subject, expectation: Expectation, outcome: Outcome) -> Iterator[Finding]:
    """One finding per column."""
    table, name = subject.tables[expectation.table], expectation.column
    before = len(set(filled((subject.previous or {})[table.name], name)))
    yield INFO.finding(
        f"{name} has {int(outcome.observed):,} different texts; the release before had {before:,}.",
        table=table.name,
        field=name,
        place=(table.file, None, None),
        value=str(outcome.observed),
        expected=f"at least {expectation.arguments['min_value']:,} different texts",
    )


def _least(subject: Subject, old: Table, table: Table, name: str) -> int:
    """Of the texts in rows that stayed, all but a few; 0 where there were few, or where they are empty now.

    A column that was emptied is the business of `fill-rate`.
    """
    limits = tolerances()[INFO.id]
    stayed = {
        old.cell(was, name)
        for row, was in subject.turnovers[table.name].stayed.items()
        if not old.is_missing(was, name) and not table.is_missing(row, name)
    }
    if len(stayed) < limits["texts"]:
        return 0
    return len(stayed) - max(int(limits["few"]), int(limits["fall"] * len(stayed)))
