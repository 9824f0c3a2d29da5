"""Verdicts against every world that the ranges allow: never a false certainty, and no caution without cause."""

from __future__ import annotations

from datetime import date
from math import inf

import pytest
from hypothesis import given, settings

from musterroll.record.balance import BalanceRow, balance, change_points
from musterroll.record.record import Record
from records import Row, record
from small_records import DAYS, MOVES, STATUSES, WITHDRAWALS, current, movements, pledges, records_of
from worlds import limits, people, preferred, worlds

TWO = ("BLZ", "KEN")


def _row(held: Record, day: date, country: str | None = "BLZ") -> BalanceRow | None:
    return next((row for row in balance(held, day) if row.country == country), None)


class _Told:
    """What every world says of a country, day by day."""

    def __init__(self, rows: list[Row], country: str = "BLZ") -> None:
        self.rows, self.country = rows, country
        self.moved, self.said = (worlds(rows, table, country) for table in ("deployments", "commitments"))

    def deployed(self, day: date) -> set[int]:
        return {number for world in self.moved for number in people(world, current(day), day)}

    def allowed(self, day: date) -> set[float]:
        return {limit for world in self.said for limit in limits(world, current(day), day)}

    def preferred(self, day: date) -> float | None:
        return preferred(self.rows, self.country, current(day), day)


_VAGUE = records_of(pledges(vague=True), movements(WITHDRAWALS, vague=True))
_BOTH_ENDS = records_of(pledges(STATUSES, parts=False), movements(WITHDRAWALS))


@settings(max_examples=80, deadline=None)
@given(_VAGUE)
def test_violated_is_true_in_every_world_and_what_holds_exceeds_the_preferred_pledge_in_none(rows: list[Row]) -> None:
    _never_surer_than_the_worlds(rows)


@settings(max_examples=80, deadline=None)
@given(_BOTH_ENDS)
def test_where_every_number_has_both_ends_the_verdict_is_the_one_that_all_worlds_give(rows: list[Row]) -> None:
    _as_sure_as_the_worlds(rows)


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(_VAGUE, _BOTH_ENDS)
def test_so_it_is_in_many_more_records(vague: list[Row], both_ends: list[Row]) -> None:
    _never_surer_than_the_worlds(vague)
    _as_sure_as_the_worlds(both_ends)


def _never_surer_than_the_worlds(rows: list[Row]) -> None:
    held, told = record(*rows), _Told(rows)
    for day in DAYS:
        if row := _row(held, day):
            if row.verdict == "violated":
                assert min(told.deployed(day)) > max(told.allowed(day))
            if row.verdict == "holds":
                assert max(told.deployed(day)) <= (told.preferred(day) or 0)
            if row.allowed and row.allowed.max is not None:
                assert max(told.allowed(day)) <= row.allowed.max


def _as_sure_as_the_worlds(rows: list[Row]) -> None:
    held, told = record(*rows), _Told(rows)
    for day in DAYS:
        if row := _row(held, day):
            assert row.verdict == _expected(row, told, day)


def _expected(row: BalanceRow, told: _Told, day: date) -> str:
    deployed, allowed, reference = told.deployed(day), told.allowed(day), told.preferred(day)
    assert reference is not None
    if max(deployed) == 0:
        return "holds"
    if row.allowed is None:  # nothing was promised, as far as is known
        return "unknown"
    if min(deployed) > max(allowed):
        return "violated"
    return "holds" if max(deployed) <= reference else "possibly_violated"


@settings(max_examples=50, deadline=None)
@given(records_of(pledges(countries=TWO), movements(MOVES, TWO)))
def test_what_is_said_of_the_whole_mission_is_true_in_every_world(rows: list[Row]) -> None:
    held, (one, other) = record(*rows), (_Told(rows, country) for country in TWO)
    for day in DAYS:
        row = _row(held, day, None)
        assert row is not None
        deployed = {first + second for first in one.deployed(day) for second in other.deployed(day)}

        assert (row.deployed.min, row.deployed.max) == (min(deployed), max(deployed))
        if row.verdict == "violated":
            assert min(deployed) > max(one.allowed(day)) + max(other.allowed(day))
        if row.verdict == "holds":
            references = (one.preferred(day), other.preferred(day))
            assert max(deployed) <= sum(inf if each is None else each for each in references)


@settings(max_examples=50, deadline=None)
@given(records_of(pledges(vague=True, countries=TWO), movements(WITHDRAWALS, TWO, vague=True), 4))
def test_between_two_days_of_the_sweep_nothing_changes(rows: list[Row]) -> None:
    held = record(*rows)
    swept = set(change_points(held))
    before: dict[str | None, tuple[object, ...]] = {}
    for day in DAYS:
        now = {row.country: _said(row) for row in balance(held, day)}
        assert day in swept or not before or now == before
        before = now


def _said(row: BalanceRow) -> tuple[object, ...]:
    pledged = (row.pledged, row.offered, row.notified, row.in_force, row.pledges_without_number, row.allowed)
    return *pledged, row.mission, row.deployed, row.present, row.verdict, row.why
