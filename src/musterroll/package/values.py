"""Cells as values: what a text stands for by the schema of its column, exactly, and nothing guessed."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Any

from musterroll.package.table import Schema

TRUE, FALSE = ("true", "True", "TRUE", "1"), ("false", "False", "FALSE", "0")
_DIGITS = frozenset("0123456789")
_STARTS = _DIGITS | {"+", "-"}
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|-?INF")
# What a Table Schema takes for a date, a time or both; Python takes more.
_PLAIN: Mapping[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), date.fromisoformat),
    "time": (re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"), time.fromisoformat),
    "datetime": (
        re.compile(r"[0-9-]{10}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"),
        datetime.fromisoformat,
    ),
}
_NO_VALUE = (ValueError, ArithmeticError, KeyError, TypeError, RecursionError, re.error)


class Column:
    """A column as its schema reads it."""

    def __init__(self, schema: Schema, name: str) -> None:
        self._field = schema.fields.get(name, {})
        self._missing = schema.missing_values(name)

    def is_missing(self, text: str) -> bool:
        """Whether the text means that there is no value."""
        return text in self._missing

    def value(self, text: str) -> Any:
        """The value that the text stands for; the text itself, in NFC, if it is none of the type."""
        try:
            return self._read(text)
        except _NO_VALUE:
            return unicodedata.normalize("NFC", text)

    @cached_property
    def _read(self) -> Callable[[str], Any]:
        readers: Mapping[str, Callable[[str], Any]] = {
            "integer": self._number,
            "number": self._number,
            "year": self._number,
            "boolean": self._boolean,
            "object": _json,
            "array": _json,
            "geojson": _json,
            "date": self._moment,
            "datetime": self._moment,
            "time": self._moment,
        }
        return readers.get(str(self._field.get("type", "string")), lambda text: unicodedata.normalize("NFC", text))

    def _number(self, text: str) -> Any:
        """An exact number; what may stand around it (a currency, a per cent sign) is part of the value."""
        plain = text.replace(str(self._field.get("groupChar") or "\0"), "")
        plain = plain.replace(str(self._field.get("decimalChar", ".")), ".")
        if self._field.get("bareNumber", True):
            return _decimal(plain)
        first = next((at for at, char in enumerate(plain) if char in _STARTS), len(plain))
        last = next((at for at in range(len(plain), 0, -1) if plain[at - 1] in _DIGITS), 0)
        return plain[:first].strip(), _decimal(plain[first:last]), plain[last:].strip()

    def _boolean(self, text: str) -> bool:
        known = dict.fromkeys(self._field.get("trueValues", TRUE), True)
        return {**known, **dict.fromkeys(self._field.get("falseValues", FALSE), False)}[text]

    def _moment(self, text: str) -> object:
        kind, declared = str(self._field["type"]), str(self._field.get("format", "default"))
        if declared in {"default", "any"}:
            pattern, read = _PLAIN[kind]
            return read(text) if pattern.fullmatch(text) else unicodedata.normalize("NFC", text)
        moment = datetime.strptime(text, declared)
        return {"date": moment.date(), "time": moment.time()}.get(kind, moment)


def _decimal(text: str) -> Decimal:
    """An exact number as a Table Schema has it: Python reads 1_000 and other scripts' digits as well."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def _json(text: str) -> Any:
    """A JSON value whose numbers are exact and are neither true nor false."""
    return json.loads(
        text,
        parse_int=lambda digits: ("number", Decimal(digits)),
        parse_float=lambda digits: ("number", Decimal(digits)),
    )
