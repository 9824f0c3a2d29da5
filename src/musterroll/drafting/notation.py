"""Numbers and days in the one notation of `value_asserted`, read into cells and written from them.

`personnel=~100` fills `personnel_min`, `_best`, `_max` and `_qualifier`; `date=2025-02`
fills `date_earliest` and `date_latest`. Which columns belong together their endings say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from musterroll.record.asserted import parse_days
from musterroll.record.count import Count, parse_notation

NUMBER_ENDS = ("min", "best", "max", "qualifier")
DAY_ENDS = ("earliest", "latest")

_NUMBER = "200, ~200 (about), >=50, >400, <=50, <400, 54..65 or ? (no number given)"
_DAYS = "2025-02-06, 2025-02, 2025 or 2025-02-06/2025-02-09, with ~ for about and .. for an open end"
_SIGNS = {
    "exact": ("", "best", 0),
    "about": ("~", "best", 0),
    "at_least": (">=", "min", 0),
    "more_than": (">", "min", -1),
    "up_to": ("<=", "max", 0),
    "fewer_than": ("<", "max", 1),
}


def stem_columns(stem: str, header: Iterable[str]) -> tuple[str, ...]:
    """The columns that a stem stands for; none if it is no stem of this table."""
    for ends in (NUMBER_ENDS, DAY_ENDS):
        names = tuple(f"{stem}_{end}" for end in ends)
        if set(names) <= set(header):
            return names
    return ()


def cells_of(columns: tuple[str, ...], text: str) -> dict[str, str]:
    """The cells of a stem's columns; raises `ValueError`, saying how it is written, if the text is in no notation."""
    if len(columns) == len(NUMBER_ENDS):
        count = _read_count(text)
        values = [count.min, count.best, count.max, count.qualifier]
    else:
        values = [*_read_days(text)]
    return {name: "" if value is None else str(value) for name, value in zip(columns, values, strict=True)}


def written_number(stem: str, cells: Mapping[str, str]) -> str:
    """The notation of a number in cells; of a disputed one its best value; empty if the cells do not say."""
    ends = {end: cells.get(f"{stem}_{end}", "") for end in NUMBER_ENDS}
    if ends["qualifier"] == "between":
        return f"{ends['min']}..{ends['max']}" if ends["min"] and ends["max"] else ""
    if ends["qualifier"] in {"unspecified", "disputed"}:
        return ends["best"] or ("?" if ends["qualifier"] == "unspecified" else "")
    sign, end, step = _SIGNS.get(ends["qualifier"], ("", "best", 0))
    return f"{sign}{int(ends[end]) + step}" if ends[end].isdecimal() else ""


def written_days(stem: str, cells: Mapping[str, str]) -> str:
    """The notation of a window of days in cells; empty if there is none."""
    earliest, latest = (cells.get(f"{stem}_{end}", "") for end in DAY_ENDS)
    if earliest == latest:
        return earliest
    return f"{earliest or '..'}/{latest or '..'}"


def _read_count(text: str) -> Count:
    try:
        return parse_notation(text)
    except ValueError as error:
        raise ValueError(f"a number is written {_NUMBER}") from error


def _read_days(text: str) -> tuple[str, str]:
    try:
        window = parse_days(text)
    except ValueError as error:
        raise ValueError(f"a date is written {_DAYS}") from error
    return tuple("" if day is None else day.isoformat() for day in (window.earliest, window.latest))  # type: ignore[return-value]
