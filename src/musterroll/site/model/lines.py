"""Rows of the record as lines of a table: when, what, how many, and how well it is attested."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from musterroll.package.table import Table
from musterroll.record.cells import count_of, window_of
from musterroll.record.claims import subject_of
from musterroll.record.record import NUMBER_STEMS
from musterroll.record.window import Window
from musterroll.record.written import written_count
from musterroll.release.changelog.words import days
from musterroll.site.addresses import of_row
from musterroll.site.model.words import code_in_words
from musterroll.site.subject import Subject

DATE_STEMS = {
    "commitments": "announced",
    "conditions": "date",
    "contributions": "date",
    "deployments": "date",
    "strengths": "as_of",
    "events": "date",
}
_CODES = {
    "commitments": "status",
    "conditions": "kind",
    "contributions": "kind",
    "deployments": "movement",
    "strengths": "measure",
    "events": "kind",
    "event_figures": "measure",
}


@dataclass(frozen=True)
class Line:
    """A row: its id and address, when it was (`first` sorts), what it is, how many, and its cells.

    `evidence` is how many pieces there are of it, `conflicts` how many of these
    contradict; `is_believed` is false if all of it is deprecated.
    """

    id: str
    address: str
    when: str
    first: str
    what: str
    number: str
    cells: Mapping[str, str]
    evidence: int
    conflicts: int
    is_believed: bool


def line(subject: Subject, table: Table, row: int) -> Line:
    """One row as a line."""
    name, row_id, revision = key = subject_of(table, row)
    when = window_of(table, row, DATE_STEMS[name]) if name in DATE_STEMS else Window(None, None)
    said = subject.evidence.get(key, ())
    return Line(
        id=row_id if revision is None else f"{row_id}/{revision}",
        address=of_row(*key),
        when=days(when) if when.earliest or when.latest else "",
        first=str(when.earliest or when.latest or ""),
        what=code_in_words(table.cell(row, _CODES[name])) if name in _CODES else "",
        number=number_of(table, row),
        cells={column: table.cell(row, column) for column in table.header},
        evidence=len(said),
        conflicts=sum(item.stance == "conflicts" for item in said),
        is_believed=subject.record.is_believed(*key),
    )


def lines(subject: Subject, name: str, wanted: Callable[[Table, int], bool]) -> list[Line]:
    """The rows of a table that are wanted, in the order of time; those without a date come last."""
    table = subject.table(name)
    return in_order(line(subject, table, row) for row in range(len(table.rows)) if wanted(table, row))


def in_order(found: Iterable[Line]) -> list[Line]:
    """Lines in the order of time."""
    return sorted(found, key=lambda each: (not each.first, each.first, each.id))


def number_of(table: Table, row: int) -> str:
    """The number of a row with its unit, in the notation of the record; empty if the table has none."""
    stem = NUMBER_STEMS.get(table.name)
    if stem is None:
        return ""
    number = written_count(count_of(table, row, stem))
    if table.name != "contributions" or number == "?":
        return number
    return f"{number} {table.cell(row, 'currency') or table.cell(row, 'item')}".strip()
