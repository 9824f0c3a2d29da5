"""Presence against every world that the ranges allow: every number in its range, every date in its window."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from muster_validators.facts import departure_after_arrival
from musterroll.record.count import Interval
from musterroll.record.presence import deployed, present
from records import Row, record
from small_records import CHAIN, DAYS, WITHDRAWALS, current, movements, records_of
from worlds import FAR, people, running, worlds

TWO = ("BLZ", "KEN")
_NONE = st.just(list[Row]())


def _is(interval: Interval, numbers: set[int]) -> bool:
    """Whether both ends are reached in some world; without limit if one is beyond all numbers."""
    highest = max(numbers)
    return (interval.min, interval.max) == (min(numbers), None if highest >= FAR // 2 else highest)


@settings(max_examples=80, deadline=None)
@given(records_of(_NONE, movements(WITHDRAWALS, vague=True)))
def test_no_world_lies_outside_what_is_computed_and_each_end_is_reached_in_some_world(rows: list[Row]) -> None:
    held, told = record(*rows), worlds(rows, "deployments", "BLZ")
    for day in DAYS:
        mission = held.missions[current(day)]
        in_service = {number for world in told for number in people(world, mission.id, day)}
        in_haiti = {number for world in told for number in people(world, mission.id, day, ("in_haiti",))}

        assert _is(deployed(held, mission, "BLZ", day), in_service)
        assert _is(present(held, mission, "BLZ", day), in_haiti)


@settings(max_examples=30, deadline=None)
@given(records_of(_NONE, movements(WITHDRAWALS, TWO), 4))
def test_the_whole_mission_reaches_from_the_fewest_to_the_most_of_all_its_countries(rows: list[Row]) -> None:
    held, told = record(*rows), [worlds(rows, "deployments", country) for country in TWO]
    for day in DAYS:
        one, other = ({n for world in each for n in people(world, current(day), day)} for each in told)

        assert _is(deployed(held, held.missions[current(day)], None, day), {a + b for a in one for b in other})


@settings(max_examples=50, deadline=None)
@given(st.lists(movements(WITHDRAWALS), max_size=6), st.sampled_from(DAYS))
def test_the_best_value_lies_between_the_ends_and_fewer_are_present_than_deployed(rows: list[Row], day: date) -> None:
    held = record(*CHAIN, *rows)
    people, ashore = (count(held, held.missions[current(day)], None, day) for count in (deployed, present))

    assert people.max is not None
    assert people.best is None or people.min <= people.best <= people.max
    assert ashore.min <= people.min
    assert ashore.max is not None
    assert ashore.max <= people.max


@settings(max_examples=80, deadline=None)
@given(records_of(_NONE, movements(("arrival", "departure", "death", "all_out", "rotation_in"), vague=True)))
def test_nobody_who_never_arrived_departs_exactly_where_no_world_can_bring_enough(rows: list[Row]) -> None:
    held, told = record(*rows), worlds(rows, "deployments", "BLZ")
    found = list(departure_after_arrival.run(held))
    short = {
        place
        for place in ("in_haiti", "offshore", "training_abroad")
        if any(all(max(running(world, day, place)) < 0 for world in told) for day in DAYS)
    }

    table = held.tables["deployments"]
    assert {table.cell(finding.row or 0, "place") for finding in found} == short
