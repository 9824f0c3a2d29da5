"""A number column holds numbers, not NaN or infinity.

Why: the standard allows NaN, INF and -INF in number columns, but a sum over one such cell is lost, and readers turn them into a missing value, a text or (DuckDB) a date.

Example: `NaN` in a number column.

Remedy: Leave the cell empty if the value is missing, or declare the word in `missingValues`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="structure", severity="warning")

_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WORDS = {"NaN", "INF", "-INF"}


def run(table: Table) -> Iterator[Finding]:
    """Warnings for the standard's three special values, errors for numbers too large to be finite."""
    for name, field in table.schema.fields.items():
        if field.get("type") != "number" or name not in table.index:
            continue
        missing = table.schema.missing_values(name)
        for row, text in enumerate(table.column(name)):
            if text in missing:
                continue
            if text in _WORDS:
                yield INFO.at(table, row, name, f"{text} is allowed by the standard, but nobody can add it up.")
            elif _PLAIN.fullmatch(text) and math.isinf(float(text)):
                yield INFO.at(table, row, name, f"{text} is read as infinity by nearly every reader.", severity="error")
