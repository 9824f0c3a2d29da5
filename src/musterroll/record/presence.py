"""Who was there at a date, from movements (RECORD, "deployed(t)", "present(t)").

A movement is certain if its latest date has passed, possible if only its
earliest has. At least there are the certain arrivals less every departure that
may have happened; at most every arrival that may have happened less the certain
departures; the best value counts what is certain. Relief of equal numbers
changes nothing. After `all_out` nobody of that country is left in that place,
and the sum starts again; where its day is not known, the range reaches over
every day on which it may have been, and who moves on that very day may have done
so before or after it.

A *world* gives every movement one number within its range and one day within
its window. In every world the people there lie within what is computed, and
each end is reached in some world, for the movements are independent of each
other: also over several places and countries. (That an inferred
`unreported_out` depends on the arrivals it balances is not known here, so its
range is rather too wide than too narrow.) Worlds in which more leave than came
count as nobody; `departure-after-arrival` tells of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from musterroll.record.count import Interval, total
from musterroll.record.missions import predecessors
from musterroll.record.record import Record
from musterroll.record.rows import ARRIVALS, LOSSES, Mission, Movement

IN_SERVICE = ("in_country", "offshore")  # compared with pledges; training abroad never counts
IN_COUNTRY = ("in_country",)


def deployed(record: Record, mission: Mission, country: str | None, day: date) -> Interval:
    """People in the mission's service, in its country or offshore; `country` None is the whole mission."""
    return _people(record, mission, country, day, IN_SERVICE)


def present(record: Record, mission: Mission, country: str | None, day: date) -> Interval:
    """People in the country of the mission."""
    return _people(record, mission, country, day, IN_COUNTRY)


def movements_of(record: Record, mission: Mission, country: str | None) -> list[Movement]:
    """Movements of the mission and its predecessors."""
    missions = {item.id for item in predecessors(record, mission)}
    return [
        movement
        for movement in record.movements
        if movement.mission in missions and country in (None, movement.country)
    ]


def counted(
    record: Record, mission: Mission, country: str | None, day: date, places: Iterable[str] = IN_SERVICE
) -> list[Movement]:
    """The movements that may add up to `deployed`: neither relief nor what lies before a certain withdrawal."""
    return [
        movement
        for movements in _groups(record, mission, country, day, places)
        for movement in counted_in(movements, day)
    ]


def counted_in(movements: Iterable[Movement], day: date) -> list[Movement]:
    """The movements of one country in one place that may add up by `day`."""
    begun = [movement for movement in movements if movement.when.possible(day)]
    begin = _beginnings(begun, day)[0]
    return [
        item
        for item in begun
        if (item.kind in ARRIVALS | LOSSES and (begin is None or not item.when.surely_before(begin)))
        or (item.kind == "all_out" and not item.when.certain(day))
    ]


@dataclass(frozen=True, slots=True)
class Flow:
    """How many came to a place and left it since a day on which nobody was there."""

    came: Interval
    left: Interval

    @property
    def shortage(self) -> int:
        """How many more have surely left than can have come; 0 if that need not be."""
        return 0 if self.came.max is None else max(0, self.left.min - self.came.max)


def flows(movements: Iterable[Movement], day: date) -> list[Flow]:
    """What happened by `day` in one place to people of one country, for each day since which it may have to be counted.

    There is more than one such day only if the days of a withdrawal are not known.
    """
    begun = [movement for movement in movements if movement.when.possible(day)]
    return [_flow(begun, begin, day) for begin in _beginnings(begun, day)]


def _people(record: Record, mission: Mission, country: str | None, day: date, places: Iterable[str]) -> Interval:
    return total(_group(movements, day) for movements in _groups(record, mission, country, day, places))


def _groups(
    record: Record, mission: Mission, country: str | None, day: date, places: Iterable[str]
) -> list[list[Movement]]:
    """Movements that may have happened by `day`, by country and place."""
    groups: dict[tuple[str, str], list[Movement]] = {}
    for movement in movements_of(record, mission, country):
        if movement.place in places and movement.when.possible(day):
            groups.setdefault((movement.country, movement.place), []).append(movement)
    return list(groups.values())


def _group(movements: list[Movement], day: date) -> Interval:
    """People of one country in one place, through every withdrawal that may or must have happened."""
    likely = _flow(movements, _last_withdrawal(movements, day), day)
    result = likely.came.minus(likely.left)
    for flow in flows(movements, day):
        result = result.hull(flow.came.minus(flow.left))
    return result


def _beginnings(movements: list[Movement], day: date) -> list[date | None]:
    """Days that may be that of the last withdrawal by `day`; None if there need not have been any.

    A day between two on which windows begin or end allows nothing that the first of them does not.
    """
    withdrawals = [item.when for item in movements if item.kind == "all_out"]
    sure = [when.earliest for when in withdrawals if when.certain(day) and when.earliest]
    turns = {turn for item in movements for turn in (item.when.earliest, item.when.latest) if turn and turn <= day}
    days = set[date]()
    for first, last in ((when.earliest or day, when.latest or day) for when in withdrawals):
        days |= {turn for turn in turns if max([first, *sure]) <= turn <= max(first, last)}
    return [*([] if sure else [None]), *sorted(days)]


def _flow(movements: list[Movement], begin: date | None, day: date) -> Flow:
    """Who came and left after `begin`, by `day`: at least those for whom both are certain, at most all who may have."""
    came = [item for item in movements if item.kind in ARRIVALS]
    left = [item for item in movements if item.kind in LOSSES]
    return Flow(_sum(came, begin, day), _sum(left, begin, day))


def _sum(movements: list[Movement], begin: date | None, day: date) -> Interval:
    maybe = [item for item in movements if begin is None or not item.when.surely_before(begin)]
    surely = [item for item in maybe if item.when.certain(day) and (begin is None or item.when.surely_after(begin))]
    least = total(item.personnel.interval for item in surely)
    return Interval(least.min, least.best, total(item.personnel.interval for item in maybe).max)


def _last_withdrawal(movements: list[Movement], day: date) -> date | None:
    """The last day of the last withdrawal that has surely happened."""
    days = [item.when.latest for item in movements if item.kind == "all_out" and item.when.certain(day)]
    return max((each for each in days if each), default=None)
