"""What `muster show` asks: some rows of one table, which tables there are, what their columns mean."""

from __future__ import annotations

from collections.abc import Sequence

from musterroll.query.database import quoted

TABLES = """
SELECT "table", "rows", "columns", if(schema = 'derived', 'derived: ', '') || title AS title FROM package.tables
"""
COLUMNS_OF = """SELECT "column", type, required, description FROM package.columns WHERE "table" = '{table}'"""


def select(table: str, conditions: Sequence[str] = (), columns: Sequence[str] = (), order: Sequence[str] = ()) -> str:
    """A SELECT of the rows for which every condition (an expression in SQL) is true.

    `columns` are all if none is named; `order` names columns, with - before those
    that sort downwards. Without it rows come as in the file.
    """
    chosen = ", ".join(quoted(name.strip()) for name in columns) or "*"
    # A condition has a line of its own, so that a comment in it cannot swallow the bracket.
    where = " AND ".join(f"(\n{condition}\n)" for condition in conditions)
    by = ", ".join(f"{quoted(name.removeprefix('-'))} {'DESC' if name.startswith('-') else 'ASC'}" for name in order)
    parts = [f"SELECT {chosen} FROM {quoted(table)}", f"WHERE {where}" * bool(where), f"ORDER BY {by}" * bool(by)]
    return " ".join(filter(None, parts))
