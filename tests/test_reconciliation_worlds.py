"""Reported stocks, announcements and conditions against every world that the ranges allow."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from muster_validators.facts import arrival_announced, deployed_within_pledged, stocks_reconcile
from musterroll.record.balance import balance
from musterroll.record.reconciliation import hull_of_present, reconciled
from records import Row, condition, move, pledge, record, stock
from small_records import (
    DAYS,
    ENDINGS,
    HANDOVER,
    STATUSES,
    WITHDRAWALS,
    current,
    movements,
    numbers,
    pledges,
    records_of,
    windows,
)
from worlds import World, in_this_world, people, worlds

_NONE = st.just(list[Row]())


@settings(max_examples=60, deadline=None)
@given(records_of(_NONE, movements(WITHDRAWALS)), numbers(), windows())
def test_a_stock_is_called_too_high_or_too_low_exactly_if_it_is_so_in_every_world(
    rows: list[Row], number: str, window: str
) -> None:
    held = record(*rows, stock(number, window))
    (report,) = held.strengths
    reported = range(report.personnel.interval.min, (report.personnel.max or 0) + 1)
    first, last = map(date.fromisoformat, window.split("/"))
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    told = worlds(rows, "deployments", "BLZ")
    present = {n for world in told for day in days for n in people(world, current(day), day, ("in_haiti",))}

    hull = hull_of_present(held, report, "BLZ")
    verdict = reconciled(report, hull)
    assert hull
    assert (hull.min, hull.max) == (min(present), max(present))
    assert (verdict == "violated") == (min(reported) > max(present))
    assert (verdict == "possibly_violated") == (max(reported) < min(present))
    assert bool(list(stocks_reconcile.run(held))) == (verdict != "holds")


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(windows(), st.sampled_from(["pledged", "interest", *ENDINGS])), min_size=1, max_size=3),
    windows(),
)
def test_an_arrival_that_nothing_carries_is_carried_in_no_world(said: list[tuple[str, str]], arrived: str) -> None:
    rows = [pledge("5", window, status, revision=number) for number, (window, status) in enumerate(said, 1)]
    rows.append(move("5", arrived))
    carried = [
        bool(_standing_on(said, movement.day) - {"suspended", "withdrawn", "declined", "lapsed"})
        for said in worlds(rows, "commitments", "BLZ")
        for (movement,) in worlds(rows, "deployments", "BLZ")
    ]

    if list(arrival_announced.run(record(*rows))):
        assert not any(carried)


def _standing_on(said: World, day: date) -> set[str]:
    """The statuses that stand at some time of the day: the last one before it, and all that are made on it."""
    before = [item for item in said if item.day < day]
    last = [max(before, key=in_this_world)] if before else []
    return {item.cells["status"] for item in [*last, *(item for item in said if item.day == day)]}


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(STATUSES), min_size=1, max_size=2),
    st.lists(st.tuples(st.sampled_from(["open", "met", "met", "failed"]), windows()), max_size=2),
)
def test_a_pledge_is_in_force_exactly_if_in_every_world_all_its_conditions_are_met(
    statuses: list[str], conditions: list[tuple[str, str]]
) -> None:
    rows = [pledge("5", f"2024-07-0{number}", status, revision=number) for number, status in enumerate(statuses, 1)]
    rows += [condition(status, "" if status == "open" else window) for status, window in conditions]
    for day in (each for each in DAYS if each < HANDOVER):
        (row, _) = balance(record(*rows), day)
        status = statuses[min(day.day, len(statuses)) - 1]
        latest = [date.fromisoformat(window[-10:]) for status, window in conditions if status == "met"]
        all_met = len(latest) == len(conditions) and all(met <= day for met in latest)

        assert row.in_force
        assert row.in_force.max == (5 if all_met and status != "offered" else 0)


@settings(max_examples=30, deadline=None)
@given(records_of(pledges(STATUSES), movements(WITHDRAWALS)))
def test_a_surplus_is_told_of_the_first_day_on_which_a_scan_of_every_day_meets_its_verdict(rows: list[Row]) -> None:
    held = record(*rows)
    scan = [row for day in DAYS for row in balance(held, day) if row.country]
    ranks = {"violated": "error", "possibly_violated": "warning", "unknown": "info"}

    for finding in (each for each in deployed_within_pledged.run(held) if not each.whole):
        day = date.fromisoformat(finding.message.removeprefix("On ")[:10])
        same = [row.as_of for row in scan if row.mission == current(day) and ranks.get(row.verdict) == finding.severity]
        worse = [
            row for row in scan if row.mission == current(day) and _worse(ranks.get(row.verdict), finding.severity)
        ]
        assert day == min(same)
        assert not worse
    worst = {ranks[row.verdict] for row in scan if row.verdict in ranks}
    found = {finding.severity for finding in deployed_within_pledged.run(held)}
    order = ["error", "warning", "info"]
    assert min(map(order.index, worst), default=None) == min(map(order.index, found), default=None)


def _worse(one: str | None, other: str) -> bool:
    order = ["error", "warning", "info"]
    return one is not None and order.index(one) < order.index(other)
