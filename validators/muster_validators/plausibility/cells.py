"""Findings about cells of one column: each for itself where they are few, else one that counts them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from muster_validators.check import CheckInfo
from muster_validators.finding import Finding
from muster_validators.plausibility.subject import Subject, tolerances
from musterroll.package.table import Table

_SHOWN = 10  # cells that a finding about many of them names


def findings_at(
    info: CheckInfo,
    subject: Subject,
    table: Table,
    name: str,
    rows: Sequence[int],
    message: Callable[[int], str],
    summary: str,
    value: str,
    expected: str,
) -> Iterator[Finding]:
    """A finding at each row with its `message`; one with `summary` and `value` where there are more than a few."""
    if len(rows) <= tolerances()["cells"]["each"]:
        for row in rows:
            yield info.at(table, row, name, message(row), expected=expected)
        return
    place = (table.file, *table.place(rows[0], name))
    related = tuple(info.related(table, row, name, f"{name} = {table.cell(row, name)}") for row in rows[:_SHOWN])
    text = f"{summary}{_whose(subject, table, rows)}"
    finding = info.finding(text, table=table.name, field=name, place=place, value=value, expected=expected)
    yield replace(finding, related=related)


def _whose(subject: Subject, table: Table, rows: Sequence[int]) -> str:
    """What is known of the rows: all new, in a table that grew so much that this is no wonder, or not."""
    if table.name not in subject.turnovers or not subject.previous:
        return "."
    new = sum(row in subject.turnovers[table.name].added for row in rows)
    before = len(subject.previous[table.name].rows)
    if new < len(rows):
        return f"; {len(rows) - new:,} of these rows were there before."
    return f", all in new rows (the table grew from {before:,} to {len(table.rows):,})."
