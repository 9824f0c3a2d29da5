"""How much a table grew: what is new in one that grew by much follows from that, and is judged by it."""

from __future__ import annotations

from muster_validators.plausibility.subject import tolerances
from musterroll.package.table import Table


def growth(old: Table, table: Table) -> float:
    """How many times as many rows there are, where that is more than usual; else 1."""
    if not old.rows:
        return 1.0
    times = len(table.rows) / len(old.rows)
    return times if times > 1 + tolerances()["row-count"]["growth"] else 1.0
