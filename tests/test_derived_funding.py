"""Who gave what: nothing counted twice, nothing of different status, currency or item added, and nothing lost."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifts import exactly, gift
from musterroll.record.count import Interval
from musterroll.record.derived.funding import FundingRow, funding
from musterroll.record.record import Record
from records import Row, on, proof, record

DAY = "2024-12-31"


def rows(*stated: Row, day: str = DAY) -> list[FundingRow]:
    return funding(record(*stated), on(day))


def sums(*stated: Row, day: str = DAY) -> list[tuple[Interval, tuple[str, ...], tuple[str, ...]]]:
    return [(row.amount, row.contributions, row.contained) for row in rows(*stated, day=day)]


# What is added


def test_gifts_of_one_giver_recipient_kind_status_and_currency_are_added() -> None:
    (row,) = rows(gift("8", "2024-04-10"), gift("~10", "2024-05-10", id="M-0002"))

    assert (row.country, row.recipient, row.kind, row.status, row.currency) == (
        "CAN", "trust_fund", "money", "deposited", "USD",
    )  # fmt: skip
    assert (row.amount, row.contributions) == (Interval(17, 18, 19), ("M-0001", "M-0002"))
    assert (row.is_summable, row.without_number, row.as_of) == (True, 0, on(DAY))


@pytest.mark.parametrize(
    "other",
    [
        {"country": "FRA"},
        {"recipient": "mission"},
        {"kind": "logistics"},
        {"currency": "EUR"},
        {"mission": "GSF"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_gifts_that_differ_in_any_of_these_stand_apart(other: dict[str, Any]) -> None:
    assert len(rows(gift("8", "2024-04-10"), gift("5", "2024-04-10", id="M-0002", **other))) == 2


def test_promised_and_paid_stand_apart() -> None:
    found = rows(gift("8", "2024-04-10"), gift("5", "2024-04-10", "pledged", id="M-0002"))

    assert [(row.status, row.amount) for row in found] == [("deposited", exactly(8)), ("pledged", exactly(5))]


def test_things_of_different_names_are_not_added() -> None:
    table, cells = gift("10", "2024-07-10", "delivered", kind="equipment", currency="")
    other = {**cells, "contribution_id": "M-0002"}

    found = rows((table, {**cells, "item": "lorries"}), (table, {**other, "item": "helicopters"}))

    assert [(row.item, row.currency, row.amount) for row in found] == [
        ("helicopters", None, exactly(10)),
        ("lorries", None, exactly(10)),
    ]


def test_a_gift_without_number_opens_the_sum_and_is_counted() -> None:
    (row,) = rows(gift("8", "2024-04-10"), gift("?", "2024-05-10", id="M-0002"))

    assert (row.amount, row.without_number) == (Interval(8, None, None), 1)


def test_a_gift_that_nobody_believes_is_in_no_row() -> None:
    assert rows(gift("8", "2024-04-10"), proof("contributions", "M-0001", "deprecated")) == []


# What is shown and never added


@pytest.mark.parametrize("status", ["frozen", "target"])
def test_frozen_money_and_targets_stand_alone_even_beside_their_like(status: str) -> None:
    found = rows(*(gift("8", "2024-04-10", status, id=f"M-000{number}") for number in (1, 2)))

    assert [(row.is_summable, row.amount) for row in found] == [(False, exactly(8))] * 2


def test_totals_of_the_fund_stand_alone_and_last() -> None:
    found = rows(
        gift("11", "2024-02-29", country=""),
        gift("18", "2024-04-29", id="M-0002", country=""),
        gift("8", "2024-04-10", id="M-0003", country="USA"),
    )

    assert [(row.country, row.is_summable, row.amount.best) for row in found] == [
        ("USA", True, 8),
        (None, False, 11),
        (None, False, 18),
    ]


def test_a_row_that_is_not_summable_and_part_of_nothing_stands_alone() -> None:
    found = rows(gift("8", "2024-04-10"), gift("5", "2024-04-10", id="M-0002", summable=False))

    assert [(row.is_summable, row.contributions) for row in found] == [(True, ("M-0001",)), (False, ("M-0002",))]


def test_of_a_frozen_amount_that_is_not_surely_frozen_yet_nothing_is_certain() -> None:
    (row,) = rows(gift("~10", "2024-12-01/2025-01-31", "frozen"))

    assert row.amount == Interval(0, 0, 11)


# Parts and wholes


def test_a_running_total_takes_the_place_of_the_totals_before_it() -> None:
    """Canada's deposits: 8.7, then 59, more than 60, and in the end 63 million, each containing those before."""
    totals = (
        gift("63", "2025-12-05", id="M-0001"),
        gift(">60", "2025-09-20", id="M-0002", part_of="M-0001"),
        gift("59", "2024-09-10", id="M-0003", part_of="M-0002"),
        gift("8", "2024-04-10", id="M-0004", part_of="M-0003"),
    )

    assert sums(*totals, day="2024-04-10") == [(exactly(8), ("M-0004",), ())]
    assert sums(*totals, day="2024-12-31") == [(exactly(59), ("M-0003",), ("M-0004",))]
    assert sums(*totals, day="2025-10-01") == [(Interval(61, None, None), ("M-0002",), ("M-0003", "M-0004"))]
    assert sums(*totals, day="2025-12-31") == [(exactly(63), ("M-0001",), ("M-0002", "M-0003", "M-0004"))]


