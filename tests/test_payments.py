"""Which money had really moved on a day: never the same money twice, and never more certainty than the rows have."""

from __future__ import annotations

from pathlib import Path

import pytest

from gifts import exactly, gift
from golden import build_base
from musterroll.changes.diff import compared
from musterroll.changes.headline import figures, moved_totals
from musterroll.package.folder import Folder
from musterroll.record.count import Interval
from musterroll.record.payments import paid
from musterroll.record.record import Record
from records import mission_at, on, pledge, proof, record
from running import replace


def sums(held: Record, day: str, country: str | None = None) -> dict[str, Interval]:
    return paid(held, mission_at(held, day), country, on(day))


# What has moved


@pytest.mark.parametrize("status", ["deposited", "delivered", "disbursed"])
def test_money_that_was_paid_in_handed_over_or_spent_has_moved(status: str) -> None:
    held = record(gift("15", "2024-04-10", status))

    assert sums(held, "2024-04-09") == {}
    assert sums(held, "2024-04-10") == {"USD": exactly(15)}


@pytest.mark.parametrize("status", ["pledged", "authorised", "frozen", "target"])
def test_money_that_was_promised_authorised_frozen_or_is_needed_has_not(status: str) -> None:
    assert sums(record(gift("15", "2024-04-10", status)), "2024-12-31") == {}


def test_equipment_is_no_money() -> None:
    assert sums(record(gift("15", "2024-04-10", "delivered", kind="equipment", currency="")), "2024-12-31") == {}


def test_the_funds_own_total_is_never_added_even_if_it_is_marked_as_summable() -> None:
    held = record(gift("8", "2024-04-10"), gift("85", "2024-09-30", id="M-0002", country=""))

    assert sums(held, "2024-12-31") == {"USD": exactly(8)}


def test_a_row_that_is_not_summable_and_part_of_nothing_is_not_added() -> None:
    assert sums(record(gift("8", "2024-04-10", summable=False)), "2024-12-31") == {}


def test_a_row_that_nobody_believes_is_not_added() -> None:
    held = record(gift("8", "2024-04-10"), proof("contributions", "M-0001", "deprecated"))

    assert sums(held, "2024-12-31") == {}


# Whose it is


@pytest.mark.parametrize("recipient", ["haitian_police", "other"])
def test_what_went_to_the_police_or_to_others_is_not_the_missions(recipient: str) -> None:
    assert sums(record(gift("15", "2024-04-10", recipient=recipient)), "2024-12-31") == {}


def test_of_what_is_not_divided_from_the_police_none_or_all_may_be_the_missions() -> None:
    held = record(gift("95", "2024-06-19"), gift("15", "2024-06-20", id="M-0002", recipient="mission_and_police"))

    assert sums(held, "2024-12-31") == {"USD": Interval(95, 95, 110)}


def test_the_known_share_of_an_undivided_sum_is_certain() -> None:
    held = record(
        gift("110", "2024-06-19", recipient="mission_and_police"),
        gift("95", "2024-06-19", id="M-0002", recipient="mission", part_of="M-0001"),
    )

    assert sums(held, "2024-12-31") == {"USD": Interval(95, 95, 110)}


def test_money_carries_over_to_the_next_mission_and_can_be_asked_by_giver() -> None:
    held = record(
        gift("8", "2024-04-10"),
        gift("5", "2025-12-01", id="M-0002", country="USA", mission="GSF"),
    )

    assert sums(held, "2025-12-31") == {"USD": exactly(13)}
    assert sums(held, "2025-12-31", "USA") == {"USD": exactly(5)}
    assert sums(held, "2025-12-31", "FRA") == {}
    assert paid(held, held.missions["MSS"], None, on("2025-12-31")) == {"USD": exactly(8)}


def test_currencies_are_told_apart_in_the_order_of_their_codes() -> None:
    held = record(
        gift("8", "2024-04-10"),
        gift("3", "2024-04-10", id="M-0002", country="FRA", currency="EUR"),
        gift("2", "2024-04-10", id="M-0003", country="DZA", currency=""),
    )

    assert list(sums(held, "2024-12-31").items()) == [("", exactly(2)), ("EUR", exactly(3)), ("USD", exactly(8))]


# The same money


CANADA = (
    gift("8700000", "2024-04-01", part_of="M-0002"),
    gift(">60000000", "2025-09-25", id="M-0002", part_of="M-0003"),
    gift("63000000", "2025-12-09", id="M-0003"),
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-04-01", exactly(8_700_000)),
        ("2025-09-25", Interval(60_000_001, None, None)),
        ("2025-12-09", exactly(63_000_000)),
    ],
)
def test_a_part_counts_until_its_whole_is_announced(day: str, expected: Interval) -> None:
    assert sums(record(*CANADA), day) == {"USD": expected}


