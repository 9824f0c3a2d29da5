"""What evidence asserts, read from the one notation of `value_asserted` (RECORD, "Notation").

Numbers: `200` `~200` `>=50` `>400` `<=50` `<400` `54..65` `?`. Days: `2024`,
`2024-07`, `2024-07-16`, `a/b`, with `..` or nothing for an open end and `~` for about
(three days on each side of a day, half a month on each side of a month).
Anything else is a text, equal or not.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Literal

from musterroll.package.table import Table
from musterroll.record.count import Count, parse_notation
from musterroll.record.window import Window

NUMBER_STEMS = frozenset({"personnel", "amount", "figure"})
DATE_STEMS = frozenset({"date", "announced", "as_of"})

Asserted = Count | Window | str
Kind = Literal["number", "days", "text"]

_DAY = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<about>~)?")
_OPEN = {"", ".."}
_ABOUT_DAY = timedelta(days=3)
_ABOUT_MONTH = timedelta(days=15)


def kind_of(table: Table, field: str) -> Kind:
    """What a field of a table holds: the field is a column, or a stem that stands for several."""
    kind = table.schema.fields.get(field, {}).get("type")
    if field in NUMBER_STEMS or kind == "integer":
        return "number"
    return "days" if field in DATE_STEMS or kind == "date" else "text"


def read_asserted(kind: Kind, text: str) -> Asserted:
    """The value that a source asserts of a field of that kind.

    Raises `ValueError` if it is not in the notation of that kind.
    """
    if kind == "number":
        return parse_notation(text)
    return parse_days(text) if kind == "days" else text


def parse_days(text: str) -> Window:
    """The window of days that a notation stands for; raises `ValueError` if it is none."""
    first, separator, last = text.partition("/")
    if not separator:
        return _window(text)
    earliest = None if first in _OPEN else _window(first).earliest
    latest = None if last in _OPEN else _window(last).latest
    if earliest and latest and earliest > latest:
        raise ValueError(f"{text!r} ends before it begins")
    return Window(earliest, latest)


def agree(one: Asserted, other: Asserted) -> bool:
    """Whether both can be true: their intervals or windows overlap, or their texts are equal."""
    if isinstance(one, Count) and isinstance(other, Count):
        return one.interval.overlaps(other.interval)
    if isinstance(one, Window) and isinstance(other, Window):
        return one.overlaps(other)
    return one == other


def _window(text: str) -> Window:
    match = _DAY.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date in the notation of the record")
    month, day = (int(match[name]) if match[name] else None for name in ("month", "day"))
    first = date(int(match["year"]), month or 1, day or 1)
    last_month = month or 12
    last = first if day else date(int(match["year"]), last_month, calendar.monthrange(first.year, last_month)[1])
    margin = (_ABOUT_DAY if day else _ABOUT_MONTH) if match["about"] else timedelta(0)
    try:
        return Window(first - margin, last + margin)
    except OverflowError as error:
        raise ValueError(f"{text!r} reaches beyond the calendar") from error
