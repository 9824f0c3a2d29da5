"""Days, counts and rows of a record in words. Rows are texts, which an older release may have written as it liked."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date

from musterroll.record.count import Count
from musterroll.record.window import Window
from musterroll.record.written import written_count
from musterroll.release.changelog.markdown import ID, inert

Row = Mapping[str, str]

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_PEOPLE = {
    "police": ("police officer", "police officers"),
    "military": ("member of the military", "members of the military"),
    "medical": ("medical worker", "medical workers"),
    "civilian": ("civilian", "civilians"),
}


def counted(count: int, one: str, several: str | None = None) -> str:
    """`1 row`, `1,200 rows`."""
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"


def listed(items: list[str]) -> str:
    """`one`, `one and two`, `one, two and three`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def day_in_words(day: date) -> str:
    """`13 October 2024`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def days(window: Window) -> str:
    """A window as a date: `13 October 2024`, `9–20 July 2024`, `July 2024`."""
    first, last = window.earliest, window.latest
    if first is None or last is None:
        return _open(first, last) if first or last else "none"
    if first == last:
        return day_in_words(first)
    if _is_month(first, last):
        return f"{_MONTHS[first.month - 1]} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_in_words(last)}"
    return f"{_short(first, last)} – {day_in_words(last)}"


def when(window: Window) -> str:
    """A window as part of a sentence: `on 13 October 2024`, `between 9 and 20 July 2024`, `in July 2024`."""
    first, last = window.earliest, window.latest
    if first is None or last is None:
        return _open(first, last)
    if first == last:
        return f"on {day_in_words(first)}"
    if _is_month(first, last):
        return f"in {days(window)}"
    return f"between {_short(first, last)} and {day_in_words(last)}"


def window_in(row: Row, stem: str) -> Window | None:
    """The date of a row; None if it is not written as the profile has it."""
    ends = row.get(f"{stem}_earliest", ""), row.get(f"{stem}_latest", "")
    try:
        first, last = (date.fromisoformat(text) if text else None for text in ends)
    except ValueError:
        return None
    return Window(first, last)


def when_in(row: Row, stem: str) -> str:
    """The date of a row as part of a sentence."""
    window = window_in(row, stem)
    return _as_written(row, f"{stem}_earliest", f"{stem}_latest") if window is None else when(window)


def count_in(row: Row, stem: str) -> Count | None:
    """The number of a row; None if it is not written as the profile has it."""
    texts = [row.get(f"{stem}_{end}", "") for end in _ENDS]
    if any(text and not (text.isascii() and text.isdigit()) for text in texts):
        return None
    low, best, high = (int(text) if text else None for text in texts)
    return Count(low, best, high, row.get(f"{stem}_qualifier", ""))


def number_in(row: Row, stem: str) -> str:
    """The number of a row in the notation of the record."""
    count = count_in(row, stem)
    return _as_written(row, *(f"{stem}_{end}" for end in _ENDS)) if count is None else written_count(count)


def people_in(row: Row, before: str | None = None) -> str:
    """`200 police officers`, `an unstated number of people`; with what there was before, `150 → 200 …`."""
    number = number_in(row, "personnel")
    one, several = _PEOPLE.get(row.get("personnel_kind", ""), ("person", "people"))
    if before is not None and before != number:
        return f"{before} → {number} {several}"
    return f"an unstated number of {several}" if number == "?" else f"{number} {one if number == '1' else several}"


def id_in(row: Row, column: str) -> str:
    """An identifier."""
    return inert(row.get(column, ""), ID)


_ENDS = ("min", "best", "max")


def _open(first: date | None, last: date | None) -> str:
    if first is None:
        return "on an unknown day" if last is None else f"on or before {day_in_words(last)}"
    return f"on or after {day_in_words(first)}"


def _is_month(first: date, last: date) -> bool:
    whole = calendar.monthrange(first.year, first.month)[1]
    return (first.year, first.month, first.day) == (last.year, last.month, 1) and last.day == whole


def _short(first: date, last: date) -> str:
    """The first of two days, without what it shares with the last."""
    if first.year != last.year:
        return day_in_words(first)
    return str(first.day) if first.month == last.month else f"{first.day} {_MONTHS[first.month - 1]}"


def _as_written(row: Row, *columns: str) -> str:
    return " ".join(inert(row[column]) for column in columns if row.get(column))
