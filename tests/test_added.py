"""A finding about a sum names the rows that add up to it, and the first day on which it is wrong."""

from __future__ import annotations

import pytest

from muster_validators.facts import (
    countries_add_up,
    departure_after_arrival,
    deployed_within_pledged,
    stocks_reconcile,
    within_ceiling,
)
from muster_validators.finding import Finding
from records import condition, mission, move, pledge, record, stock


def _said(finding: Finding) -> list[str]:
    return [f"{' '.join(item.key.values())}: {item.says}" for item in finding.related]


def test_a_surplus_names_the_pledges_and_then_the_movements_each_by_date_and_then_by_id() -> None:
    held = record(
        pledge("100", "2024-01-01", "offered"),
        pledge("50", "2024-02-01/2024-02-10", "suspended", revision=2),
        pledge("?", "2025-01-01/", id="C-0002"),
        pledge("<=20", "2023-11-01", id="C-0003"),
        condition("open"),
        move("~60", "2024-07-01", place="offshore"),
        move("60", "2024-06-01"),
        move("3", "2024-07-01/2024-07-09", "departure"),
        move("5", "2024-06-15", "rotation_in"),
        move("9", "2024-06-15", place="training_abroad"),
        move("1", "2024-06-20", "death"),
        move("7", "2024-08-01", "departure"),
    )
    (finding,) = deployed_within_pledged.run(held)

    assert finding.message == "On 2024-07-01 BLZ has 119 (110–125) deployed, but pledged no more than 70."
    assert (finding.severity, finding.key, finding.expected) == (
        "error",
        {"deployment_id": "deployments-1"},
        "at most 70",
    )
    assert _said(finding) == [
        "C-0003 1: pledged ≤ 20, 2023-11-01",
        "C-0001 2: suspended 50, 2024-02-01 to 2024-02-10",
        "deployments-2: arrival of 60, 2024-06-01",
        "deployments-6: death of 1, 2024-06-20",
        "deployments-1: arrival of ~ 60 (offshore), 2024-07-01",
        "deployments-3: departure of 3, 2024-07-01 to 2024-07-09, only possible by 2024-07-01",
    ]


def test_revisions_of_which_either_may_be_the_last_say_so() -> None:
    held = record(
        pledge("200", "2024-01-10"),
        pledge("100", "2024-01-01/2024-01-31", "notified_un", revision=2),
        pledge("?", "2024-01-20/", revision=3),
        move("?", "2024-06-01"),
    )
    (finding,) = deployed_within_pledged.run(held)

    assert finding.message == "On 2024-06-01 BLZ may have more deployed (?) than it pledged (100 (0–…))."
    assert _said(finding) == [
        "C-0001 2: notified the UN of 100, 2024-01-01 to 2024-01-31, if it was said last",
        "C-0001 1: pledged 200, 2024-01-10, if it was said last",
        "C-0001 3: pledged an unknown number, 2024-01-20 or later, only possible by 2024-06-01, if it was said last",
        "deployments-1: arrival of an unknown number, 2024-06-01",
    ]


def test_what_lies_before_a_withdrawal_does_not_add_up_and_one_that_may_follow_does() -> None:
    held = record(
        pledge("10", "2024-01-01"),
        move("9", "2024-06-01"),
        move("?", "2024-06-10", "all_out"),
        move("12", "2024-07-01"),
        move("?", "2024-07-01/2024-07-31", "all_out"),
    )
    (finding,) = deployed_within_pledged.run(held)

    assert finding.message == "On 2024-07-01 BLZ may have more deployed (12 (0–12)) than it pledged (10)."
    assert _said(finding)[1:] == [
        "deployments-3: arrival of 12, 2024-07-01",
        "deployments-4: departure of all, 2024-07-01 to 2024-07-31, only possible by 2024-07-01",
    ]


