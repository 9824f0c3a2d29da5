"""Each country at a glance: what stands of its pledges, who is there, when it was last heard of and by whom."""

from __future__ import annotations

from musterroll.record.balance import balance
from musterroll.record.count import Interval
from musterroll.record.derived.latest import LatestRow, latest
from records import Row, move, on, pledge, proof, record, stock
from sourced import country, says, source

HORIZON = on("2026-02-28")


def rows(*stated: Row, horizon: str = "2026-02-28") -> list[LatestRow]:
    return latest(record(*stated, horizon=on(horizon)))


def row(*stated: Row, horizon: str = "2026-02-28") -> LatestRow:
    (found,) = rows(*stated, horizon=horizon)
    return found


def standing(found: LatestRow) -> list[tuple[str, int, str]]:
    return [(each.commitment, each.number, each.status) for each in found.standing]


def test_every_country_of_which_people_were_promised_or_came_has_one_row_by_code() -> None:
    found = rows(
        country("KEN", "Kenya"),
        country("FRA"),
        pledge("1000", "2023-07-29", country="KEN"),
        pledge("50", "2023-09-01", id="C-0002"),
        move("24", "2024-09-12", country="JAM"),
    )

    assert [(each.balance.country, each.name) for each in found] == [("BLZ", ""), ("JAM", ""), ("KEN", "Kenya")]


def test_the_numbers_are_those_of_the_balance_on_the_last_day() -> None:
    stated = (pledge("1000", "2023-07-29"), move("~200", "2024-06-25"), pledge("9", "2025-01-01", id="C-0002"))

    found = row(*stated, horizon="2024-10-13")
    assert found.balance == balance(record(*stated), on("2024-10-13"))[0]
    assert (found.balance.deployed, found.balance.pledged) == (Interval(180, 200, 220), Interval(1000, 1000, 1000))


def test_the_standing_revision_of_each_commitment_is_named_whether_it_promises_or_not() -> None:
    found = row(
        pledge("1000", "2023-07-29"),
        pledge("1000", "2024-03-12", "suspended", revision=2),
        pledge("600", "2024-07-15", id="C-0002", part_of="C-0001"),
        pledge("5", "2024-12-01", id="C-0003"),
        horizon="2024-10-13",
    )

    assert standing(found) == [("C-0001", 2, "suspended"), ("C-0002", 1, "pledged")]


def test_of_a_country_that_promised_the_new_mission_nothing_the_word_to_the_one_before_is_named() -> None:
    old = pledge("200", "2023-08-04")

    assert standing(row(old)) == [("C-0001", 1, "pledged")]
    assert row(old).standing[0].mission == "MSS"
    assert row(old).balance.pledged is None

    new = pledge("30", "2025-12-09", "offered", id="C-0002", mission="GSF")
    assert standing(row(old, new)) == [("C-0002", 1, "offered")]


def test_of_a_country_whose_people_came_without_a_word_no_pledge_is_named() -> None:
    assert row(move("24", "2024-09-12")).standing == ()


# Last heard of


def test_the_sources_of_what_was_last_heard_are_those_preferred_for_it() -> None:
    found = row(
        pledge("50", "2024-03-05"),
        move("2", "2024-09-12"),
        source("a"),
        source("b"),
        source("c"),
        says("a", "commitments", "C-0001", revision="1", rank="preferred"),
        says("b", "deployments", "deployments-1", "2", field="personnel", rank="preferred"),
        says("c", "deployments", "deployments-1", "2", field="personnel"),
    )

    assert (found.balance.last_heard, found.sources) == (on("2024-09-12"), ("b",))


def test_without_a_preferred_one_it_is_all_that_assert_it_and_are_believed() -> None:
    found = row(
        move("2", "2024-09-12"),
        *(source(id) for id in "abcd"),
        says("b", "deployments", "deployments-1"),
        says("a", "deployments", "deployments-1", stance="conflicts"),
        says("c", "deployments", "deployments-1", stance="context"),
        says("d", "deployments", "deployments-1", rank="deprecated"),
    )

    assert found.sources == ("a", "b")


def test_a_source_that_repeats_a_pledge_is_the_last_that_was_heard() -> None:
    found = row(
        pledge("50", "2024-03-05"),
        source("a", "2024-03-06"),
        source("b", "2024-09-09"),
        source("c", "2024-11-01"),
        source("d", "2026-03-14"),
        says("a", "commitments", "C-0001", revision="1", rank="preferred"),
        says("b", "commitments", "C-0001", revision="1"),
        says("c", "commitments", "C-0001", revision="1", stance="context"),
        says("d", "commitments", "C-0001", revision="1"),
        says("gone", "commitments", "C-0001", revision="1"),
        says("c", "commitments", "C-9999", revision="1"),
    )

    assert (found.balance.last_heard, found.sources) == (on("2024-09-09"), ("b",))


def test_several_things_of_one_day_have_the_sources_of_all() -> None:
    found = row(
        move("2", "2024-09-12"),
        stock("2", "2024-09-12"),
        source("a"),
        source("b"),
        says("b", "deployments", "deployments-1"),
        says("a", "strengths", "S-0001"),
    )

    assert found.sources == ("a", "b")


def test_of_what_cannot_be_dated_nothing_was_heard() -> None:
    found = row(move("2", "2024-09-12/"), proof("deployments", "deployments-1", "preferred"))

    assert (found.balance.last_heard, found.sources) == (None, ())