def test_a_part_of_what_was_only_promised_stands_beside_it() -> None:
    found = sums(gift("15", "2024-02-04", "pledged"), gift("6", "2024-05-01", id="M-0002", part_of="M-0001"))

    assert found == [(exactly(6), ("M-0002",), ()), (exactly(15), ("M-0001",), ())]


def test_a_part_to_another_recipient_is_not_added_to_the_whole() -> None:
    """95 and 15 of the 110 million: the three rows together say 110, not 220."""
    found = sums(
        gift("110", "2024-06-19", "authorised", recipient="mission_and_police"),
        gift("95", "2024-06-19", "authorised", id="M-0002", recipient="mission", part_of="M-0001"),
        gift("15", "2024-06-19", "authorised", id="M-0003", recipient="haitian_police", part_of="M-0001"),
    )

    assert found == [(exactly(110), ("M-0001",), ("M-0002", "M-0003"))]


def test_a_part_by_another_giver_is_not_added_to_the_whole() -> None:
    found = sums(gift("10", "2024-06-19", country="EUE"), gift("3", "2024-06-19", id="M-0002", part_of="M-0001"))

    assert found == [(exactly(10), ("M-0001",), ("M-0002",))]


def test_a_total_of_the_fund_contains_nobodys_gift() -> None:
    found = sums(gift("85", "2024-06-19", country=""), gift("8", "2024-06-19", id="M-0002", part_of="M-0001"))

    assert found == [(exactly(8), ("M-0002",), ()), (exactly(85), ("M-0001",), ())]


def test_a_part_of_something_in_another_currency_counts() -> None:
    found = sums(gift("10", "2024-06-19"), gift("3", "2024-06-19", id="M-0002", currency="EUR", part_of="M-0001"))

    assert [amount for amount, *_ in found] == [exactly(3), exactly(10)]


def test_while_the_whole_may_not_have_come_yet_its_part_counts_and_the_whole_is_the_limit() -> None:
    stated = gift("63", "2024-12-01/2025-01-31"), gift("59", "2024-09-10", id="M-0002", part_of="M-0001")

    assert sums(*stated) == [(Interval(59, 59, 63), ("M-0001", "M-0002"), ())]
    assert sums(*stated, day="2025-01-31") == [(exactly(63), ("M-0001",), ("M-0002",))]


def test_a_whole_that_is_smaller_than_its_parts_is_not_the_limit() -> None:
    found = sums(gift("5", "2024-12-01/2025-01-31"), gift("59", "2024-09-10", id="M-0002", part_of="M-0001"))

    assert [amount for amount, *_ in found] == [exactly(59)]


def test_two_that_contain_each_other_are_both_counted() -> None:
    found = sums(gift("8", "2024-04-10", part_of="M-0002"), gift("5", "2024-04-10", id="M-0002", part_of="M-0001"))

    assert found == [(exactly(13), ("M-0001", "M-0002"), ())]


# When


def test_without_a_day_it_is_the_horizon() -> None:
    held = record(gift("8", "2024-04-10"), gift("5", "2024-11-10", id="M-0002"), horizon=on("2024-10-13"))

    assert [(row.as_of, row.amount) for row in funding(held)] == [(on("2024-10-13"), exactly(8))]


