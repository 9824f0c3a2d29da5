"""A whole number is written without a plus and without zeros before it.

Why: 007 is 7 to one reader and a text to another; and one number in two spellings is two values to everybody who compares texts.

Example: `0200` in an integer column.

Remedy: Write the number in its shortest form. If the zeros mean something, it is a code: declare the column as a string.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="structure", severity="warning")

_LONG = re.compile(r"\+[0-9]+|-?0[0-9]+|-0")


def run(table: Table) -> Iterator[Finding]:
    """One finding per cell of an integer column."""
    for name, field in table.schema.fields.items():
        if field.get("type") != "integer" or name not in table.index or field.get("bareNumber") is False:
            continue
        for row, text in enumerate(table.column(name)):
            if _LONG.fullmatch(text) and text not in table.schema.missing_values(name):
                expected = str(int(text))
                yield INFO.at(table, row, name, f"The number has another spelling than {expected}.", expected=expected)
