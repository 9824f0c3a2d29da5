"""Every world that a small record allows, and what is true in it, computed the naive way.

A world gives every movement and every revision of a pledge one number and one
day within its range. This module reads the cells of `records.py` by itself and
shares no code with the library, so that the two can be compared.

Numbers: "about n" is any whole number that 10 % of n reaches, rounded outward;
"up to n" is anything from none to n; an open end is tried with one number beyond
all others. A day that is not known to be complete may never come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from math import ceil, floor, inf, prod

from records import Row

FAR = 10**6  # more people than any record of a test speaks of
NEVER = date.max
LAST = date(2024, 7, 8)  # the last day that the tests look at
MISSIONS = {"MSS": ("MSS",), "GSF": ("GSF", "MSS")}  # each with the missions before it
PROMISES = {"offered", "pledged", "notified_un", "approved", "fulfilled"}
IN_SERVICE = ("in_haiti", "offshore")

Cells = dict[str, str]


@dataclass(frozen=True)
class Happened:
    """A row in one world: its cells, its number there (None: none is stated), its day there."""

    cells: Cells
    number: int | None
    day: date


World = tuple[Happened, ...]
Order = tuple[str, str, str, int]


def worlds(rows: Sequence[Row], table: str, country: str) -> list[World]:
    """Every world of the rows of a table about a country; all the others are independent of them."""
    stem = {"deployments": "date", "commitments": "announced"}[table]
    about = [cells for name, cells in rows if name == table and cells["country_code"] == country]
    outcomes = [
        [Happened(each, number, day) for number in _numbers(each) for day in _days(each, stem)] for each in about
    ]
    return list(product(*outcomes))


def size(rows: Sequence[Row]) -> int:
    """How many worlds there are, at most, for one country."""
    stems = {"deployments": "date", "commitments": "announced"}
    return max(
        prod(len(_numbers(cells)) * len(_days(cells, stem)) for name, cells in rows if name == table)
        for table, stem in stems.items()
    )


def people(world: World, mission: str, day: date, places: tuple[str, ...] = IN_SERVICE) -> set[int]:
    """How many there are at the end of the day, place by place; several answers if the order within a day matters."""
    counting = tuple(item for item in world if item.cells["mission_id"] in MISSIONS[mission])
    sums = {0}
    for place in places:
        sums = {one + max(0, other) for one in sums for other in running(counting, day, place)}
    return sums


def running(world: World, day: date, place: str) -> set[int]:
    """Arrivals less departures since the last withdrawal; who moved on its day did so before or after it."""
    done = [item for item in world if item.day <= day and item.cells["place"] == place]
    emptied = max((item.day for item in done if item.cells["movement"] == "all_out"), default=date.min)
    sums = {sum(_change(item) for item in done if item.day > emptied)}
    for change in (_change(item) for item in done if item.day == emptied):
        sums |= {one + change for one in sums}
    return sums


def _change(item: Happened) -> int:
    signs = {"arrival": 1, "departure": -1, "death": -1, "unreported_out": -1}
    return signs.get(item.cells["movement"], 0) * (item.number or 0)


def limits(world: World, mission: str, day: date) -> set[float]:
    """What a country was allowed at the end of the day; two answers if the record's order is not the true one."""
    return {_limit(world, mission, day, by) for by in (_in_the_record, in_this_world)}


def preferred(rows: Sequence[Row], country: str, mission: str, day: date) -> float | None:
    """What *holds* is relative to: what the standing revisions of all that was surely promised prefer.

    A floor stands for itself where nothing else is stated; None if no number is stated at all.
    """
    about = [cells for name, cells in rows if name == "commitments" and cells["country_code"] == country]
    sure = [cells for cells in about if cells["announced_latest"] and cells["announced_latest"] <= f"{day}"]
    promised = {cells["commitment_id"] for cells in sure if cells["status"] in PROMISES}
    wholes = {cells["commitment_id"]: cells["part_of"] for cells in about}
    known = False
    for each in MISSIONS[mission]:
        counting = {
            cells["commitment_id"]
            for cells in sure
            if cells["mission_id"] == each
            and cells["commitment_id"] in promised
            and not promised & set(_upwards(wholes, cells["commitment_id"]))
        }
        stands = [
            max((Happened(cells, 0, day) for cells in sure if cells["commitment_id"] == id), key=_in_the_record)
            for id in sorted(counting)
        ]
        stated = [_preferred_number(said.cells) for said in stands]
        known = known or bool(stated)
        if any(number is not None for number in stated):
            return sum(number or 0 for number in stated)
    return None if known else 0


def _in_the_record(said: Happened) -> Order:
    """By the last day, the first day, the number of the revision."""
    cells = said.cells
    return "", cells["announced_latest"] or f"{NEVER}", cells["announced_earliest"], int(cells["revision"])


def in_this_world(said: Happened) -> Order:
    """By the day on which it was said; of one day, as in the record."""
    return f"{said.day}", *_in_the_record(said)[1:]


def _limit(world: World, mission: str, day: date, order: Callable[[Happened], Order]) -> float:
    said = [item for item in world if item.day <= day]
    promised = {item.cells["commitment_id"] for item in said if item.cells["status"] in PROMISES}
    wholes = {item.cells["commitment_id"]: item.cells["part_of"] for item in world}
    without_number = False
    for each in MISSIONS[mission]:
        own = {item.cells["commitment_id"] for item in said if item.cells["mission_id"] == each} & promised
        counting = [id for id in own if not promised & set(_upwards(wholes, id))]
        last = [max((item for item in said if item.cells["commitment_id"] == id), key=order) for id in counting]
        numbers = [item.number for item in last]
        if any(number is not None for number in numbers):
            return sum(inf if number is None else number for number in numbers)
        without_number = without_number or bool(numbers)
    return inf if without_number else 0


def _outcomes(cells: Cells, stem: str) -> list[Happened]:
    return [Happened(cells, number, day) for number in _numbers(cells) for day in _days(cells, stem)]


def _upwards(wholes: dict[str, str], commitment: str) -> Iterator[str]:
    while commitment := wholes.get(commitment, ""):
        yield commitment


def _numbers(cells: Cells) -> list[int | None]:
    low, best, high = (int(cells[f"personnel_{end}"] or -1) for end in ("min", "best", "max"))
    if cells["personnel_qualifier"] == "about":
        low, high = floor(best * Fraction(9, 10)), ceil(best * Fraction(11, 10))
    if cells["personnel_qualifier"] == "unspecified" and "announced_earliest" in cells:
        return [None]
    return [*range(max(low, 0), high + 1)] if high >= 0 else [max(low, 0), max(low, 0) + 1, FAR]


def _preferred_number(cells: Cells) -> int | None:
    stated = [int(cells[f"personnel_{end}"]) for end in ("best", "max", "min") if cells[f"personnel_{end}"]]
    return stated[0] if stated else None


def _days(cells: Cells, stem: str) -> list[date]:
    first = date.fromisoformat(cells[f"{stem}_earliest"])
    last = date.fromisoformat(cells[f"{stem}_latest"] or f"{LAST}")
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    return days if cells[f"{stem}_latest"] else [*days, NEVER]
