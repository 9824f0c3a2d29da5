"""Before a question is answered from a record: every cell that is computed with is plainly what its column says.

`muster validate` finds more and says it better. This is the least that keeps a
computed number from being silently wrong: Python itself would read `1_000` and
`20240529`, and a misspelt status would drop out of a sum.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from musterroll.package.table import Table
from musterroll.record.cells import unusable

_PLAIN = {"integer": re.compile(r"[0-9]+"), "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")}
_ENDS = (("_earliest", "_latest"), ("_min", "_max"))


def verify(table: Table) -> None:
    """Raise `Unusable` at the first cell that is not plain, not a category, or ends before it begins."""
    for name, field in table.schema.fields.items():
        for row, text in enumerate(table.column(name) if name in table.index else ()):
            if text and not _is_plain(field, text):
                raise unusable(table, row, name)
    for first, last in _pairs(table):
        for row in range(len(table.rows)):
            low, high = table.cell(row, first), table.cell(row, last)
            if low and high and (len(low), low) > (len(high), high):  # plain integers and ISO dates compare so
                raise unusable(table, row, last)


def _is_plain(field: Mapping[str, Any], text: str) -> bool:
    categories = field.get("categories")
    if categories:
        return text in {item["value"] if isinstance(item, dict) else item for item in categories}
    plain = _PLAIN.get(str(field.get("type")))
    return plain is None or bool(plain.fullmatch(text))


def _pairs(table: Table) -> list[tuple[str, str]]:
    """The columns that are the two ends of one range."""
    return [
        (name, name.removesuffix(begin) + end)
        for begin, end in _ENDS
        for name in table.header
        if name.endswith(begin) and name.removesuffix(begin) + end in table.index
    ]
