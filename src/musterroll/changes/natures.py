"""Is a cell that reads differently another value, or the same one spelt otherwise?"""

from __future__ import annotations

from typing import Any

from musterroll.changes.change import Nature
from musterroll.package.values import Column


def nature_of(old: Column, new: Column, before: str | None, after: str | None) -> Nature:
    """What kind of difference there is between two texts; None is a column that does not exist."""
    if before is None or after is None:
        return "value"
    missing = old.is_missing(before), new.is_missing(after)
    if any(missing):
        return "missing" if all(missing) else "value"
    return "spelling" if _same(old.value(before), new.value(after)) else "value"


def _same(one: Any, other: Any) -> bool:
    try:
        return bool(one == other)
    except RecursionError:
        return False
