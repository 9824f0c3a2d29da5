"""Imprecise dates, against every day that they allow."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musterroll.record.window import Window
from records import on

DAY0 = date(2024, 7, 1)
DAYS = [DAY0 + timedelta(days=step) for step in range(8)]
AFTERWARDS = date(2030, 1, 1)  # a day later than all that the tests look at


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """Up to three days, or from a day on."""
    first, lasts = draw(st.integers(0, 5)), draw(st.sampled_from([0, 1, 2, None]))
    return Window(DAYS[first], None if lasts is None else DAYS[first + lasts])


def _worlds(window: Window) -> list[date]:
    """The days on which it may be; if it is not known to be complete, it may be long after."""
    assert window.earliest
    last = window.latest or DAYS[-1]
    return [day for day in DAYS if window.earliest <= day <= last] + ([] if window.latest else [AFTERWARDS])


@given(windows(), st.sampled_from(DAYS))
def test_what_is_certain_is_so_in_every_world_and_what_is_possible_in_one(window: Window, day: date) -> None:
    happened = [world <= day for world in _worlds(window)]
    later = [world > day for world in _worlds(window)]
    earlier = [world < day for world in _worlds(window)]

    assert (window.certain(day), window.possible(day)) == (all(happened), any(happened))
    assert (window.surely_after(day), window.surely_before(day)) == (all(later), all(earlier))


@given(windows(), windows())
def test_two_windows_overlap_if_both_may_be_on_one_day(one: Window, other: Window) -> None:
    same = any(first == second for first, second in product(_worlds(one), _worlds(other)))

    assert one.overlaps(other) == other.overlaps(one) == same


@pytest.mark.parametrize("day", ["0001-01-01", "2024-07-01", "9999-12-31"])
def test_what_has_no_first_day_is_never_possible_and_what_has_no_last_is_never_certain(day: str) -> None:
    assert not Window(None, on("2024-07-01")).possible(on(day))
    assert not Window(on("2024-07-01"), None).certain(on(day))
    assert not Window(None, None).surely_after(on(day))
    assert not Window(None, None).surely_before(on(day))


def test_an_open_end_overlaps_as_far_as_the_calendar_reaches() -> None:
    assert Window(None, on("2024-07-01")).overlaps(Window(on("0001-01-01"), on("0001-01-01")))
    assert not Window(None, on("2024-07-01")).overlaps(Window(on("2024-07-02"), None))
