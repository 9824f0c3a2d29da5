"""A value is written exactly as its type is written in the Data Package standard.

Why: Frictionless reads "5 " (with a space), "1_000", Arabic digits and "2024-2-3" without a word, and other readers make text, nothing or another number of them. A value that only some readers understand is a trap for everybody who downloads the table.

Example: `1_000` in an integer column; `2024-2-3` in a date column.

Remedy: Write the value plainly: digits 0-9 without spaces or separators, dates as YYYY-MM-DD.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="structure")

_ZONE = r"(?:Z|[+-][0-9]{2}:[0-9]{2})?"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?" + _ZONE
_INTEGER = r"[+-]?[0-9]+"

# The lexical forms of the standard, default format (Data Package v2, "Field Types").
_FORMS = {
    "integer": (_INTEGER, "an integer such as 1500"),
    "number": (r"(?:[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|NaN|-?INF)", "a number such as 1500.5"),
    "date": (_DATE, "a date as YYYY-MM-DD"),
    "time": (_TIME, "a time as hh:mm:ss"),
    "datetime": (f"{_DATE}T{_TIME}", "a date and time as YYYY-MM-DDThh:mm:ss"),
    "year": (r"-?[0-9]{4,}" + _ZONE, "a year of four digits"),
    "yearmonth": (r"-?[0-9]{4,}-[0-9]{2}" + _ZONE, "a month as YYYY-MM"),
}
_TEMPORAL = {"date", "time", "datetime"}
_FORMATTED_DATE = "%Y-%m-%d"  # the default form of a date, declared as a format


def run(table: Table) -> Iterator[Finding]:
    """Findings for every present value that is not in the plain form of its type."""
    for name, field in table.schema.fields.items():
        if name not in table.index:
            continue
        is_plain, expected = _reader(field)
        missing = table.schema.missing_values(name)
        for row, text in enumerate(table.column(name)):
            if text not in missing and not is_plain(text):
                yield INFO.at(table, row, name, _message(text, expected), expected=expected)


def _reader(field: Mapping[str, Any]) -> tuple[Callable[[str], bool], str]:
    kind = str(field.get("type", "string"))
    format = str(field.get("format", "default")).removeprefix("fmt:")
    if kind in _TEMPORAL and format not in {"default", "any", _FORMATTED_DATE}:
        return _is_ascii_word, f"a {kind} written {format}"
    if kind not in _FORMS or format == "any" or field.get("bareNumber") is False:
        return lambda _: True, ""
    form, expected = _FORMS[kind]
    plain = re.compile(form)
    decimal, group = str(field.get("decimalChar") or "."), str(field.get("groupChar") or "")
    return lambda text: bool(plain.fullmatch(_unpunctuated(text, decimal, group))), expected


def _is_ascii_word(text: str) -> bool:
    """Enough for a declared format: how many digits it may have is Frictionless' matter."""
    return text.isascii() and text == text.strip()


def _unpunctuated(text: str, decimal: str, group: str) -> str:
    bare = text.replace(group, "") if group else text
    return bare.replace(decimal, ".") if decimal != "." else bare


def _message(text: str, expected: str) -> str:
    if text != text.strip():
        return f"The value has white space around it; expected {expected}."
    odd = [char for char in text if not char.isascii()]
    if odd:
        name = unicodedata.name(odd[0], f"U+{ord(odd[0]):04X}")
        return f"The value holds {name}; expected {expected}."
    if "_" in text:
        return f"The value holds an underscore; expected {expected}."
    return f"The value is not written plainly; expected {expected}."
