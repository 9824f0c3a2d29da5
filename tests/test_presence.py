"""Who was there at a date, computed by hand (RECORD, "deployed(t)")."""

from __future__ import annotations

import pytest

from musterroll.record.count import Interval
from musterroll.record.presence import deployed, movements_of, present
from musterroll.record.record import Record
from records import mission_at, move, on, proof, record


def _deployed(held: Record, day: str, country: str | None = "BLZ") -> Interval:
    return deployed(held, mission_at(held, day), country, on(day))


def _present(held: Record, day: str, country: str | None = "BLZ") -> Interval:
    return present(held, mission_at(held, day), country, on(day))


def test_nobody_is_deployed_before_anybody_came() -> None:
    assert _deployed(record(move("200", "2024-06-25")), "2024-06-24") == Interval(0, 0, 0)


def test_an_arrival_counts_from_its_day_on() -> None:
    assert _deployed(record(move("200", "2024-06-25")), "2024-06-25") == Interval(200, 200, 200)


@pytest.mark.parametrize(
    ("day", "people"),
    [
        ("2024-07-08", Interval(0, 0, 0)),
        ("2024-07-09", Interval(0, 0, 200)),
        ("2024-07-19", Interval(0, 0, 200)),
        ("2024-07-20", Interval(200, 200, 200)),
    ],
)
def test_within_its_window_an_arrival_is_possible_and_after_it_certain(day: str, people: Interval) -> None:
    assert _deployed(record(move("200", "2024-07-09/2024-07-20")), day) == people


@pytest.mark.parametrize(
    ("day", "people"),
    [
        ("2024-11-29", Interval(400, 400, 400)),
        ("2024-11-30", Interval(382, 400, 400)),
        ("2024-12-15", Interval(382, 382, 382)),
    ],
)
def test_within_its_window_a_departure_is_possible_and_after_it_certain(day: str, people: Interval) -> None:
    held = record(move("400", "2024-06-25"), move("18", "2024-11-30/2024-12-15", "departure"))

    assert _deployed(held, day) == people


def test_a_movement_not_known_to_be_complete_stays_possible() -> None:
    held = record(move("100", "2024-06-25"), move("50", "2024-07-01/"), move("20", "2024-07-02/", "departure"))

    assert _deployed(held, "2025-09-01") == Interval(80, 100, 150)


@pytest.mark.parametrize("movement", ["departure", "death", "unreported_out"])
def test_departures_deaths_and_unreported_departures_are_subtracted(movement: str) -> None:
    held = record(move("200", "2024-06-25"), move("18", "2024-09-01", movement))

    assert _deployed(held, "2024-09-01") == Interval(182, 182, 182)


@pytest.mark.parametrize("movement", ["rotation_in", "rotation_out"])
def test_rotations_change_nothing(movement: str) -> None:
    held = record(move("24", "2024-09-12"), move("21", "2025-01-18", movement))

    assert _deployed(held, "2025-02-01") == Interval(24, 24, 24)


def test_disputed_and_approximate_numbers_widen_the_sum() -> None:
    held = record(
        move("196/200/400", "2024-06-25"), move("~60", "2024-10-01"), move("1/3/3", "2024-11-01", "departure")
    )

    assert _deployed(held, "2024-11-01") == Interval(196 + 54 - 3, 200 + 60 - 3, 400 + 66 - 1)


def test_an_arrival_without_number_opens_the_sum_upwards_only() -> None:
    held = record(move("75", "2025-01-03"), move("?", "2025-01-04"))

    assert _deployed(held, "2025-01-04") == Interval(75, None, None)


def test_a_departure_without_number_may_be_everybody_or_nobody() -> None:
    held = record(move("75", "2025-01-03"), move("?", "2025-02-01", "departure"))

    assert _deployed(held, "2025-02-01") == Interval(0, None, 75)


def test_more_who_leave_than_came_leave_nobody() -> None:
    held = record(move("5", "2025-01-03"), move("9", "2025-02-01", "departure"))

    assert _deployed(held, "2025-02-01") == Interval(0, 0, 0)


def test_people_offshore_are_deployed_but_not_present() -> None:
    held = record(move("60", "2024-10-01", place="offshore"), move("6", "2024-10-18"))

    assert _deployed(held, "2024-10-18") == Interval(66, 66, 66)
    assert _present(held, "2024-10-18") == Interval(6, 6, 6)


def test_people_in_training_abroad_are_neither_deployed_nor_present() -> None:
    held = record(move("70", "2024-10-01", place="training_abroad"))

    assert _deployed(held, "2024-10-18") == _present(held, "2024-10-18") == Interval(0, 0, 0)


def test_the_whole_mission_is_the_sum_of_its_countries() -> None:
    held = record(move("400", "2024-06-25", country="KEN"), move("~60", "2024-10-01", country="BHS", place="offshore"))

    assert _deployed(held, "2024-10-01", None) == Interval(454, 460, 466)
    assert _present(held, "2024-10-01", None) == Interval(400, 400, 400)


