"""Who was there at a date, from movements (RECORD, "deployed(t)", "present(t)").

A movement is certain if its latest date has passed, possible if only its
earliest has. At least there are the certain arrivals less every departure that
may have happened; at most every arrival that may have happened less the certain
departures; the best value counts what is certain. Relief of equal numbers
changes nothing. After `all_out` nobody of that country is left in that place,
and the sum starts again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from musterroll.record.count import Interval, total
from musterroll.record.missions import predecessors
from musterroll.record.record import Record
from musterroll.record.rows import ARRIVALS, LOSSES, Mission, Movement

IN_SERVICE = ("in_haiti", "offshore")  # compared with pledges; training abroad never counts
IN_HAITI = ("in_haiti",)


def deployed(record: Record, mission: Mission, country: str | None, day: date) -> Interval:
    """People in the mission's service, in Haiti or offshore; `country` None is the whole mission."""
    return _people(record, mission, country, day, IN_SERVICE)


def present(record: Record, mission: Mission, country: str | None, day: date) -> Interval:
    """People in Haiti."""
    return _people(record, mission, country, day, IN_HAITI)


def movements_of(record: Record, mission: Mission, country: str | None) -> list[Movement]:
    """Movements of the mission and its predecessors."""
    missions = {item.id for item in predecessors(record, mission)}
    return [
        movement
        for movement in record.movements
        if movement.mission in missions and country in (None, movement.country)
    ]


def counted(record: Record, mission: Mission, country: str | None, day: date) -> list[Movement]:
    """The movements that add up to `deployed`: neither relief nor what lies before a certain withdrawal."""
    groups = _groups(record, mission, country, day, IN_SERVICE)
    return [
        movement
        for movements in groups
        for movement in after_last_reset(movements, day)
        if movement.kind in ARRIVALS | LOSSES or (movement.kind == "all_out" and not movement.when.certain(day))
    ]


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
    last = _last_reset(movements, day)
    worlds = [_since(last, movements, day) if last else _balance(movements, day)]
    worlds += [
        _since(reset, movements, day) for reset in movements if reset.kind == "all_out" and not reset.when.certain(day)
    ]
    result = worlds[0]
    for world in worlds[1:]:
        result = result.hull(world)
    return result


def _since(reset: Movement, movements: list[Movement], day: date) -> Interval:
    """The sum from nobody at `reset`; what may lie on either side of it widens the range."""
    after = _not_before(reset, movements)
    sure = [item for item in after if _surely_after(item, reset)]
    least = _balance([item for item in after if item.kind in LOSSES] + [i for i in sure if i.kind in ARRIVALS], day)
    most = _balance([item for item in after if item.kind in ARRIVALS] + [i for i in sure if i.kind in LOSSES], day)
    return Interval(least.min, _balance(sure, day).best, most.max)


def _balance(movements: list[Movement], day: date) -> Interval:
    came = [item for item in movements if item.kind in ARRIVALS]
    left = [item for item in movements if item.kind in LOSSES]
    return _flow(came, day).minus(_flow(left, day))


def _flow(movements: list[Movement], day: date) -> Interval:
    """How many people these movements are by `day`, from the certain ones alone to all of them."""
    sure = total(item.personnel.interval for item in movements if item.when.certain(day))
    every = total(item.personnel.interval for item in movements)
    return Interval(sure.min, sure.best, every.max)


def _surely_before(item: Movement, reset: Movement) -> bool:
    latest, begins = item.when.latest, reset.when.earliest
    return latest is not None and begins is not None and latest <= begins


def _surely_after(item: Movement, reset: Movement) -> bool:
    earliest, ends = item.when.earliest, reset.when.latest
    return earliest is not None and ends is not None and earliest > ends


def _last_reset(movements: list[Movement], day: date) -> Movement | None:
    """The last withdrawal that has surely happened."""
    resets = [item for item in movements if item.kind == "all_out" and item.when.certain(day)]
    return max(resets, key=_order, default=None)


def after_last_reset(movements: list[Movement], day: date) -> list[Movement]:
    """Movements of one country in one place that are not surely before its last certain withdrawal."""
    last = _last_reset(movements, day)
    return _not_before(last, movements) if last else movements


def _not_before(reset: Movement, movements: list[Movement]) -> list[Movement]:
    return [item for item in movements if item is not reset and not _surely_before(item, reset)]


def _order(movement: Movement) -> tuple[date, date]:
    return movement.when.latest or date.max, movement.when.earliest or date.min
