"""The headline totals of a mission record before and after: what readers quote."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from musterroll.errors import Unusable
from musterroll.package.folder import Folder
from musterroll.record.balance import BalanceRow, balance
from musterroll.record.loading import load_record
from musterroll.record.written import written


def moved_totals(old: Folder, new: Folder) -> list[str]:
    """Totals of the whole mission on the old record's last day that the new release puts otherwise.

    Empty for packages that hold no mission record, or none that can be judged.
    """
    try:
        before = load_record(old.root)
        after = load_record(new.root)
    except Unusable:
        return []
    day = before.horizon or after.horizon
    if day is None or not before.missions or not after.missions:
        return []
    return list(_differences(day, balance(before, day)[-1], balance(after, day)[-1]))


def _differences(day: date, before: BalanceRow, after: BalanceRow) -> Iterator[str]:
    totals = {"promised": "pledged", "deployed": "deployed", "present": "present"}
    for word, name in totals.items():
        one, two = getattr(before, name), getattr(after, name)
        if one != two:
            yield f"{word} on {day}: {written(one)} → {written(two)}"