def test_one_country_that_lost_too_many_takes_nobody_from_another() -> None:
    held = record(move("9", "2025-01-03", "departure"), move("100", "2025-01-03", country="KEN"))

    assert _deployed(held, "2025-01-03", None) == Interval(100, 100, 100)


def test_people_carry_over_to_the_next_mission() -> None:
    held = record(move("100", "2025-10-02"), move("10", "2025-10-03", "departure", mission="GSF"))

    assert _deployed(held, "2025-10-02") == Interval(100, 100, 100)
    assert _deployed(held, "2025-10-03") == Interval(90, 90, 90)


def test_movements_of_the_successor_do_not_count_before_the_handover() -> None:
    held = record(move("100", "2025-10-01/2025-10-05", mission="GSF"))

    assert _deployed(held, "2025-10-02") == Interval(0, 0, 0)
    assert _deployed(held, "2025-10-03") == Interval(0, 0, 100)


def test_a_movement_whose_evidence_is_all_deprecated_is_not_believed() -> None:
    rows = [move("700", "2025-02-04"), move("217", "2025-02-06")]
    doubtful = [
        proof("deployments", "deployments-1", "deprecated"),
        proof("deployments", "deployments-2", "deprecated"),
    ]
    held = record(*rows, *doubtful, proof("deployments", "deployments-2", "normal"))

    assert [item.id for item in held.movements] == ["deployments-2"]
    assert _deployed(held, "2025-02-06") == Interval(217, 217, 217)


# After a withdrawal


def test_after_everybody_left_no_ghosts_remain() -> None:
    held = record(move("~60", "2024-10-01"), move("59..60", "2024-12-01", "all_out"))

    assert _deployed(held, "2024-11-30") == Interval(54, 60, 66)
    assert _deployed(held, "2024-12-01") == Interval(0, 0, 0)


def test_the_number_of_those_who_all_left_is_optional() -> None:
    held = record(move("~60", "2024-10-01"), move("?", "2024-12-01", "all_out"))

    assert _deployed(held, "2024-12-01") == Interval(0, 0, 0)


def test_after_everybody_left_the_sum_starts_again() -> None:
    held = record(move("~60", "2024-10-01"), move("?", "2024-12-01", "all_out"), move("10", "2025-01-10"))

    assert _deployed(held, "2025-01-10") == Interval(10, 10, 10)


def test_everybody_leaves_one_place_and_stays_in_the_other() -> None:
    held = record(
        move("60", "2024-10-01", place="offshore"),
        move("6", "2024-10-18"),
        move("?", "2024-12-01", "all_out", place="offshore"),
    )

    assert _deployed(held, "2024-12-01") == Interval(6, 6, 6)


def test_everybody_of_one_country_leaves_and_the_other_stays() -> None:
    held = record(move("60", "2024-10-01"), move("6", "2024-10-18", country="KEN"), move("?", "2024-12-01", "all_out"))

    assert _deployed(held, "2024-12-01", None) == Interval(6, 6, 6)


def test_while_a_withdrawal_is_only_possible_everybody_or_nobody_may_be_there() -> None:
    held = record(move("60", "2024-10-01"), move("?", "2024-12-01/2024-12-31", "all_out"))

    assert _deployed(held, "2024-12-15") == Interval(0, 60, 60)
    assert _deployed(held, "2024-12-31") == Interval(0, 0, 0)


def test_an_arrival_that_may_precede_or_follow_the_withdrawal_is_only_possible() -> None:
    held = record(move("?", "2024-12-01/2024-12-31", "all_out"), move("60", "2024-12-15"))

    assert _deployed(held, "2024-12-31") == Interval(0, 0, 60)


def test_who_comes_on_the_day_on_which_all_leave_may_have_come_before_or_after() -> None:
    held = record(move("60", "2024-10-01"), move("?", "2024-12-01", "all_out"), move("40", "2024-12-01"))

    assert _deployed(held, "2024-12-01") == _deployed(held, "2024-12-02") == Interval(0, 0, 40)


def test_who_left_before_a_withdrawal_is_not_taken_from_those_who_came_after_it() -> None:
    held = record(
        move("10", "2024-10-01"),
        move("10", "2024-10-02/2024-10-20", "departure"),
        move("?", "2024-10-05", "all_out"),
        move("7", "2024-10-25"),
    )

    assert _deployed(held, "2024-10-25") == Interval(0, 7, 7)


def test_movements_of_other_missions_and_countries_are_left_out() -> None:
    held = record(
        move("1", "2024-10-01"), move("2", "2025-11-01", mission="GSF"), move("3", "2024-10-01", country="KEN")
    )

    assert [item.personnel.best for item in movements_of(held, held.missions["MSS"], "BLZ")] == [1]
    assert [item.personnel.best for item in movements_of(held, held.missions["GSF"], "BLZ")] == [1, 2]
    assert [item.personnel.best for item in movements_of(held, held.missions["GSF"], None)] == [1, 2, 3]
