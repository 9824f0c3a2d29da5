"""Calendar months, each given by its first day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from musterroll.record.window import Window

Month = date


def months_between(first: date, last: date) -> list[Month]:
    """The months from that of the first day to that of the last, both included."""
    begin, end = (day.year * 12 + day.month - 1 for day in (first, last))
    return [date(number // 12, number % 12 + 1, 1) for number in range(begin, end + 1)]


def last_day_of(month: Month) -> date:
    """The last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def surely_in(window: Window, month: Month) -> bool:
    """Whether all days of the window lie in the month."""
    first, last = window.earliest, window.latest
    return first is not None and last is not None and month <= first and last <= last_day_of(month)


def possibly_in(window: Window, months: Sequence[Month]) -> Iterator[Month]:
    """Those of the months in which some day of the window lies; of one whose end is open, in which it begins."""
    first = window.earliest or window.latest
    last = window.latest or window.earliest
    if first and last:
        yield from (month for month in months if first <= last_day_of(month) and month <= last)
