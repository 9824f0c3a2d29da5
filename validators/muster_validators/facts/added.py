"""The rows that add up to a number: what each contributes, by date and then by id, for findings about sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from muster_validators.check import CheckInfo
from muster_validators.finding import Related
from musterroll.package.table import Table
from musterroll.record.count import Count
from musterroll.record.record import Record
from musterroll.record.rows import Movement, Revision, Strength
from musterroll.record.window import Window
from musterroll.record.written import written_count

_COLUMNS = ("personnel_min", "personnel_best", "personnel_max")
_MOVED = {
    "arrival": "arrival of",
    "departure": "departure of",
    "death": "death of",
    "unreported_out": "unreported departure of",
    "all_out": "departure of all",
}
_SAID = {
    "interest": "interest in sending",
    "offered": "offered",
    "pledged": "pledged",
    "notified_un": "notified the UN of",
    "approved": "approved",
    "suspended": "suspended",
    "withdrawn": "withdrew",
    "declined": "declined",
    "lapsed": "let lapse",
    "fulfilled": "fulfilled",
}


def number_column(table: Table, row: int) -> str:
    """The first column of a row's number that holds one; its qualifier if none does."""
    return next((name for name in _COLUMNS if table.cell(row, name)), "personnel_qualifier")


def moved(record: Record, movements: Iterable[Movement], day: date, *, of_all: bool = False) -> tuple[Related, ...]:
    """What each movement contributes by `day`; with its country if it is one `of_all`."""
    table = record.tables["deployments"]
    ordered = sorted(movements, key=lambda item: (*_begins(item.when), item.id))
    return tuple(_related(table, item.row, _moved(item), item.when, day, item.country * of_all) for item in ordered)


def promised(record: Record, revisions: Iterable[Revision], day: date, *, of_all: bool = False) -> tuple[Related, ...]:
    """What the pledges say with which the people there on `day` are compared: of each, all that may be the last."""
    table = record.tables["commitments"]
    ordered = sorted(revisions, key=lambda item: (*_begins(item.announced), item.commitment, item.number))
    several = Counter(item.commitment for item in ordered)
    return tuple(
        _related(
            table,
            item.row,
            _said(item),
            item.announced,
            day,
            item.country * of_all,
            either=several[item.commitment] > 1,
        )
        for item in ordered
    )


def reported(record: Record, stocks: Iterable[Strength]) -> tuple[Related, ...]:
    """What each report counts."""
    table = record.tables["strengths"]
    ordered = sorted(stocks, key=lambda item: (*_begins(item.as_of), item.id))
    return tuple(
        _related(table, item.row, f"{_number(item.personnel)} reported", item.as_of, None, item.country or "all")
        for item in ordered
    )


def days(window: Window) -> str:
    """`2024-07-16`, `2024-07-16 to 2024-07-20`, `2024-07-16 or later`."""
    if window.earliest is None or window.earliest == window.latest:
        return f"{window.latest or 'no date'}"
    return f"{window.earliest} or later" if window.latest is None else f"{window.earliest} to {window.latest}"


def _related(
    table: Table, row: int, says: str, window: Window, day: date | None, country: str, *, either: bool = False
) -> Related:
    subject = f"{country}: " if country else ""
    doubt = "" if day is None or window.certain(day) else f", only possible by {day}"
    choice = ", if it was said last" * either
    text = f"{subject}{says}, {days(window)}{doubt}{choice}"
    return CheckInfo.related(table, row, number_column(table, row), text)


def _moved(item: Movement) -> str:
    place = "" if item.place == "in_country" else f" ({item.place})"
    number = "" if item.kind == "all_out" else f" {_number(item.personnel)}"
    return f"{_MOVED[item.kind]}{number}{place}"


def _said(item: Revision) -> str:
    return f"{_SAID.get(item.status, item.status)} {_number(item.personnel)}"


def _number(count: Count) -> str:
    return written_count(count) if count.has_number else "an unknown number"


def _begins(window: Window) -> tuple[date, date]:
    return window.earliest or date.max, window.latest or date.max
