"""A table has as many rows and columns as its resource declares.

Why: it is how a reader knows that a file was not cut off at the end of a row; nothing else in a table tells.

Example: `"rows": 200` beside a file that has 180.

Remedy: If rows were added or deleted on purpose, correct `rows` (or `fields`); if not, get the file again.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="structure", spoils=False)


def run(table: Table) -> Iterator[Finding]:
    """Findings for a declared number of rows or columns that is not the true one."""
    if table.entry is None:
        return
    found = {"rows": len(table.rows) + len(table.skipped), "fields": len(table.schema.fields) or len(table.header)}
    stats = table.entry.value.get("stats")  # as Frictionless wrote it in its fifth version
    for name, number in found.items():
        for at, declared in (((), table.entry.value), (("stats",), stats)):
            expected = declared.get(name) if isinstance(declared, dict) else None
            if isinstance(expected, int) and expected != number:
                message = f"{table.name} has {number:,} {_WORDS[name]}; {expected:,} are declared."
                place = table.entry.place(*at, name)
                yield INFO.finding(message, table=table.name, place=place, value=str(expected), expected=str(number))


_WORDS = {"rows": "rows", "fields": "columns"}
