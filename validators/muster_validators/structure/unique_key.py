"""No two rows have the same values in the columns of a `uniqueKeys` entry.

Why: Frictionless does not look at the v2 property `uniqueKeys`, so the same thing could be counted twice under two ids.

Example: two rows for one country and event where (event_id, country_code) is declared unique.

Remedy: Delete the second row, or correct the cell that should tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="structure")


def run(table: Table) -> Iterator[Finding]:
    """Findings for the second and each later row; rows with a missing part are not compared, as in SQL."""
    for names in table.schema.unique_keys:
        if not set(names) <= set(table.index):
            continue
        first: dict[tuple[str, ...], int] = {}
        for row in range(len(table.rows)):
            if any(table.is_missing(row, name) for name in names):
                continue
            values = tuple(table.cell(row, name) for name in names)
            seen = first.setdefault(values, row)
            if seen != row:
                message = f"({', '.join(values)}) in ({', '.join(names)}) stands already in line {table.lines[seen]}."
                yield INFO.at(table, row, names[-1], message)
