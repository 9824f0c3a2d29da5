"""The headline totals of a mission record before and after: what readers quote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from musterroll.changes.change import Bump
from musterroll.changes.compatibility import Policy, greatest, rules
from musterroll.changes.diff import Diff
from musterroll.errors import Unusable
from musterroll.record.balance import balance
from musterroll.record.count import ZERO, Interval
from musterroll.record.loading import load_record
from musterroll.record.missions import current_mission
from musterroll.record.payments import paid
from musterroll.record.record import Record
from musterroll.record.written import written


@dataclass(frozen=True, slots=True)
class Figures:
    """What readers quote of a country (None: the whole mission) at the end of a day.

    `pledged` is None where there is no pledge; `paid` is by currency, in whole units.
    """

    mission: str
    country: str | None
    pledged: Interval | None
    without_number: int  # pledges in `pledged` that give no number
    deployed: Interval
    present: Interval
    paid: Mapping[str, Interval]


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
        old = [(day, figures(before, day)[-1]) for day in days]
    except Unusable:
        return []
    try:
        after = load_record(diff.new.package.folder)
        return [text for day, row in old for text in _differences(day, row, figures(after, day)[-1])]
    except Unusable as error:
        return [f"the new totals cannot be told: {error}"]


def figures(record: Record, day: date) -> list[Figures]:
    """Of every country that promised, came or paid by the end of `day`, by code, and last of the whole mission.

    Raises `Unusable` if the record has no mission.
    """
    mission = current_mission(record, day)
    rows = {row.country: row for row in balance(record, day)}
    givers = {item.country for item in record.contributions if item.country}
    money = {country: paid(record, mission, country, day) for country in givers | {None}}
    heard_of = {*(country for country, sums in money.items() if sums), *rows}
    return [
        Figures(
            mission=mission.id,
            country=country,
            pledged=rows[country].pledged if country in rows else None,
            without_number=rows[country].pledges_without_number if country in rows else 0,
            deployed=rows[country].deployed if country in rows else ZERO,
            present=rows[country].present if country in rows else ZERO,
            paid=money.get(country, {}),
        )
        for country in [*sorted(filter(None, heard_of)), None]
    ]


def _days(record: Record) -> list[date]:
    """The day up to which the record is complete, and the last days of mandates before it."""
    if record.horizon is None:
        return []
    ends = {mission.until for mission in record.missions.values() if mission.until and mission.until <= record.horizon}
    return sorted({*ends, record.horizon})


def _differences(day: date, before: Figures, after: Figures) -> Iterator[str]:
    for word, name in {"promised": "pledged", "deployed": "deployed", "present": "present"}.items():
        one, two = getattr(before, name), getattr(after, name)
        if one != two:
            yield f"{word} on {day}: {written(one)} → {written(two)}"
    for currency in sorted({*before.paid, *after.paid}):
        sums = before.paid.get(currency), after.paid.get(currency)
        if sums[0] != sums[1]:
            named = f" in {currency}" if currency else ""
            yield f"paid on {day}{named}: {written(sums[0])} → {written(sums[1])}"