def test_a_gift_whose_last_day_is_not_known_is_never_certain() -> None:
    assert sums(gift("24", "2024-08-23/")) == [(Interval(0, 0, 24), ("M-0001",), ())]


# Brute force

_DAY0 = date(2024, 7, 1)
_TODAY = _DAY0 + timedelta(days=1)
_STATUSES = ("deposited", "pledged")
_RECIPIENTS = ("trust_fund", "mission")
Dollars = frozenset[int]


@st.composite
def gifts(draw: st.DrawFn, recipients: tuple[str, ...]) -> tuple[list[Row], list[Dollars]]:
    """Gifts with the very dollars of each: a part's are some of those of its whole, and of no other part."""
    stated: list[Row] = []
    dollars: list[Dollars] = []
    undivided: list[set[int]] = []
    for number in range(draw(st.integers(1, 5))):
        whole = draw(st.sampled_from([None, *(each for each in range(number) if undivided[each])]))
        base = undivided[whole] if whole is not None else set(range(100 * number, 100 * number + 6))
        mine = frozenset(draw(st.sets(st.sampled_from(sorted(base)), min_size=1)))
        base -= mine
        begin, length = draw(st.integers(0, 1)), draw(st.integers(0, 2))
        days = [_DAY0 + timedelta(days=begin), _DAY0 + timedelta(days=begin + length)]
        stated.append(
            gift(
                str(len(mine)),
                "/".join(map(str, days)),
                draw(st.sampled_from(_STATUSES)),
                id=f"M-{number:04}",
                country=draw(st.sampled_from(["CAN", "USA"])),
                recipient=draw(st.sampled_from(recipients)),
                currency=draw(st.sampled_from(["USD", "EUR"])),
                part_of="" if whole is None else f"M-{whole:04}",
            )
        )
        dollars.append(mine)
        undivided.append(set(mine))
    return stated, dollars


def worlds(stated: list[Row], dollars: list[Dollars], status: str, currency: str) -> set[int]:
    """How many dollars of a status and currency there can be at the end of `_TODAY`, on whatever day each came."""
    outcomes = []
    for _, row in stated:
        earliest, latest = (date.fromisoformat(row[f"date_{end}"]) for end in ("earliest", "latest"))
        outcomes.append(sorted({earliest <= _TODAY, latest <= _TODAY}))
    found = set()
    for world in product(*outcomes):
        nothing: Dollars = frozenset()
        theirs = (
            each
            for has, each, (_, row) in zip(world, dollars, stated, strict=True)
            if has and (row["status"], row["currency"]) == (status, currency)
        )
        found.add(len(nothing.union(*theirs)))
    return found


def _total(held: Record, status: str, currency: str) -> tuple[int, int]:
    theirs = [row for row in funding(held, _TODAY) if (row.status, row.currency) == (status, currency)]
    return sum(row.amount.min for row in theirs), sum(row.amount.max or 0 for row in theirs)


@given(gifts(_RECIPIENTS))
def test_no_dollar_is_counted_twice_and_none_is_lost_in_any_world(drawn: tuple[list[Row], list[Dollars]]) -> None:
    """Added over all givers and recipients, the least is the least of all worlds, and no world exceeds the most."""
    for status, currency in product(_STATUSES, ("USD", "EUR")):
        low, high = _total(record(*drawn[0]), status, currency)
        possible = worlds(*drawn, status, currency)
        assert low == min(possible)
        assert max(possible) <= high


@given(gifts(("trust_fund",)))
def test_within_one_purse_the_most_is_that_of_some_world(drawn: tuple[list[Row], list[Dollars]]) -> None:
    alike = [(name, {**cells, "country_code": "CAN"}) for name, cells in drawn[0]]
    for status, currency in product(_STATUSES, ("USD", "EUR")):
        assert _total(record(*alike), status, currency)[1] == max(worlds(alike, drawn[1], status, currency))


@given(gifts(_RECIPIENTS))
def test_every_contribution_stands_in_one_row(drawn: tuple[list[Row], list[Dollars]]) -> None:
    held = record(*drawn[0])
    named = [id for row in funding(held, _TODAY) for id in (*row.contributions, *row.contained)]

    assert sorted(named) == sorted(item.id for item in held.contributions if item.when.possible(_TODAY))
    assert all(row.amount.min <= (row.amount.best or 0) <= (row.amount.max or 0) for row in funding(held, _TODAY))
