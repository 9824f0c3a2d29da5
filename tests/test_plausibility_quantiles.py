"""A bound from counting holds whatever rows come and go, and is broken by a change of what was there."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from muster_validators.plausibility.expectation import Derived, Expectation
from muster_validators.plausibility.quantiles import Moved, quantiles_of
from muster_validators.plausibility.subject import tolerances
from muster_validators.plausibility.turnover import Turnover

numbers = st.one_of(st.none(), st.integers(-50, 50).map(float))
columns = st.lists(numbers, min_size=25, max_size=60)


def asked(
    was: list[float | None], now: list[float | None], stayed: dict[int, int], factor: float | None = None
) -> Expectation | None:
    turnover = Turnover(
        stayed, frozenset(range(len(was))) - set(stayed.values()), frozenset(range(len(now))) - set(stayed)
    )
    return Moved("table", was, now, turnover).expectation("check", Derived("table: numbers", {"n": now}), "n", factor)


def is_met(expectation: Expectation | None, now: list[float | None]) -> bool:
    """As Great Expectations judges a frame, without what it lets pass as near enough."""
    if expectation is None:
        return True
    ranges = expectation.arguments["quantile_ranges"]
    seen = pd.Series(now, dtype="float64").quantile(ranges["quantiles"], interpolation="nearest")
    return all(
        (low is None or low <= value) and (high is None or value <= high)
        for value, (low, high) in zip(seen, ranges["value_ranges"], strict=True)
    )


@given(columns, st.data())
def test_rows_that_come_and_go_are_always_allowed_for(was: list[float | None], data: st.DataObject) -> None:
    kept = sorted(data.draw(st.sets(st.integers(0, len(was) - 1))))
    added = data.draw(st.lists(numbers, max_size=60))
    now = [was[row] for row in kept] + added

    assert is_met(asked(was, now, dict(enumerate(kept))), now)


@given(columns, st.data())
def test_a_tenth_of_the_old_values_may_be_corrected(was: list[float | None], data: st.DataObject) -> None:
    known = [row for row, value in enumerate(was) if value is not None]
    most = int(tolerances()["quantiles"]["corrected"] * len(known))
    corrected = data.draw(st.sets(st.sampled_from(known), max_size=most)) if most else set()
    now = [
        data.draw(numbers.filter(lambda value: value is not None)) if row in corrected else value
        for row, value in enumerate(was)
    ]

    assert is_met(asked(was, now, {row: row for row in range(len(was))}), now)


def test_a_column_in_another_unit_is_seen_however_many_empty_cells_it_has() -> None:
    was: list[float | None] = [None if row % 3 == 0 else float(row) for row in range(60)]
    now = [None if value is None else value / 100 for value in was]

    assert not is_met(asked(was, now, {row: row for row in range(60)}), now)


def test_where_new_values_outnumber_the_old_ones_a_factor_is_left() -> None:
    was: list[float | None] = [float(row) for row in range(100, 140)]
    near, far = [*was, *(1000.0 for _ in range(200))], [*was, *(10000.0 for _ in range(200))]

    for now, met in ((near, True), (far, False)):
        assert is_met(asked(was, now, {row: row for row in range(40)}, factor=10), now) is met


def test_few_values_and_values_that_could_be_anything_are_not_judged() -> None:
    few: list[float | None] = [1.0] * 19
    many = [float(row) for row in range(20)]

    assert asked(few, few, {row: row for row in range(19)}) is None
    assert asked(list(many), list(many), {}) is None


def test_quantiles_are_values_of_the_column() -> None:
    assert quantiles_of([None, 4.0, 1.0, 2.0, 3.0, 5.0]) == [2.0, 3.0, 4.0]
