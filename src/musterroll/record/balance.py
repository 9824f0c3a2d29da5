"""The derived table `balance`: promised and present, by country, at any date.

One pure function per question: `balance` for the rows of a day, `change_points`
for the days on which anything can change, `sweep` for both together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from musterroll.record import pledges, presence
from musterroll.record.count import Count, Interval
from musterroll.record.heard import Hearsay
from musterroll.record.limit import allowed
from musterroll.record.missions import current_mission
from musterroll.record.pledges import Pledged
from musterroll.record.record import Record
from musterroll.record.rows import Mission
from musterroll.record.stocks import last_reported
from musterroll.record.verdict import Verdict, verdict

_DAY = timedelta(days=1)


class Gap(NamedTuple):
    """Three ends of a difference, which may lie below zero; None is open or unknown."""

    min: int | None
    best: int | None
    max: int | None


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One country (None: the whole mission) at the end of one day.

    Pledges are None where there is none at all; a pledge without a number is
    (0, None, None). `allowed` is what the verdict compares `deployed` with.
    """

    mission: str
    country: str | None
    as_of: date
    pledged: Interval | None
    offered: Interval | None
    notified: Interval | None
    in_force: Interval | None
    deployed: Interval
    present: Interval
    allowed: Interval | None
    pledges_without_number: int
    reported: Count | None
    reported_as_of: date | None
    verdict: Verdict
    why: tuple[str, ...]
    last_heard: date | None

    @property
    def gap(self) -> Gap:
        """Pledged less deployed; below zero if more came than were promised, and empty without a pledge."""
        if self.pledged is None:
            return Gap(None, None, None)
        low = None if self.deployed.max is None else self.pledged.min - self.deployed.max
        high = None if self.pledged.max is None else self.pledged.max - self.deployed.min
        known = self.pledged.best is not None and self.deployed.best is not None
        return Gap(low, (self.pledged.best or 0) - (self.deployed.best or 0) if known else None, high)


def balance(record: Record, day: date) -> list[BalanceRow]:
    """The rows of one day: every country heard of by then, by code, and last the whole mission.

    Raises `Unusable` if the record has no mission.
    """
    return _rows(record, Hearsay(record), day)


def sweep(record: Record) -> Iterator[BalanceRow]:
    """The rows of every day on which anything starts, ends, is revised or is met."""
    heard = Hearsay(record)
    for day in change_points(record):
        yield from _rows(record, heard, day)


def change_points(record: Record) -> list[date]:
    """All earliest and latest dates of movements, revisions and conditions, and the limits of mandates."""
    windows = [
        *(movement.when for movement in record.movements),
        *(revision.announced for chain in record.revisions.values() for revision in chain),
        *(condition.settled for condition in record.conditions),
    ]
    days = {day for window in windows for day in (window.earliest, window.latest)}
    for mission in record.missions.values():
        days |= {mission.begins, mission.until + _DAY if mission.until and mission.until < date.max else None}
    return sorted(day for day in days if day is not None)


def _rows(record: Record, heard: Hearsay, day: date) -> list[BalanceRow]:
    mission = current_mission(record, day)
    return [_row(record, heard, mission, country, day) for country in [*_countries(record, day), None]]


def _row(record: Record, heard: Hearsay, mission: Mission, country: str | None, day: date) -> BalanceRow:
    promised = pledges.pledged(record, mission, country, day)
    limit = allowed(record, mission, country, day)
    people = presence.deployed(record, mission, country, day)
    reported = last_reported(record, mission, country, day)
    last = heard.last(country, day)
    return BalanceRow(
        mission=mission.id,
        country=country,
        as_of=day,
        pledged=_or_none(promised, promised),
        offered=_or_none(pledges.offered(record, mission, country, day), promised),
        notified=_or_none(pledges.notified(record, mission, country, day), promised),
        in_force=_or_none(pledges.in_force(record, mission, country, day), promised),
        deployed=people,
        present=presence.present(record, mission, country, day),
        allowed=limit.interval if limit.commitments else None,
        pledges_without_number=promised.without_number,
        reported=reported.personnel if reported else None,
        reported_as_of=reported.as_of.latest if reported else None,
        verdict=verdict(people, limit),
        why=tuple(sorted(_reasons(record, mission, country, day))),
        last_heard=last.day if last else None,
    )


def _or_none(part: Pledged, whole: Pledged) -> Interval | None:
    """The interval; None where there is no pledge of which it could be a part."""
    return part.interval if whole.commitments else None


def _countries(record: Record, day: date) -> list[str]:
    promised = {chain[0].country for chain in record.revisions.values() if chain[0].announced.possible(day)}
    moved = {movement.country for movement in record.movements if movement.when.possible(day)}
    return sorted(promised | moved)


def _reasons(record: Record, mission: Mission, country: str | None, day: date) -> Iterator[str]:
    """Why a number is a range: the union over the rows that add up to it."""
    movements = presence.counted(record, mission, country, day)
    promises = pledges.promising(record, mission, country, day)
    counts = [*(movement.personnel for movement in movements), *(revision.personnel for revision in promises)]
    if any(count.qualifier == "disputed" for count in counts):
        yield "disputed"
    if any(count.qualifier not in {"exact", "disputed"} for count in counts):
        yield "vague"
    if any(not movement.when.certain(day) for movement in movements):
        yield "dates"
    if any(movement.kind == "unreported_out" for movement in movements):
        yield "balancing"
