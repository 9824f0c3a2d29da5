"""Frictionless' errors in our words: which check, what is wrong, what was expected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from muster_validators.check import CheckInfo, read_catalogue
from musterroll.package.table import Table

if TYPE_CHECKING:
    from frictionless import Error
    from frictionless.errors import ForeignKeyError

CHECKS: Mapping[str, CheckInfo] = read_catalogue(__package__, "frictionless.toml", layer="structure")

_CONSTRAINT = re.compile(r'constraint "(?P<name>\w+)" is "(?P<value>.*)"', re.DOTALL)
_SAME = re.compile(r"the same as in the row at position (?P<row>\d+)")


# Error types that are told apart for no user's sake.
_BELONGS_TO = {"control-error": "dialect-error", "metadata-error": "package-error"}


def info_of(error: Error) -> CheckInfo:
    """The check that an error of Frictionless belongs to; its error types are our ids."""
    return CHECKS.get(_BELONGS_TO.get(error.type, error.type), CHECKS["resource-error"])


def error_words(error: Error, table: Table, row: int, name: str | None) -> tuple[str, str | None]:
    """Message and expectation for an error of a row or cell."""
    from frictionless.errors import ForeignKeyError

    value = table.cell(row, name) if name else ""
    field = table.schema.fields.get(name or "", {})
    if error.type == "type-error":
        kind = _kind(field)
        return f"{value!r} is not {kind}.", kind
    if isinstance(error, ForeignKeyError):
        return _reference_words(error)
    if error.type == "blank-row":
        return "Every cell of the row is missing.", "a value, or no row"
    if match := _SAME.search(error.note):
        line = table.line_at(int(match["row"]) - (2 if table.dialect.header else 1))
        what = ", ".join(table.schema.primary_key) if error.type == "primary-key" else str(name)
        return f"The same {what} stands already in line {line}.", "a value of its own"
    if match := _CONSTRAINT.fullmatch(error.note):
        return _constraint_words(match["name"], match["value"], value)
    return sentence(error.note), None


def _kind(field: Mapping[str, Any]) -> str:
    kind = str(field.get("type", "string"))
    format = str(field.get("format", "default"))
    if kind == "date" and format == "default":
        return "a date of the calendar, written YYYY-MM-DD"
    if kind == "boolean":
        return f"one of {', '.join(field.get('trueValues', ['true']) + field.get('falseValues', ['false']))}"
    article = "an" if kind[0] in "aeiou" else "a"
    return f"{article} {kind}" + ("" if format == "default" else f" ({format})")


def _reference_words(error: ForeignKeyError) -> tuple[str, str]:
    values, names = ", ".join(error.field_cells), ", ".join(error.reference_field_names)
    target = error.reference_name or "the table itself"
    return f"There is no row with {names} = {values} in {target}.", f"a {names} of {target}"


def _constraint_words(name: str, limit: str, value: str) -> tuple[str, str]:
    words = {
        "required": ("The cell is empty, and the column must have a value.", "a value"),
        "minimum": (f"{value} is not at least {limit}.", f"at least {limit}"),
        "maximum": (f"{value} is not at most {limit}.", f"at most {limit}"),
        "exclusiveMinimum": (f"{value} is not above {limit}.", f"more than {limit}"),
        "exclusiveMaximum": (f"{value} is not below {limit}.", f"less than {limit}"),
        "minLength": (f"{value!r} is too short.", f"at least {limit} characters"),
        "maxLength": (f"{value!r} is too long.", f"at most {limit} characters"),
        "enum": (f"{value!r} is not one of {limit}.", limit),
    }
    return words.get(name, (f"The value breaks the constraint {name} = {limit}.", f"{name} = {limit}"))


def sentence(note: str) -> str:
    """A note of Frictionless as a sentence."""
    text = note.strip() or "Frictionless refuses it without saying why"
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