def test_what_concerns_the_whole_mission_names_the_countries() -> None:
    held = record(
        pledge("<=100", "2024-01-01", country="KEN"),
        pledge("?", "2024-01-01", id="C-0002", country="JAM"),
        move("90", "2024-06-01", country="KEN"),
        move("1", "2024-06-02", country="KEN"),
        move("1", "2024-06-03/2024-06-04", "departure", country="KEN"),
    )
    finding, _ = deployed_within_pledged.run(held)

    assert (finding.whole, finding.severity) == (True, "info")
    assert finding.message.startswith("On 2024-06-01 the whole mission has 90 deployed")
    assert _said(finding) == [
        "C-0001 1: KEN: pledged ≤ 100, 2024-01-01",
        "C-0002 1: JAM: pledged an unknown number, 2024-01-01",
        "deployments-1: KEN: arrival of 90, 2024-06-01",
    ]


def test_the_worse_of_two_surpluses_by_one_arrival_is_told() -> None:
    held = record(
        pledge("150", "2024-01-01"),
        pledge("100", "2025-11-01", id="C-0002", mission="GSF"),
        move("140..160", "2024-06-01"),
    )
    (finding,) = deployed_within_pledged.run(held)

    assert finding.message == "On 2025-11-01 BLZ has 140–160 deployed, but pledged no more than 100."


@pytest.mark.parametrize(("number", "severity"), [("120", "error"), ("80", "warning")])
def test_a_stock_names_the_movements_of_the_day_that_comes_nearest_to_it(number: str, severity: str) -> None:
    held = record(
        move("100", "2024-06-01"),
        move("10", "2024-06-10", "departure"),
        move("60", "2024-06-05", place="offshore"),
        stock(number, "2024-06-05/2024-06-15"),
    )
    (finding,) = stocks_reconcile.run(held)

    day = {"error": [], "warning": ["deployments-2: departure of 10, 2024-06-10"]}[severity]
    assert finding.severity == severity
    assert "are reported present (BLZ, 2024-06-05 to 2024-06-15)" in finding.message
    assert _said(finding) == ["deployments-1: arrival of 100, 2024-06-01", *day]


def test_a_total_names_the_figures_of_countries_and_the_movements_of_those_without() -> None:
    held = record(
        move("100", "2024-06-01", country="KEN"),
        move("24", "2024-06-01", country="JAM"),
        stock("90", "2024-06-10", country="KEN"),
        stock("80", "2024-06-10", country="", id="S-0002"),
    )
    (finding,) = countries_add_up.run(held)

    assert (finding.severity, finding.message) == (
        "error",
        "80 are reported in all (2024-06-10); the countries add up to 114.",
    )
    assert _said(finding) == ["S-0001: KEN: 90 reported, 2024-06-10", "deployments-2: JAM: arrival of 24, 2024-06-01"]


@pytest.mark.parametrize(("total", "severity"), [("115", "error"), ("113", "warning"), ("89", "error")])
def test_a_total_below_what_only_movements_say_is_no_certain_fault(total: str, severity: str) -> None:
    held = record(
        move("100", "2024-06-01", country="KEN"),
        move("24", "2024-06-01", country="JAM"),
        stock("90", "2024-06-10", country="KEN"),
        stock(total, "2024-06-10", country="", id="S-0002"),
    )

    assert [finding.severity for finding in countries_add_up.run(held)] == [severity]


def test_a_mission_above_its_ceiling_names_the_first_day_and_all_who_are_there() -> None:
    name, cells = mission("GSF", "2024-01-01/")
    held = record(
        (name, {**cells, "personnel_ceiling": "100"}),
        move("60", "2024-06-02", mission="GSF"),
        move("41", "2024-06-01/2024-06-03", country="KEN", mission="GSF"),
    )
    (finding,) = within_ceiling.run(held)

    assert finding.message == "On 2024-06-03 101 people are deployed, and the ceiling is 100."
    assert _said(finding) == [
        "deployments-2: KEN: arrival of 41, 2024-06-01 to 2024-06-03",
        "deployments-1: BLZ: arrival of 60, 2024-06-02",
    ]


def test_a_departure_of_people_who_never_came_names_those_who_did() -> None:
    held = record(move("5", "2024-06-01"), move("3", "2024-06-02", "death"), move("3", "2024-06-03", "departure"))
    (finding,) = departure_after_arrival.run(held)

    assert finding.message == "By 2024-06-03 at least 6 people left, and at most 5 can have come."
    assert _said(finding) == [
        "deployments-1: arrival of 5, 2024-06-01",
        "deployments-2: death of 3, 2024-06-02",
        "deployments-3: departure of 3, 2024-06-03",
    ]
