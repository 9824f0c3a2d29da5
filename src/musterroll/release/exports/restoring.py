"""From a value as an export stores it back to the value that it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from musterroll.typed.columns import Kind, Value

_LONGEST = 1_000  # no number in a table is longer
_INTEGER = re.compile(r"-?[0-9]+")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?|-?INF")


@dataclass(frozen=True, eq=False)
class Alien:
    """A stored value that a column of its kind cannot hold; it equals nothing in a table."""

    stored: object


def restored(kind: Kind, stored: object) -> Value | Alien | None:
    """The value that a stored one stands for in a column of the kind."""
    if stored is None:
        return None
    try:
        value = _RESTORERS[kind](stored)
    except (ValueError, ArithmeticError):
        value = None
    return Alien(stored) if value is None else value


def _integer(stored: object) -> int | None:
    if isinstance(stored, str) and not _INTEGER.fullmatch(stored):
        return None
    number = _number(stored)
    is_whole = number is not None and number.is_finite() and number == number.to_integral_value()
    return int(number) if number is not None and is_whole else None


def _number(stored: object) -> Decimal | None:
    if isinstance(stored, float):
        stored = Decimal(repr(stored))
    if isinstance(stored, str):
        return Decimal(stored) if len(stored) <= _LONGEST and _NUMBER.fullmatch(stored) else None
    if isinstance(stored, bool) or not isinstance(stored, (int, Decimal)):
        return None
    return None if Decimal(stored).is_nan() else Decimal(stored)


def _boolean(stored: object) -> bool | None:
    return bool(stored) if isinstance(stored, int) and stored in (0, 1) else None


def _date(stored: object) -> date | None:
    if isinstance(stored, str):
        day = date.fromisoformat(stored)
        return day if day.isoformat() == stored else None
    return stored if isinstance(stored, date) and not isinstance(stored, datetime) else None


def _datetime(stored: object) -> datetime | None:
    if isinstance(stored, str):
        moment = datetime.fromisoformat(stored)
        return moment if moment.isoformat() == stored else None
    if isinstance(stored, date) and not isinstance(stored, datetime):  # a spreadsheet's midnight
        return datetime.combine(stored, time())
    return stored if isinstance(stored, datetime) else None


def _text(stored: object) -> str | None:
    return stored if isinstance(stored, str) else None


_RESTORERS: dict[Kind, Callable[[object], Value | None]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "text": _text,
}
