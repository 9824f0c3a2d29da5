"""Faults of dates: how they are written, and days that are other days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from musterroll.faults.edits import Edit, cells_changed, said, spots, whole, written
from musterroll.faults.evidenced import evidence_for, sole_evidence, windows
from musterroll.faults.fault import Fault, Kind
from musterroll.faults.making import cell_kind
from musterroll.faults.original import Column, Original

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_EXCEL = date(1899, 12, 30)


def _is_date(column: Column) -> bool:
    """Whether it says when something happened; when a source was published is another matter (see `source-day`)."""
    return column.type == "date" and not column.is_linked and not _is_published(column)


def _is_published(column: Column) -> bool:
    return column.type == "date" and column.name.startswith("published")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _as(form: Callable[[date], str]) -> Callable[[str, Random, Column], str | None]:
    def becomes(text: str, _: Random, __: Column) -> str | None:
        day = _day(text)
        return None if day is None else form(day)

    return becomes


def _moved(text: str, years: int) -> str | None:
    day = _day(text)
    try:
        return None if day is None else day.replace(year=day.year + years).isoformat()
    except ValueError:
        return None


def _exchanged(text: str, _: Random, __: Column) -> str | None:
    """Day and month change places, where both can be either."""
    day = _day(text)
    if day is None or day.day > 12 or day.day == day.month:
        return None
    return day.replace(month=day.day, day=day.month).isoformat()


def _impossible(text: str, _: Random, __: Column) -> str | None:
    return f"{text[:4]}-02-30" if _day(text) else None


def _next_month(text: str, _: Random, __: Column) -> str | None:
    day = _day(text)
    return day.replace(month=day.month + 1).isoformat() if day and day.month < 12 and day.day < 29 else None


def _reversed(original: Original, random: Random) -> Fault | None:
    for window in windows(original, random):
        first, last = window.text("earliest"), window.text("latest")
        if first and last and first != last:
            return cells_changed(*window.edit(earliest=last, latest=first))
    return None


def _opened(original: Original, random: Random) -> Fault | None:
    for window in windows(original, random):
        column = Column(window.table, window.column("latest"))
        if window.text("latest") and not column.constraints.get("required"):
            return cells_changed(*window.edit(latest=""))
    return None


def _whole_window(original: Original, random: Random) -> Fault | None:
    """A known day is mistyped in both of its cells."""
    for window in windows(original, random):
        first, last = window.text("earliest"), window.text("latest")
        day = _day(first)
        if day and first == last and evidence_for(original, window.table, window.row, window.stem):
            other = (day + timedelta(days=7)).isoformat()
            return cells_changed(*window.edit(earliest=other, latest=other))
    return None


def _with_evidence(original: Original, random: Random) -> Fault | None:
    """A day is mistyped in both of its cells and in the one piece of evidence for it."""
    for window in windows(original, random):
        first, last = window.text("earliest"), window.text("latest")
        day, row = _day(first), sole_evidence(original, window)
        evidence = original.tables.get("evidence")
        if day and first == last and row is not None and evidence and evidence.cell(row, "value_asserted") == first:
            other = (day - timedelta(days=1)).isoformat()
            edits = window.edit(earliest=other, latest=other)
            return cells_changed(
                *edits,
                Edit(evidence, row, "value_asserted", other),
                at=spots(edits),
                says=said(*edits) + ", and its evidence",
            )
    return None


def _source_day(original: Original, random: Random) -> Fault | None:
    for window in windows(original, random):
        day = _day(window.text("earliest"))
        if window.stem == "published" and day and window.text("latest") == window.text("earliest") and day.day < 29:
            other = (day + timedelta(days=30)).isoformat()
            return cells_changed(*window.edit(earliest=other, latest=other))
    return None


def _all_shifted(original: Original, random: Random) -> Fault | None:
    """A script has moved every date of a column by a day, as a time zone does."""
    columns = [column for column in original.columns if _is_date(column)]
    random.shuffle(columns)
    for column in columns:
        table, at = column.table, column.table.index[column.name]
        rows = [list(cells) for cells in table.rows]
        moved = 0
        for cells in rows:
            day = _day(cells[at])
            if day is not None:
                cells[at] = (day - timedelta(days=1)).isoformat()
                moved += 1
        if moved > 1:
            return Fault(
                {table.file: written(table, rows).data},
                (whole(table, column.name),),
                f"{table.name} {column.name}: {moved} dates a day earlier",
            )
    return None


def _after_horizon(original: Original, random: Random) -> Fault | None:
    """A day is set behind the horizon of the record, in its cells and in its evidence."""
    horizon = _day(str(original.package.descriptor.get("horizon")))
    evidence = original.tables.get("evidence")
    for window in windows(original, random):
        row = sole_evidence(original, window)
        if horizon and evidence and row is not None and window.text("earliest") == window.text("latest"):
            other = (horizon + timedelta(days=200)).isoformat()
            edits = window.edit(earliest=other, latest=other)
            return cells_changed(
                *edits,
                Edit(evidence, row, "value_asserted", other),
                at=spots(edits),
                says=said(*edits) + ", and its evidence",
            )
    return None


_S = "dates"
KINDS: tuple[Kind, ...] = (
    cell_kind(
        "date-with-slashes",
        _S,
        "a date is written 25/06/2024",
        _is_date,
        _as(lambda day: f"{day.day:02}/{day.month:02}/{day.year}"),
    ),
    cell_kind(
        "date-with-name",
        _S,
        "a date is written 25-Jun-24",
        _is_date,
        _as(lambda day: f"{day.day}-{_MONTHS[day.month - 1]}-{day.year % 100:02}"),
    ),
    cell_kind(
        "date-short",
        _S,
        "a date is written 2024-6-5",
        _is_date,
        _as(lambda day: f"{day.year}-{day.month}-{day.day}" if day.month < 10 or day.day < 10 else ""),
    ),
    cell_kind(
        "date-serial",
        _S,
        "a date has become a spreadsheet's day number",
        _is_date,
        _as(lambda day: str((day - _EXCEL).days)),
    ),
    cell_kind(
        "date-with-time",
        _S,
        "midnight is added to a date",
        _is_date,
        lambda text, *_: f"{text} 00:00:00" if _day(text) else None,
    ),
    cell_kind(
        "date-of-month-only", _S, "a date has lost its day", _is_date, lambda text, *_: text[:7] if _day(text) else None
    ),
    cell_kind("date-impossible", _S, "a date is 30 February", _is_date, _impossible),
    cell_kind("day-month-exchanged", _S, "day and month are exchanged, and both are possible", _is_date, _exchanged),
    cell_kind("year-later", _S, "a date is a year too late", _is_date, lambda text, *_: _moved(text, 1)),
    cell_kind("year-earlier", _S, "a date is a year too early", _is_date, lambda text, *_: _moved(text, -1)),
    cell_kind("month-later", _S, "a date is a month too late", _is_date, _next_month),
    cell_kind("century", _S, "a date is a hundred years too early", _is_date, lambda text, *_: _moved(text, -100)),
    Kind(
        "source-day",
        _S,
        "a source is dated a month later, to the day",
        "cell",
        _source_day,
        "when it was published is said by that row alone",
    ),
    Kind("window-reversed", _S, "first and last day are exchanged", "cell", _reversed),
    Kind("window-opened", _S, "the last day of a window is emptied", "cell", _opened),
    Kind("day-mistyped", _S, "a known day is a week later, in both of its cells", "cell", _whole_window),
    Kind(
        "day-and-evidence",
        _S,
        "a known day is a day earlier, in its cells and in its evidence",
        "cell",
        _with_evidence,
        "cell and evidence agree, and no other cell holds that day",
    ),
    Kind(
        "day-after-horizon",
        _S,
        "a day lies behind the horizon, in its cells and in its evidence",
        "cell",
        _after_horizon,
    ),
    Kind("days-shifted", _S, "a script has moved all dates of a column by a day", "table", _all_shifted),
)
