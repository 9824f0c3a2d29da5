"""The headline totals of a mission record before and after: what readers quote."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from musterroll.changes.change import Bump
from musterroll.changes.compatibility import Policy, greatest, rules
from musterroll.changes.diff import Diff
from musterroll.errors import Unusable
from musterroll.record.balance import BalanceRow, balance
from musterroll.record.loading import load_record
from musterroll.record.record import Record
from musterroll.record.written import written


def with_headline(diff: Diff, bump: Bump, policy: Policy = "consumer") -> Bump:
    """What changes require that require `bump` by themselves, if a headline total moved as well."""
    return greatest([bump, rules()["headline_moved"].bump(policy)]) if bump != "none" and moved_totals(diff) else bump


def moved_totals(diff: Diff) -> list[str]:
    """Totals of the whole mission that the new release puts otherwise, on the old record's last day and each mandate's.

    Empty for an old release that holds no mission record, and where only some
    tables are compared. A new record that cannot be judged counts as one whose
    totals moved: nobody knows that they did not.
    """
    if diff.tables:
        return []
    try:
        before = load_record(diff.old.package.folder)
        days = _days(before)
        old = [balance(before, day)[-1] for day in days]
    except Unusable:
        return []
    try:
        after = load_record(diff.new.package.folder)
        return [text for row in old for text in _differences(row, balance(after, row.as_of)[-1])]
    except Unusable as error:
        return [f"the new totals cannot be told: {error}"]


def _days(record: Record) -> list[date]:
    """The day up to which the record is complete, and the last days of mandates before it."""
    if record.horizon is None:
        return []
    ends = {mission.until for mission in record.missions.values() if mission.until and mission.until <= record.horizon}
    return sorted({*ends, record.horizon})


def _differences(before: BalanceRow, after: BalanceRow) -> Iterator[str]:
    for word, name in {"promised": "pledged", "deployed": "deployed", "present": "present"}.items():
        one, two = getattr(before, name), getattr(after, name)
        if one != two:
            yield f"{word} on {before.as_of}: {written(one)} → {written(two)}"
