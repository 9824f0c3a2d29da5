"""Presence against every world that the ranges allow: every number in its range, every date in its window."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from musterroll.record.presence import deployed, present
from musterroll.record.record import Record
from musterroll.record.rows import LOSSES, Movement
from records import Row, move, record

DAY0 = date(2024, 7, 1)
TODAY = DAY0 + timedelta(days=2)


@st.composite
def movements(draw: st.DrawFn, kinds: tuple[str, ...]) -> Row:
    """A movement with both bounds and a window of up to three days around `TODAY`."""
    low, width = draw(st.integers(0, 3)), draw(st.integers(0, 2))
    begins, lasts = draw(st.integers(0, 4)), draw(st.integers(0, 2))
    window = f"{DAY0 + timedelta(days=begins)}/{DAY0 + timedelta(days=begins + lasts)}"
    number = f"{low}/{draw(st.integers(low, low + width))}/{low + width}"
    return move(
        number,
        window,
        draw(st.sampled_from(kinds)),
        country=draw(st.sampled_from(["BLZ", "BLZ", "KEN"])),
        place=draw(st.sampled_from(["in_haiti", "in_haiti", "offshore"])),
    )


def _worlds(held: Record, places: tuple[str, ...]) -> set[int]:
    """How many people there are at the end of `TODAY`, in every world: each number and each day within its ends."""
    groups: dict[tuple[str, str], list[Movement]] = {}
    for item in held.movements:
        if item.place in places:
            groups.setdefault((item.country, item.place), []).append(item)
    sums = {0}
    for group in groups.values():
        people = {_people(world) for world in product(*map(_outcomes, group))}
        sums = {one + other for one in sums for other in people}
    return sums


def _outcomes(item: Movement) -> list[tuple[str, int, date]]:
    first, last = item.when.earliest, item.when.latest
    low, high = item.personnel.min, item.personnel.max
    assert first is not None
    assert last is not None
    assert low is not None
    assert high is not None
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    return [(item.kind, number, day) for number in range(low, high + 1) for day in days]


def _people(world: tuple[tuple[str, int, date], ...]) -> int:
    """People of one country in one place in one world; who comes on the day on which all leave has left."""
    done = [(kind, number, day) for kind, number, day in world if day <= TODAY]
    reset = max((day for kind, _, day in done if kind == "all_out"), default=date.min)
    sign = {"arrival": 1, **dict.fromkeys(LOSSES, -1)}
    return max(0, sum(sign.get(kind, 0) * number for kind, number, day in done if day > reset))


_OUT = ("arrival", "departure", "death", "unreported_out", "rotation_in")


@given(st.lists(movements(("arrival", "arrival", *_OUT, "all_out", "all_out")), max_size=4))
def test_no_world_lies_outside_what_is_said_to_be_deployed(rows: list[Row]) -> None:
    held = record(*rows)
    people = deployed(held, held.missions["MSS"], None, TODAY)
    worlds = _worlds(held, ("in_haiti", "offshore"))

    assert people.max is not None
    assert people.min <= min(worlds)
    assert max(worlds) <= people.max


@given(st.lists(movements(("arrival", "arrival", *_OUT)), max_size=4))
def test_without_withdrawals_both_ends_are_reached_in_some_world(rows: list[Row]) -> None:
    held = record(*rows)
    people = present(held, held.missions["MSS"], None, TODAY)
    worlds = _worlds(held, ("in_haiti",))

    assert (people.min, people.max) == (min(worlds), max(worlds))


@given(st.lists(movements(("arrival", *_OUT, "all_out")), max_size=6))
def test_the_best_value_lies_between_the_ends_and_fewer_are_present_than_deployed(rows: list[Row]) -> None:
    held = record(*rows)
    people, ashore = (count(held, held.missions["MSS"], None, TODAY) for count in (deployed, present))

    assert people.best is not None
    assert people.max is not None
    assert people.min <= people.best <= people.max
    assert ashore.min <= people.min
    assert ashore.max is not None
    assert ashore.max <= people.max
