"""No two rows stand for one thing.

Why: the same group reported by two papers, entered twice, doubles the people of that day.

Example: two arrivals of 200 Kenyans with windows that overlap.

Remedy: Make one row of the two and give it the evidence of both. Two groups of equal size on one day are told apart by their dates or numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.record.asserted import agree
from musterroll.record.record import Record
from musterroll.record.rows import Movement

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("deployments", "events", "evidence")


def run(record: Record) -> Iterator[Finding]:
    """One finding per later row: movements alike in all that counts, events alike in every cell but the id."""
    yield from _movements(record)
    yield from _events(record)


def _movements(record: Record) -> Iterator[Finding]:
    table, told = record.tables["deployments"], set()
    for first, second in combinations(record.movements, 2):
        if second.id not in told and _same(first, second):
            told.add(second.id)
            message = f"{first.id} is the same {first.kind} of {first.country}: dates and numbers overlap."
            yield INFO.at(table, second.row, "deployment_id", message)


def _same(one: Movement, other: Movement) -> bool:
    """Same mission, country, kind and place, with numbers and windows that overlap."""
    key = (one.mission, one.country, one.kind, one.place) == (other.mission, other.country, other.kind, other.place)
    return (
        key
        and agree(one.when, other.when)
        and one.personnel.has_number
        and other.personnel.has_number
        and agree(one.personnel, other.personnel)
    )


def _events(record: Record) -> Iterator[Finding]:
    table = record.tables["events"]
    first: dict[tuple[str, ...], int] = {}
    for row, cells in enumerate(table.rows):
        if not record.is_believed("events", table.cell(row, "event_id")):
            continue
        seen = first.setdefault(tuple(cells[1:]), row)
        if seen != row:
            message = f"{table.cell(seen, 'event_id')} in line {table.lines[seen]} is the same event."
            yield INFO.at(table, row, "event_id", message)
