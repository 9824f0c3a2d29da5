"""Rows for programs: CSV as Frictionless reads it, and JSON (`musterroll/rows/1`), both piece by piece."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from musterroll.query.answer import Answer


def render_csv(answer: Answer) -> Iterator[str]:
    """A header and a line for each row; what is missing is empty, dates are ISO, lists and structures JSON."""
    yield _line(answer.names)
    for row in answer.rows:
        yield _line([_cell(value) for value in row])


def render_json(answer: Answer) -> Iterator[str]:
    """One document: the columns with their types in SQL, and each row as an object."""
    columns = [{"name": name, "type": type} for name, type in answer.columns]
    yield '{\n"format": "musterroll/rows/1",\n"columns": ' + json.dumps(columns) + ',\n"rows": ['
    separator = "\n"
    for row in answer.rows:
        values = {name: plain(value) for name, value in zip(answer.names, row, strict=True)}
        yield separator + json.dumps(values, ensure_ascii=True, allow_nan=False)
        separator = ",\n"
    yield "\n]\n}\n"


def plain(value: Any) -> Any:
    """A value of the database in JSON: dates in ISO form, and as text what JSON has no exact number for."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {math.inf: "INF", -math.inf: "-INF"}.get(value, "NaN")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.hex() if isinstance(value, bytes) else _number_or_text(value)


def _number_or_text(value: Any) -> str:
    return format(value, "f") if isinstance(value, Decimal) and value.is_finite() else str(value)


def _cell(value: Any) -> str:
    simple = plain(value)
    if simple is None:
        return ""
    return simple if isinstance(simple, str) else json.dumps(simple, ensure_ascii=False)


def _line(cells: Any) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()
