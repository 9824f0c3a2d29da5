"""The columns of a table as typed values, the same for every export.

A column either has the type of its schema in every cell, exactly, or it is text
as it stands: no value is rounded, guessed or lost on the way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from musterroll.package.table import Schema, Table
from musterroll.package.values import Column

Kind = Literal["integer", "number", "boolean", "date", "datetime", "text"]
Value = int | Decimal | bool | date | datetime | str
Values = list[Value | None]

_LONGEST = 1_000  # characters of a value that is no text; Python alone needs minutes for an integer of a million digits
_TOO_FINE = re.compile(r"\.[0-9]{7}")  # a fraction of a second that a datetime would cut off
_DIRECTIVE = re.compile(r"%(.)")
_DAY = ({"Y", "y"}, {"m", "b", "B", "j"}, {"d", "j"})
_TIME = ({"H", "I"}, {"M"})


@dataclass(frozen=True)
class TypedColumn:
    """One column: None where a cell holds a declared missing value, else a value of the kind."""

    name: str
    kind: Kind
    values: Values
    field: Mapping[str, Any]  # its description in the schema; empty without one

    @property
    def categories(self) -> list[str] | None:
        """The declared categories as text, in order; None if there are none."""
        return cell_texts(self.field["categories"]) if "categories" in self.field else None


def typed_columns(table: Table) -> list[TypedColumn]:
    """Every column of a table, in order, read by the schema.

    A column one of whose cells is no plain value of its type (a moment with a
    time zone, an integer with an exponent, a number with a currency, whatever
    cannot be read) is of kind text, with the cells as they stand in the file.
    """
    return [typed_column(table, position) for position in range(len(table.header))]


def typed_column(table: Table, position: int) -> TypedColumn:
    """The column at a position, counted from 0."""
    name = table.header[position]
    field, missing = table.schema.fields.get(name, {}), table.schema.missing_values(name)
    texts = [None if cells[position] in missing else cells[position] for cells in table.rows]
    read = plain_reader(table.schema, name)
    values = {text: read(text) for text in dict.fromkeys(texts) if text is not None}
    if None in values.values():
        return TypedColumn(name, "text", list(texts), field)
    return TypedColumn(name, _kind(field), [None if text is None else values[text] for text in texts], field)


def plain_reader(schema: Schema, name: str) -> Callable[[str], Value | None]:
    """What reads a cell of the column; it gives None for a text that is no plain value of the column's type."""
    field, column = schema.fields.get(name, {}), Column(schema, name)
    kind = _kind(field)

    def read(text: str) -> Value | None:
        if kind == "text":
            return text
        if len(text) > _LONGEST or (kind == "datetime" and _TOO_FINE.search(text)):
            return None
        return _PLAIN[kind](column.value(text))

    return read


def cell_texts(values: Sequence[Any]) -> list[str]:
    """Categories or enumerated values as the texts that stand for them in a cell."""
    return [str(item["value"] if isinstance(item, dict) else item) for item in values]


def number_text(value: int | Decimal) -> str:
    """A number in the notation of a Table Schema, exactly."""
    exact = Decimal(value)  # unlike an integer, it may be written out at any length
    return str(exact) if exact.is_finite() else ("-INF" if exact < 0 else "INF")


def value_text(value: Value) -> str:
    """A value as text: numbers exactly, dates and times in ISO form; not for truth values."""
    if isinstance(value, (int, Decimal)):
        return number_text(value)
    return value.isoformat() if isinstance(value, date) else value


def is_exact_double(value: Decimal) -> bool:
    """Whether the nearest double, written as short as can be, is the same number again."""
    return Decimal(repr(float(value))) == value


def _kind(field: Mapping[str, Any]) -> Kind:
    kind = _KINDS.get(str(field.get("type")), "text")
    needed = {"date": _DAY, "datetime": (*_DAY, *_TIME)}.get(kind, ())
    return kind if _states(str(field.get("format", "default")), needed) else "text"


def _states(declared: str, needed: Sequence[set[str]]) -> bool:
    """Whether a format says all of year, month, day: Python takes 1 January 1900 for what it does not say."""
    directives = set(_DIRECTIVE.findall(declared))
    return declared in {"default", "any"} or all(directives & one_of for one_of in needed)


def _integer(value: object) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number.as_tuple().exponent == 0 else None


def _number(value: object) -> Decimal | None:
    if isinstance(value, tuple):  # what stands before the number, the number, and what stands behind it
        before, value, behind = value
        if before or behind:
            return None
    return value if isinstance(value, Decimal) else None


def _boolean(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _date(value: object) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _datetime(value: object) -> datetime | None:
    return value if isinstance(value, datetime) and value.tzinfo is None else None


_KINDS: Mapping[str, Kind] = {
    "integer": "integer",
    "year": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
}
_PLAIN: Mapping[Kind, Callable[[object], Value | None]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
}