def test_a_whole_counts_once_though_nobody_believes_what_stands_between_it_and_a_part() -> None:
    held = record(*CANADA, proof("contributions", "M-0002", "deprecated"))

    assert sums(held, "2025-09-25") == {"USD": exactly(8_700_000)}
    assert sums(held, "2025-12-09") == {"USD": exactly(63_000_000)}


def test_a_part_of_what_was_only_authorised_counts() -> None:
    held = record(
        gift("300", "2024-03-11", "authorised"),
        gift("200", "2024-09-12", "disbursed", id="M-0002", part_of="M-0001"),
    )

    assert sums(held, "2024-12-31") == {"USD": exactly(200)}


def test_a_deposit_and_what_was_spent_may_be_the_same_money() -> None:
    held = record(gift("15", "2024-04-10"), gift("10", "2024-09-12", "disbursed", id="M-0002", recipient="mission"))

    assert sums(held, "2024-12-31") == {"USD": Interval(15, 15, 25)}


def test_a_deposit_that_was_spent_with_more_is_compared_with_the_other_deposits_and_added_once() -> None:
    held = record(
        gift("6", "2024-09-12", "disbursed"),
        gift("5", "2024-04-10", id="M-0002", part_of="M-0001"),
        gift("5", "2024-04-10", id="M-0003"),
    )

    assert sums(held, "2024-12-31") == {"USD": Interval(10, 10, 11)}


def test_a_part_in_another_currency_is_not_told_beside_its_whole() -> None:
    held = record(
        gift("63", "2024-09-12", "disbursed", currency="CAD"), gift("45", "2024-04-10", id="M-0002", part_of="M-0001")
    )

    assert sums(held, "2024-12-31") == {"CAD": exactly(63)}


def test_rows_that_contain_each_other_end_the_search() -> None:
    held = record(gift("6", "2024-09-12", part_of="M-0001"), gift("5", "2024-09-12", id="M-0002"))

    assert sums(held, "2024-12-31") == {"USD": exactly(5)}


# Ranges


def test_money_that_may_have_been_paid_widens_the_range() -> None:
    held = record(gift("8", "2024-04-01"), gift("5", "2024-04-01/2024-06-30", id="M-0002"))

    assert sums(held, "2024-05-01") == {"USD": Interval(8, 8, 13)}
    assert sums(held, "2024-06-30") == {"USD": exactly(13)}


def test_only_possible_money_is_at_least_none() -> None:
    assert sums(record(gift("5", "2024-04-01/")), "2024-05-01") == {"USD": Interval(0, 0, 5)}


def test_a_deposit_without_a_number_leaves_the_sum_open() -> None:
    held = record(gift("8", "2024-04-01"), gift("?", "2024-04-01", id="M-0002", country="DZA"))

    assert sums(held, "2024-05-01") == {"USD": Interval(8, None, None)}


def test_parts_that_exceed_their_whole_never_turn_the_range_around() -> None:
    held = record(gift("9", "2024-04-01/2024-06-30"), gift("12", "2024-04-01", id="M-0002", part_of="M-0001"))

    assert sums(held, "2024-05-01") == {"USD": exactly(12)}


# The headline


def test_the_figures_name_every_giver_and_those_who_promised_or_came() -> None:
    held = record(
        gift("8", "2024-04-10"),
        gift("5", "2024-04-10", "pledged", id="M-0002", country="FRA"),
        pledge("50", "2024-01-01"),
    )

    found = figures(held, on("2024-12-31"))

    assert [(each.country, each.paid, each.pledged) for each in found] == [
        ("BLZ", {}, exactly(50)),
        ("CAN", {"USD": exactly(8)}, None),
        (None, {"USD": exactly(8)}, exactly(50)),
    ]


def test_a_headline_total_that_moved_names_the_money_paid(tmp_path: Path) -> None:
    old, new = build_base("mission", tmp_path / "old"), build_base("mission", tmp_path / "new")
    row = "M-0004,MSS,BHS,money,trust_fund,deposited,{0},{0},{0},exact,{1},,2024-10-10,2024-10-10,true,,\n"
    for package, rows in ((old, row.format(8700000, "USD")), (new, row.format(15000000, "USD"))):
        replace(package, "data/contributions.csv", "M-0001,MSS,BHS,equipment", f"{rows}M-0001,MSS,BHS,equipment")
    replace(
        new, "data/contributions.csv", "M-0001,MSS,BHS", row.format(4, "").replace("4,", "5,", 1) + "M-0001,MSS,BHS"
    )

    with compared(Folder(old), Folder(new)) as diff:
        assert moved_totals(diff) == [
            "paid on 2025-10-02: – → 4",
            "paid on 2025-10-02 in USD: 8,700,000 → 15,000,000",
            "paid on 2025-12-31: – → 4",
            "paid on 2025-12-31 in USD: 8,700,000 → 15,000,000",
        ]
