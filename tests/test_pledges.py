"""What was promised on a day: which mission, which revision, and what adds up, by hand."""

from __future__ import annotations

import pytest

from musterroll.errors import Unusable
from musterroll.record.balance import BalanceRow, balance
from musterroll.record.count import Interval
from musterroll.record.missions import current_mission, predecessors
from musterroll.record.pledges import standing
from musterroll.record.record import Record
from records import condition, mission, mission_at, on, pledge, proof, record


def _row(held: Record, day: str, country: str | None = "BLZ") -> BalanceRow:
    return next(row for row in balance(held, on(day)) if row.country == country)


def _standing(held: Record, day: str) -> int | None:
    revision = standing(held.revisions["C-0001"], on(day))
    return revision.number if revision else None


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


def test_a_predecessor_that_is_no_mission_is_refused() -> None:
    held = record(mission("B", "2021-01-01/", "A"))

    with pytest.raises(Unusable, match="the predecessor A of B is not in missions"):
        predecessors(held, held.missions["B"])


def test_a_chain_of_missions_that_bites_its_tail_ends_there() -> None:
    held = record(mission("A", "2020-01-01/2020-12-31", "B"), mission("B", "2021-01-01/", "A"))

    assert [item.id for item in predecessors(held, held.missions["B"])] == ["B", "A"]


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
