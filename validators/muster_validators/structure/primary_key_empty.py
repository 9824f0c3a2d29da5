"""No part of a primary key is missing.

Why: Frictionless objects only if all parts are missing; a database refuses the row, and nothing can point at it.

Example: an evidence row without its `evidence_id`; a revision without its number.

Remedy: Fill in the cell; ids are the next free number of the table.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="structure")


def run(table: Table) -> Iterator[Finding]:
    """Findings for every missing cell of a key column."""
    for name in table.schema.primary_key:
        if name not in table.index:
            continue
        for row in range(len(table.rows)):
            if table.is_missing(row, name):
                yield INFO.at(table, row, name, f"{name} is part of the primary key and empty.", expected="a value")
