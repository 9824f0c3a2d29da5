"""What a schema allows in one cell, said with what would be right; `muster validate` has the last word."""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

import re2

from musterroll.package.table import Table
from musterroll.package.values import Column

_WHOLE = re.compile(r"-?[0-9]+")
_TYPES: Mapping[str, tuple[type, str]] = {
    "integer": (Decimal, "a whole number such as 12"),
    "year": (Decimal, "a year such as 2025"),
    "number": (Decimal, "a number such as 12 or 0.5"),
    "boolean": (bool, "true or false"),
    "date": (date, "a date such as 2025-02-06"),
    "time": (time, "a time such as 14:30:00"),
    "datetime": (datetime, "a moment such as 2025-02-06T14:30:00Z"),
    "object": (dict, "a JSON object"),
    "array": (list, "a JSON list"),
}
_SHOWN = 40  # codes; beyond that a list helps nobody


def fault_of(table: Table, name: str, text: str) -> str | None:
    """Why a cell of that column cannot hold the text, or None if it can."""
    field = table.schema.fields.get(name, {})
    constraints: Mapping[str, Any] = field.get("constraints") or {}
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in text):
        return "it holds a control character or bytes that are no text"
    if text in table.schema.missing_values(name):
        return "it must not be empty" if constraints.get("required") else None
    return (
        _code_fault(name, field, text)
        or _type_fault(Column(table.schema, name), field, text)
        or _constraint_fault(table, name, constraints, text)
    )


def among(names: Sequence[str], text: str) -> str:
    """The codes that there are, or those most like the text if there are too many."""
    if len(names) <= _SHOWN:
        return f"there are {', '.join(names)}" if names else "there is none yet"
    close = get_close_matches(text, names, n=3)
    return f"did you mean {', '.join(close)}?" if close else f"there are {len(names):,} others"


def codes_of(field: Mapping[str, Any]) -> list[str]:
    """The codes that a column allows, from `categories` or `enum`; none if it holds no codes."""
    listed = field.get("categories") or (field.get("constraints") or {}).get("enum") or []
    return [str(item["value"] if isinstance(item, dict) else item) for item in listed]


def _code_fault(name: str, field: Mapping[str, Any], text: str) -> str | None:
    codes = codes_of(field)
    if not codes or text in codes:
        return None
    if len(codes) > _SHOWN:
        return f"it is no code of {name}; {among(codes, text)}"
    listed = field.get("categories") or []
    labels = {str(item["value"]): str(item.get("label", "")) for item in listed if isinstance(item, dict)}
    lines = [f"\n  {code:<{max(map(len, codes))}}  {labels.get(code, '')}".rstrip(" ") for code in codes]
    return f"it is no code of {name}, which are{''.join(lines)}"


def _type_fault(column: Column, field: Mapping[str, Any], text: str) -> str | None:
    kind = str(field.get("type", "string"))
    known = _TYPES.get(kind)
    if known is None:
        return None
    value = column.value(text)
    if isinstance(value, tuple):  # a number with something around it
        value = value[1]
    is_bare = kind in {"integer", "year"} and "groupChar" not in field and field.get("bareNumber", True)
    if not isinstance(value, known[0]) or (is_bare and not _WHOLE.fullmatch(text)):
        declared = field.get("format", "default")
        return f"it must be {known[1]}" + ("" if declared in {"default", "any"} else f" (written {declared})")
    return None


def _constraint_fault(table: Table, name: str, constraints: Mapping[str, Any], text: str) -> str | None:
    if not _has_form(constraints.get("pattern"), text):
        return f"it does not have the form {constraints['pattern']}"
    if constraints.get("unique") and text in set(table.column(name)):
        return f"{table.name} has a row with that {name}, and no two may have the same"
    column = Column(table.schema, name)
    for bound, is_beyond in _BOUNDS.items():
        if bound in constraints and _is_beyond(column, text, constraints[bound], is_beyond):
            return f"{bound} is {constraints[bound]}"
    is_text = table.schema.fields.get(name, {}).get("type", "string") == "string"
    for bound, is_beyond in _LENGTHS.items():
        if is_text and isinstance(constraints.get(bound), int) and is_beyond(len(text), constraints[bound]):
            return f"{bound} is {constraints[bound]}"
    return None


def _has_form(pattern: object, text: str) -> bool:
    """Whether the text matches as a whole; what is no pattern is the schema's fault, not the cell's."""
    try:
        return pattern is None or bool(re2.compile(str(pattern)).fullmatch(text))
    except re2.error:
        return True


def _is_beyond(column: Column, text: str, bound: object, is_beyond: Callable[[Any, Any], bool]) -> bool:
    """Whether a value is on the wrong side of a bound, if the two can be compared at all."""
    value, limit = column.value(text), column.value(str(bound))
    return type(value) is type(limit) and not isinstance(value, (str, tuple, dict, list)) and is_beyond(value, limit)


_BOUNDS: Mapping[str, Callable[[Any, Any], bool]] = {
    "minimum": operator.lt,
    "maximum": operator.gt,
    "exclusiveMinimum": operator.le,
    "exclusiveMaximum": operator.ge,
}
_LENGTHS: Mapping[str, Callable[[Any, Any], bool]] = {"minLength": operator.lt, "maxLength": operator.gt}
