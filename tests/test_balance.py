"""What was promised, and whether more came than that: by hand, and against every world that the ranges allow."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musterroll.record.balance import BalanceRow, balance, change_points, sweep
from musterroll.record.count import Interval
from musterroll.record.missions import current_mission, predecessors
from musterroll.record.pledges import Pledged, standing
from musterroll.record.record import Record
from musterroll.record.rows import Revision
from musterroll.record.verdict import allowed, verdict
from records import Row, Triple, condition, mission, mission_at, move, on, pledge, proof, record, stock

DAY0 = date(2024, 7, 1)
TODAY = DAY0 + timedelta(days=2)
OPEN = Interval(0, None, None)


def _row(held: Record, day: str, country: str | None = "BLZ") -> BalanceRow:
    return next(row for row in balance(held, on(day)) if row.country == country)


def _standing(held: Record, day: str) -> int | None:
    revision = standing(held.revisions["C-0001"], on(day))
    return revision.number if revision else None


def _allowed(held: Record, day: str, country: str | None = "BLZ") -> Pledged:
    return allowed(held, mission_at(held, day), country, on(day))


# Which mission


@pytest.mark.parametrize(
    ("day", "current"), [("2023-01-01", "MSS"), ("2025-10-02", "MSS"), ("2025-10-03", "GSF"), ("2030-01-01", "GSF")]
)
def test_a_mandate_runs_through_its_last_day_and_then_its_successor_is_current(day: str, current: str) -> None:
    assert mission_at(record(), day).id == current


def test_after_the_last_mandate_its_mission_stays_current() -> None:
    assert mission_at(record(mission("MSS", "2023-10-02/2025-10-02")), "2026-01-01").id == "MSS"


def test_a_mission_follows_its_predecessors_newest_first() -> None:
    held = record(
        mission("A", "2020-01-01/2020-12-31"),
        mission("B", "2021-01-01/2021-12-31", "A"),
        mission("C", "2022-01-01/", "B"),
    )

    assert [item.id for item in predecessors(held, held.missions["C"])] == ["C", "B", "A"]
    assert current_mission(held, on("2021-06-01")).id == "B"


# Which revision stands


def test_no_revision_stands_before_one_is_surely_announced() -> None:
    held = record(pledge("150", "2023-08-01/2023-08-04"))

    assert _standing(held, "2023-08-03") is None
    assert _standing(held, "2023-08-04") == 1


def test_the_revision_announced_last_stands() -> None:
    held = record(pledge("1000", "2023-07-29"), pledge("600", "2024-07-16", revision=2))

    assert _standing(held, "2024-07-15") == 1
    assert _standing(held, "2024-07-16") == 2


def test_an_older_statement_found_later_does_not_stand() -> None:
    held = record(pledge("1000", "2023-07-29"), pledge("800", "2023-07-01", revision=2))

    assert _standing(held, "2023-07-01") == 2
    assert _standing(held, "2023-07-29") == 1


def test_the_latest_date_goes_before_the_earliest() -> None:
    held = record(pledge("1000", "2024-04-26/2024-06-30"), pledge("1000", "2024-06-09", revision=2))

    assert _standing(held, "2024-06-29") == 2
    assert _standing(held, "2024-06-30") == 1


def test_of_two_with_the_same_latest_date_the_later_earliest_stands() -> None:
    held = record(pledge("1", "2024-06-09/2024-06-30"), pledge("2", "2024-04-26/2024-06-30", revision=2))

    assert _standing(held, "2024-06-30") == 1


def test_of_two_with_the_same_window_the_higher_revision_stands() -> None:
    held = record(pledge("2", "2024-06-30", revision=2), pledge("1", "2024-06-30"))

    assert _standing(held, "2024-06-30") == 2


def test_a_statement_without_latest_date_never_stands() -> None:
    assert _standing(record(pledge("160", "2024-01-01/")), "2030-01-01") is None


def test_a_revision_whose_evidence_is_all_deprecated_does_not_stand() -> None:
    rows = [pledge("1000", "2023-07-29"), pledge("5000", "2024-01-01", revision=2)]
    held = record(*rows, proof("commitments", "C-0001", "deprecated", revision="2"))

    assert _standing(held, "2024-01-01") == 1


# What is pledged


@pytest.mark.parametrize("status", ["offered", "pledged", "notified_un", "approved", "fulfilled"])
def test_a_promise_counts_whatever_its_last_act(status: str) -> None:
    assert _row(record(pledge("150", "2024-01-01", status)), "2024-01-01").pledged == Interval(150, 150, 150)


@pytest.mark.parametrize("status", ["interest", "suspended", "withdrawn", "declined", "lapsed"])
def test_what_does_not_promise_is_no_pledge(status: str) -> None:
    row = _row(record(pledge("150", "2024-01-01", status)), "2024-01-01")

    assert (row.pledged, row.offered, row.notified, row.in_force, row.gap) == (None,) * 4 + ((None, None, None),)


def test_a_suspended_pledge_counts_again_once_the_suspension_is_lifted() -> None:
    held = record(
        pledge("1000", "2023-07-29"),
        pledge("1000", "2024-03-12", "suspended", revision=2),
        pledge("1000", "2024-05-31", "approved", revision=3),
    )

    assert [_row(held, day).pledged for day in ("2024-03-11", "2024-03-12", "2024-05-31")] == [
        Interval(1000, 1000, 1000),
        None,
        Interval(1000, 1000, 1000),
    ]


def test_pledges_of_a_country_add_up() -> None:
    held = record(pledge("150", "2024-01-01"), pledge("~60", "2024-02-01", id="C-0002"))

    assert _row(held, "2024-02-01").pledged == Interval(204, 210, 216)


def test_a_pledge_without_number_opens_the_sum_and_is_counted() -> None:
    row = _row(record(pledge("150", "2024-01-01"), pledge("?", "2024-02-01", id="C-0002")), "2024-02-01")

    assert (row.pledged, row.pledges_without_number) == (Interval(150, None, None), 1)


def test_a_part_is_not_added_to_its_whole() -> None:
    held = record(pledge("1000", "2023-07-29"), pledge("600", "2024-07-16", id="C-0002", part_of="C-0001"))

    assert _row(held, "2024-07-16").pledged == Interval(1000, 1000, 1000)


def test_a_part_counts_until_its_whole_is_surely_announced() -> None:
    held = record(pledge("1000", "2024-08-01/2024-08-05"), pledge("600", "2024-07-16", id="C-0002", part_of="C-0001"))

    assert [_row(held, day).pledged for day in ("2024-07-16", "2024-08-04", "2024-08-05")] == [
        Interval(600, 600, 600),
        Interval(600, 600, 600),
        Interval(1000, 1000, 1000),
    ]


def test_a_part_does_not_come_back_when_its_whole_is_withdrawn() -> None:
    held = record(
        pledge("1000", "2023-07-29"),
        pledge("1000", "2024-08-01", "withdrawn", revision=2),
        pledge("600", "2024-07-16", id="C-0002", part_of="C-0001"),
    )

    assert _row(held, "2024-08-01").pledged is None


def test_pledges_end_with_their_mission() -> None:
    held = record(pledge("1500", "2024-01-01"), pledge("200", "2025-09-01", id="C-0002", mission="GSF"))

    assert _row(held, "2025-10-02").pledged == Interval(1500, 1500, 1500)
    assert _row(held, "2025-10-03").pledged == Interval(200, 200, 200)


def test_the_whole_mission_adds_up_its_countries() -> None:
    held = record(
        pledge("1000", "2023-07-29", country="KEN"),
        pledge("<=50", "2023-09-22", "offered", id="C-0002"),
        pledge("?", "2023-09-23", id="C-0003", country="JAM"),
    )
    row = _row(held, "2023-10-02", None)

    assert (row.pledged, row.offered) == (Interval(1000, None, None), Interval(0, None, 50))
    assert row.pledges_without_number == 1


def test_what_is_only_offered_is_told_apart() -> None:
    row = _row(record(pledge("50", "2024-01-01", "offered"), pledge("100", "2024-01-01", id="C-0002")), "2024-01-01")

    assert (row.pledged, row.offered) == (Interval(150, 150, 150), Interval(50, 50, 50))


# Notified


def test_a_pledge_once_notified_stays_notified_with_its_present_number() -> None:
    held = record(
        pledge("1000", "2023-07-29"),
        pledge("1000", "2024-02-29", "notified_un", revision=2),
        pledge("800", "2024-06-01", "approved", revision=3),
    )

    assert [_row(held, day).notified for day in ("2024-02-28", "2024-02-29", "2024-06-01")] == [
        Interval(0, 0, 0),
        Interval(1000, 1000, 1000),
        Interval(800, 800, 800),
    ]


def test_a_notice_that_may_not_yet_have_come_does_not_count() -> None:
    held = record(pledge("1000", "2024-03-01"), pledge("1000", "2024-02-01/2024-06-30", "notified_un", revision=2))

    assert _row(held, "2024-06-29").notified == Interval(0, 0, 0)
    assert _row(held, "2024-06-30").notified == Interval(1000, 1000, 1000)


def test_a_pledge_notified_and_then_withdrawn_is_not_notified() -> None:
    held = record(
        pledge("100", "2024-01-01"),
        pledge("1000", "2024-01-01", "notified_un", id="C-0002"),
        pledge("1000", "2024-02-01", "withdrawn", id="C-0002", revision=2),
    )

    assert _row(held, "2024-02-01").notified == Interval(0, 0, 0)


# In force


@pytest.mark.parametrize(("status", "settled"), [("open", ""), ("failed", "2024-01-01")])
def test_a_pledge_with_an_open_or_failed_condition_is_not_in_force(status: str, settled: str) -> None:
    held = record(pledge("1000", "2023-07-29"), condition(status, settled))

    assert _row(held, "2024-06-01").in_force == Interval(0, 0, 0)


def test_a_pledge_is_in_force_once_all_its_conditions_were_surely_met() -> None:
    held = record(
        pledge("1000", "2023-07-29"), condition("met", "2023-10-02"), condition("met", "2023-11-01/2023-11-16")
    )

    assert _row(held, "2023-11-15").in_force == Interval(0, 0, 0)
    assert _row(held, "2023-11-16").in_force == Interval(1000, 1000, 1000)


def test_an_offer_is_never_in_force() -> None:
    assert _row(record(pledge("50", "2024-01-01", "offered")), "2024-01-01").in_force == Interval(0, 0, 0)


def test_a_condition_binds_from_the_revision_that_states_it_on() -> None:
    held = record(
        pledge("1000", "2023-07-29"),
        pledge("1000", "2024-03-12", revision=2),
        pledge("1000", "2024-05-31", "approved", revision=3),
        condition("open", revision=2),
    )

    assert [_row(held, day).in_force for day in ("2024-03-11", "2024-03-12", "2024-05-31")] == [
        Interval(1000, 1000, 1000),
        Interval(0, 0, 0),
        Interval(0, 0, 0),
    ]


def test_conditions_of_another_pledge_do_not_bind() -> None:
    rows = [pledge("1000", "2023-07-29"), pledge("50", "2023-07-29", id="C-0002")]
    held = record(*rows, condition("open", commitment="C-0002"))

    assert _row(held, "2024-01-01").in_force == Interval(1000, 1000, 1000)


def test_a_condition_whose_evidence_is_all_deprecated_does_not_bind() -> None:
    held = record(pledge("1000", "2023-07-29"), condition("open"), proof("conditions", "conditions-1", "deprecated"))

    assert _row(held, "2024-01-01").in_force == Interval(1000, 1000, 1000)


# What the verdict compares with


@pytest.mark.parametrize("status", ["suspended", "withdrawn", "lapsed"])
def test_an_ended_pledge_still_counts_with_its_last_number(status: str) -> None:
    held = record(pledge("150", "2024-01-01"), pledge("120", "2024-06-01", status, revision=2))

    assert _allowed(held, "2024-06-01").interval == Interval(120, 120, 120)


@pytest.mark.parametrize("status", ["interest", "declined"])
def test_what_never_promised_does_not_count(status: str) -> None:
    assert not _allowed(record(pledge("150", "2024-01-01", status)), "2024-06-01").has_number


def test_a_later_revision_that_may_be_announced_widens_what_is_allowed_but_not_its_best() -> None:
    held = record(
        pledge("150", "2024-01-01"),
        pledge("100", "2024-06-01/2024-06-30", revision=2),
        pledge("200", "2024-06-10/2024-07-30", revision=3),
    )

    assert [_allowed(held, f"2024-0{day}").interval for day in ("5-31", "6-01", "6-10", "6-30", "7-30")] == [
        Interval(150, 150, 150),
        Interval(100, 150, 150),
        Interval(100, 150, 200),
        Interval(100, 100, 200),
        Interval(200, 200, 200),
    ]


def test_a_pledge_that_may_not_have_been_announced_allows_up_to_its_number() -> None:
    allowed = _allowed(record(pledge("150", "2024-06-01/2024-06-30")), "2024-06-15").interval

    assert (allowed.min, allowed.max) == (0, 150)


def test_a_part_does_not_add_to_what_is_allowed_beside_its_whole() -> None:
    held = record(pledge("1000", "2023-07-29"), pledge("600", "2024-07-16", id="C-0002", part_of="C-0001"))

    assert _allowed(held, "2024-07-16").interval == Interval(1000, 1000, 1000)


def test_after_the_handover_pledges_to_the_predecessor_count_if_the_others_give_no_number() -> None:
    held = record(pledge("1000", "2023-07-29"), pledge("?", "2025-10-10", id="C-0002", mission="GSF"))

    assert _allowed(held, "2025-10-03").interval == Interval(1000, 1000, 1000)
    assert _allowed(held, "2025-10-10").interval == Interval(1000, 1000, 1000)


def test_after_the_handover_a_number_pledged_to_the_successor_replaces_the_old_one() -> None:
    held = record(pledge("1000", "2023-07-29"), pledge("200", "2025-10-10", id="C-0002", mission="GSF"))

    assert _allowed(held, "2025-10-10").interval == Interval(200, 200, 200)


def test_the_mission_is_allowed_the_sum_of_what_its_countries_are() -> None:
    held = record(
        pledge("1000", "2023-07-29", country="KEN"),
        pledge("200", "2025-10-01", id="C-0002", country="KEN", mission="GSF"),
        pledge("<=50", "2023-09-22", id="C-0003"),
    )

    assert _allowed(held, "2025-10-02", None).interval == Interval(1000, None, 1050)
    assert _allowed(held, "2025-10-03", None).interval == Interval(200, None, 250)


def test_people_of_a_country_that_never_pledged_leave_the_mission_without_limit() -> None:
    held = record(
        pledge("100", "2024-01-01", country="KEN"), move("5", "2024-07-01"), move("120", "2024-07-01", country="KEN")
    )

    assert _row(held, "2024-07-01").verdict == "unknown"
    assert _row(held, "2024-07-01", None).allowed == Interval(100, None, None)
    assert _row(held, "2024-07-01", None).verdict == "unknown"


@pytest.mark.parametrize("to", ["MSS", "GSF"])
def test_a_pledge_without_number_leaves_the_mission_without_limit_though_nobody_came(to: str) -> None:
    day = "2024-07-01" if to == "MSS" else "2025-11-01"
    held = record(
        pledge("100", "2024-01-01", country="KEN", mission=to),
        pledge("?", "2024-01-01", id="C-0002", mission=to),
        move("120", day, country="KEN", mission=to),
    )

    assert _row(held, day).allowed == OPEN
    assert _row(held, day, None).verdict == "unknown"  # whatever the other meant, 120 may be within the sum


# The verdict


def _pledged(triple: Triple) -> Pledged:
    low, best, high = triple
    return Pledged(Interval(low or 0, best, high), 1, int(triple == (None, None, None)))


@pytest.mark.parametrize(
    ("people", "limit", "expected"),
    [
        ((0, 0, 0), (None, None, None), "holds"),
        ((0, 0, 0), (150, 150, 150), "holds"),
        ((5, 5, 5), (None, None, None), "unknown"),
        ((0, None, None), (None, None, None), "unknown"),
        ((150, 150, 150), (150, 150, 150), "holds"),
        ((151, 151, 151), (150, 150, 150), "violated"),
        ((151, None, None), (150, 150, 150), "violated"),
        ((0, 0, 200), (150, 150, 150), "possibly_violated"),
        ((0, None, None), (150, 150, 150), "possibly_violated"),
        ((50, 50, 50), (None, None, 50), "holds"),
        ((47, 50, 62), (None, None, 50), "possibly_violated"),
        ((62, 62, 62), (None, None, 50), "violated"),
        ((200, 200, 200), (200, None, None), "holds"),
        ((201, 201, 201), (200, None, None), "unknown"),
        ((0, None, None), (200, None, None), "unknown"),
        ((100, 100, 100), (90, 100, 110), "holds"),
        ((105, 105, 105), (90, 100, 110), "possibly_violated"),
        ((111, 111, 111), (90, 100, 110), "violated"),
        ((120, 120, 120), (100, 100, None), "possibly_violated"),
        ((100, 100, 100), (100, 100, None), "holds"),
        ((140, 140, 140), (100, None, 150), "holds"),
        ((140, 145, 160), (100, None, 150), "possibly_violated"),
        ((160, 160, 160), (100, None, 150), "violated"),
    ],
)
def test_the_verdict_is_as_certain_as_the_ranges(
    people: tuple[int, int | None, int | None], limit: Triple, expected: str
) -> None:
    assert verdict(Interval(*people), _pledged(limit)) == expected


def test_without_any_pledge_the_verdict_is_unknown_as_soon_as_somebody_is_there() -> None:
    held = record(move("5", "2024-07-01"))

    assert _row(held, "2024-07-01").verdict == "unknown"
    assert _row(held, "2024-07-01").allowed is None
    assert _row(held, "2024-07-01", None).allowed == OPEN


def test_a_pledge_within_its_window_does_not_yet_make_people_a_certain_violation() -> None:
    held = record(pledge("150", "2024-06-01/2024-06-30"), move("100", "2024-06-15"))

    assert _row(held, "2024-06-15").verdict == "possibly_violated"
    assert _row(held, "2024-06-30").verdict == "holds"


# The other columns


def test_the_gap_is_what_was_pledged_less_those_deployed() -> None:
    held = record(pledge("100/150/200", "2024-01-01"), move("~60", "2024-07-01"))

    assert _row(held, "2024-07-01").gap == (100 - 66, 150 - 60, 200 - 54)


def test_the_gap_is_below_zero_if_more_came_than_were_pledged() -> None:
    assert _row(record(pledge("10", "2024-01-01"), move("12", "2024-07-01")), "2024-07-01").gap == (-2, -2, -2)


def test_the_gap_is_open_where_the_pledge_is() -> None:
    assert _row(record(pledge(">=200", "2024-01-01"), move("24", "2024-07-01")), "2024-07-01").gap == (176, None, None)


def test_the_gap_is_open_below_where_the_people_are_without_number() -> None:
    assert _row(record(pledge("200", "2024-01-01"), move("?", "2024-07-01")), "2024-07-01").gap == (None, None, 200)


def test_exact_rows_need_no_reason() -> None:
    assert _row(record(pledge("150", "2024-01-01"), move("24", "2024-07-01")), "2024-07-01").why == ()


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([move("1/2/3", "2024-07-01")], ("disputed",)),
        ([pledge("100/150/200", "2024-01-01")], ("disputed",)),
        ([move("~60", "2024-07-01")], ("vague",)),
        ([pledge("<=50", "2024-01-01")], ("vague",)),
        ([pledge("?", "2024-01-01")], ("vague",)),
        ([move("60", "2024-07-01/2024-12-31")], ("dates",)),
        ([move("60", "2024-06-01"), move("18", "2024-07-01", "unreported_out")], ("balancing",)),
        ([move("~60", "2024-06-01"), move("1/2/3", "2024-06-01/", "departure")], ("dates", "disputed", "vague")),
    ],
)
def test_a_range_says_why_it_is_one(rows: list[Row], why: tuple[str, ...]) -> None:
    held = record(*rows)

    assert _row(held, "2024-07-02").why == _row(held, "2024-07-02", None).why == why


@pytest.mark.parametrize(
    "row",
    [
        move("~24", "2024-06-15", "rotation_in"),
        move("24", "2024-06-15/2024-12-31", "rotation_out"),
        pledge("~20", "2024-01-02", id="C-0002", part_of="C-0001"),
        pledge("~20", "2024-01-02", "interest", id="C-0002"),
        move("~60", "2024-06-15", place="training_abroad"),
        move("~60", "2024-08-01"),
        move("~60", "2024-06-15", country="KEN"),
    ],
    ids=["rotation number", "rotation date", "part", "interest", "training", "later", "another country"],
)
def test_rows_that_do_not_add_up_give_no_reason(row: Row) -> None:
    held = record(pledge("150", "2024-01-01"), move("24", "2024-06-01"), row)

    assert _row(held, "2024-07-01").why == ()


def test_a_withdrawal_without_number_leaves_nobody_and_needs_no_reason() -> None:
    held = record(move("24", "2024-06-01"), move("?", "2024-06-30", "all_out"))
    row = _row(held, "2024-07-01")

    assert (row.deployed, row.why) == (Interval(0, 0, 0), ())


def test_last_heard_is_the_last_day_by_which_something_had_surely_happened() -> None:
    held = record(
        pledge("150", "2024-01-01/2024-01-31"),
        move("24", "2024-06-01"),
        move("2", "2024-06-15/2024-07-15"),
        stock("24", "2024-06-10"),
        move("400", "2024-06-20", country="KEN"),
    )

    assert [_row(held, day).last_heard for day in ("2024-01-30", "2024-01-31", "2024-06-30", "2024-07-15")] == [
        None,
        on("2024-01-31"),
        on("2024-06-10"),
        on("2024-07-15"),
    ]
    assert _row(held, "2024-06-30", None).last_heard == on("2024-06-20")


def test_reported_is_the_last_believed_stock_of_people_present() -> None:
    held = record(
        pledge("150", "2024-01-01"),
        stock("24", "2024-06-10", id="S-0001"),
        stock("~30", "2024-06-20", id="S-0002"),
        stock("100", "2024-06-25", id="S-0003", measure="cumulative"),
        stock("99", "2024-06-26", id="S-0004"),
        stock("426", "2024-06-27", id="S-0005", country=""),
        stock("7", "2024-06-28/2024-07-31", id="S-0006"),
        proof("strengths", "S-0004", "deprecated"),
    )
    row, everybody = _row(held, "2024-07-01"), _row(held, "2024-07-01", None)

    assert row.reported
    assert (row.reported.best, row.reported.qualifier, row.reported_as_of) == (30, "about", on("2024-06-20"))
    assert everybody.reported
    assert (everybody.reported.best, everybody.reported_as_of) == (426, on("2024-06-27"))


def test_nothing_is_reported_before_the_first_stock() -> None:
    row = _row(record(pledge("150", "2024-01-01"), stock("24", "2024-06-10")), "2024-06-09")

    assert (row.reported, row.reported_as_of) == (None, None)


def test_a_stock_reported_to_the_predecessor_is_still_the_last() -> None:
    held = record(pledge("150", "2024-01-01"), stock("24", "2024-06-10"))

    assert _row(held, "2025-10-03").reported_as_of == on("2024-06-10")


def test_the_balance_has_every_country_heard_of_by_code_and_last_the_mission() -> None:
    held = record(
        pledge("100", "2024-01-01", country="KEN"),
        move("5", "2024-01-01", country="BHS"),
        pledge("50", "2024-07-01", id="C-0002"),
    )

    assert [row.country for row in balance(held, on("2024-06-30"))] == ["BHS", "KEN", None]
    assert [row.country for row in balance(held, on("2024-07-01"))] == ["BHS", "BLZ", "KEN", None]
    assert {row.mission for row in balance(held, on("2024-06-30"))} == {"MSS"}
    assert {row.as_of for row in balance(held, on("2024-06-30"))} == {on("2024-06-30")}


def test_a_change_can_come_with_every_end_of_a_window_and_with_a_handover() -> None:
    held = record(
        pledge("100", "2024-01-01/2024-01-31"),
        condition("met", "2024-02-01/2024-02-10"),
        move("5", "2024-03-01/"),
        stock("5", "2024-04-01"),
    )
    days = ["2023-10-02", "2024-01-01", "2024-01-31", "2024-02-01", "2024-02-10", "2024-03-01", "2025-10-03"]

    assert change_points(held) == [on(day) for day in days]
    assert [row.as_of for row in sweep(held) if row.country is None] == [on(day) for day in days]


# Every world that the ranges allow


@st.composite
def chains(draw: st.DrawFn) -> list[Row]:
    """One commitment with up to three revisions, each with both bounds and a window around `TODAY`."""
    rows = []
    for revision in range(1, draw(st.integers(1, 3)) + 1):
        low, width = draw(st.integers(0, 3)), draw(st.integers(0, 2))
        begins, lasts = draw(st.integers(0, 4)), draw(st.integers(0, 2))
        window = f"{DAY0 + timedelta(days=begins)}/{DAY0 + timedelta(days=begins + lasts)}"
        status = draw(st.sampled_from(["pledged", "withdrawn", "interest", "offered"]))
        rows.append(pledge(f"{low}..{low + width}", window, status, revision=revision))
    return rows


@st.composite
def arrivals(draw: st.DrawFn) -> Row:
    """An arrival with both bounds and a window around `TODAY`."""
    low, width = draw(st.integers(0, 6)), draw(st.integers(0, 2))
    begins, lasts = draw(st.integers(0, 3)), draw(st.integers(0, 2))
    window = f"{DAY0 + timedelta(days=begins)}/{DAY0 + timedelta(days=begins + lasts)}"
    return move(f"{low}..{low + width}", window)


def _limits(chain: tuple[Revision, ...]) -> set[int]:
    """What the commitment allows at the end of `TODAY`, in every world; nothing where it never promised."""
    outcomes = []
    for revision in chain:
        first, last = revision.announced.earliest, revision.announced.latest
        low, high = revision.personnel.min, revision.personnel.max
        assert first is not None
        assert last is not None
        assert low is not None
        assert high is not None
        days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
        outcomes.append([(revision, number, day) for number in range(low, high + 1) for day in days])
    return {_limit(world) for world in product(*outcomes)}


def _limit(world: tuple[tuple[Revision, int, date], ...]) -> int:
    """The number last announced; "last" is the order of the record, also where windows overlap."""
    said = [(revision, number) for revision, number, day in world if day <= TODAY]
    if not any(revision.promises for revision, _ in said):
        return 0
    return max(said, key=lambda item: (item[0].announced.latest, item[0].announced.earliest, item[0].number))[1]


@given(chains(), st.lists(arrivals(), min_size=1, max_size=3))
def test_what_is_called_violated_is_violated_in_every_world(chain: list[Row], people: list[Row]) -> None:
    held = record(*chain, *people)
    row = _row(held, f"{TODAY}", None)
    limits = _limits(held.revisions["C-0001"])
    fewest = sum(
        min(number if day <= TODAY else 0 for number in range(low, high + 1) for day in (first, last))
        for item in held.movements
        for low, high, first, last in [(item.personnel.min, item.personnel.max, item.when.earliest, item.when.latest)]
        if low is not None and high is not None and first is not None and last is not None
    )

    assert (row.verdict != "violated") or fewest > max(limits)
    assert row.allowed is None or row.allowed.max is None or max(limits) <= row.allowed.max


@given(chains(), st.lists(arrivals(), max_size=3))
def test_every_part_of_what_is_pledged_is_within_it(chain: list[Row], people: list[Row]) -> None:
    held = record(*chain, *people)

    for row in balance(held, TODAY):
        for part in (row.offered, row.notified, row.in_force):
            assert (part is None) is (row.pledged is None)
            if part and row.pledged and part.max is not None and row.pledged.max is not None:
                assert part.min <= row.pledged.min
                assert part.max <= row.pledged.max
