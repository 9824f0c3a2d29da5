"""The other columns of the balance, and the days on which it can change."""

from __future__ import annotations

import pytest

from musterroll.record.balance import BalanceRow, balance, change_points, sweep
from musterroll.record.count import Interval
from musterroll.record.record import Record
from records import Row, condition, move, on, pledge, proof, record, stock


def _row(held: Record, day: str, country: str | None = "BLZ") -> BalanceRow:
    return next(row for row in balance(held, on(day)) if row.country == country)


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
