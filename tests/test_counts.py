"""Uncertain counts: their notation, their arithmetic, and how people read them (RECORD, "Numbers")."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musterroll.record.count import ZERO, Count, Interval, parse_notation, total
from musterroll.record.written import written, written_count

NUMBERS = st.integers(min_value=0, max_value=10**9)
SIGNS = ("", "~", ">=", ">", "<=")


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Small intervals, some without best, some without limit."""
    low, width = draw(st.integers(0, 9)), draw(st.integers(0, 4))
    best = draw(st.none() | st.integers(low, low + width))
    return Interval(low, best, draw(st.sampled_from([low + width, None])))


def _members(interval: Interval) -> range:
    """The numbers of an interval; of one without limit, enough of them."""
    return range(interval.min, (interval.min + 6 if interval.max is None else interval.max) + 1)


def _holds(interval: Interval, number: int) -> bool:
    return interval.min <= number and (interval.max is None or number <= interval.max)


def _notation(count: Count) -> str:
    """The notation of a count that is not disputed, written independently of the parser."""
    return {
        "exact": f"{count.best}",
        "about": f"~{count.best}",
        "at_least": f">={count.min}",
        "more_than": f">{(count.min or 0) - 1}",
        "up_to": f"<={count.max}",
        "fewer_than": f"<{(count.max or 0) + 1}",
        "between": f"{count.min}..{count.max}",
        "unspecified": "?",
    }[count.qualifier]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("200", Count(200, 200, 200, "exact")),
        ("0", Count(0, 0, 0, "exact")),
        ("~200", Count(None, 200, None, "about")),
        (">=50", Count(50, None, None, "at_least")),
        (">400", Count(401, None, None, "more_than")),
        ("<=50", Count(None, None, 50, "up_to")),
        ("<400", Count(None, None, 399, "fewer_than")),
        ("54..65", Count(54, None, 65, "between")),
        ("?", Count(None, None, None, "unspecified")),
    ],
)
def test_the_notation_maps_one_to_one_to_the_qualifiers(text: str, count: Count) -> None:
    assert parse_notation(text) == count


@given(st.sampled_from(SIGNS), NUMBERS)
def test_a_number_in_the_notation_is_written_back_as_it_was(sign: str, number: int) -> None:
    assert _notation(parse_notation(f"{sign}{number}")) == f"{sign}{number}"


@given(st.integers(min_value=1, max_value=10**9))
def test_fewer_than_is_written_back_as_it_was(number: int) -> None:
    assert _notation(parse_notation(f"<{number}")) == f"<{number}"


@given(NUMBERS, NUMBERS)
def test_a_range_is_written_back_as_it_was(one: int, other: int) -> None:
    text = f"{min(one, other)}..{max(one, other)}"

    assert _notation(parse_notation(text)) == text


@pytest.mark.parametrize(
    "text", ["", "-1", "1,000", "about 5", "5 ", "=5", "≥5", "5..", "..5", "1.5", "~", "??", "~54..65", "٣", "2\n"]
)
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_notation(text)


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError):
        parse_notation("65..54")


def test_fewer_than_none_is_refused() -> None:
    with pytest.raises(ValueError):
        parse_notation("<0")


@pytest.mark.parametrize(
    ("number", "low", "high"),
    [(0, 0, 0), (1, 0, 2), (7, 6, 8), (15, 13, 17), (60, 54, 66), (100, 90, 110), (400, 360, 440)],
)
def test_about_reaches_ten_per_cent_to_both_sides_rounded_outward_in_integers(number: int, low: int, high: int) -> None:
    assert Count(None, number, None, "about").interval == Interval(low, number, high)


@given(st.integers(0, 10**20))
def test_about_is_the_narrowest_interval_that_holds_ten_per_cent(number: int) -> None:
    interval = Count(None, number, None, "about").interval

    assert interval.max is not None
    assert 10 * interval.min <= 9 * number < 10 * (interval.min + 1)
    assert 10 * (interval.max - 1) < 11 * number <= 10 * interval.max or number == 0


@pytest.mark.parametrize(
    ("count", "interval"),
    [
        (Count(None, None, 50, "up_to"), Interval(0, None, 50)),
        (Count(50, None, None, "at_least"), Interval(50, None, None)),
        (Count(None, None, None), Interval(0, None, None)),
        (Count(196, 200, 400, "disputed"), Interval(196, 200, 400)),
        (Count(109, None, None, "disputed"), Interval(109, None, None)),
        (Count(54, None, 65, "between"), Interval(54, None, 65)),
    ],
)
def test_an_open_minimum_is_nobody_and_an_open_maximum_has_no_limit(count: Count, interval: Interval) -> None:
    assert count.interval == interval


@pytest.mark.parametrize(("text", "stated"), [("?", False), ("0", True), ("~5", True), (">=5", True), ("<=5", True)])
def test_a_count_has_a_number_if_any_of_its_ends_is_stated(text: str, stated: bool) -> None:
    assert parse_notation(text).has_number is stated


def test_sums_add_the_three_ends_apart() -> None:
    assert total([Interval(1, 2, 3), Interval(10, 20, 30)]) == Interval(11, 22, 33)


def test_a_sum_loses_its_best_if_one_term_has_none() -> None:
    assert total([Interval(1, 2, 3), Interval(0, None, 50)]) == Interval(1, None, 53)


def test_a_sum_has_no_limit_if_one_term_has_none() -> None:
    assert total([Interval(1, 2, 3), Interval(5, 5, None)]) == Interval(6, 7, None)


def test_the_sum_of_nothing_is_nobody() -> None:
    assert total([]) == ZERO == Interval(0, 0, 0)


@pytest.mark.parametrize(
    ("people", "left", "rest"),
    [
        (Interval(400, 400, 400), Interval(18, 18, 18), Interval(382, 382, 382)),
        (Interval(54, 60, 66), Interval(59, 60, 60), Interval(0, 0, 7)),
        (Interval(5, 5, 5), Interval(9, 9, 9), Interval(0, 0, 0)),
        (Interval(5, 5, None), Interval(1, 2, 3), Interval(2, 3, None)),
        (Interval(5, 5, 5), Interval(1, None, None), Interval(0, None, 4)),
    ],
)
def test_people_who_leave_never_leave_fewer_than_nobody(people: Interval, left: Interval, rest: Interval) -> None:
    assert people.minus(left) == rest


def test_a_hull_keeps_the_best_of_the_first() -> None:
    assert Interval(100, 150, 150).hull(Interval(80, 80, 80)) == Interval(80, 150, 150)
    assert Interval(100, 150, 150).hull(Interval(200, None, None)) == Interval(100, 150, None)


@given(intervals(), intervals())
def test_no_sum_of_members_lies_outside_the_sum(one: Interval, other: Interval) -> None:
    assert all(_holds(one + other, a + b) for a in _members(one) for b in _members(other))


@given(intervals(), intervals())
def test_no_difference_of_members_lies_outside_the_difference(one: Interval, other: Interval) -> None:
    assert all(_holds(one.minus(other), max(0, a - b)) for a in _members(one) for b in _members(other))


@given(intervals(), intervals())
def test_a_hull_holds_the_members_of_both(one: Interval, other: Interval) -> None:
    assert all(_holds(one.hull(other), number) for number in [*_members(one), *_members(other)])


@given(intervals(), intervals())
def test_intervals_overlap_exactly_if_they_share_a_number(one: Interval, other: Interval) -> None:
    shared = any(_holds(one, number) and _holds(other, number) for number in range(60))

    assert one.overlaps(other) is other.overlaps(one) is shared


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (Interval(0, None, None), "?"),
        (Interval(150, 150, 150), "150"),
        (Interval(0, 0, 0), "0"),
        (Interval(50, None, None), "≥ 50"),
        (Interval(0, None, 50), "≤ 50"),
        (Interval(280, 300, 320), "300 (280–320)"),
        (Interval(1150, 1300, None), "1,300 (1,150–…)"),
        (Interval(54, None, 65), "54–65"),
        (Interval(1000, 1000, 1000), "1,000"),
    ],
)
def test_an_interval_is_written_in_one_notation(value: Interval | None, text: str) -> None:
    assert written(value) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (None, "–"),
        (Count(None, 430, None, "about"), "~ 430"),
        (Count(None, None, None), "?"),
        (Count(396, 396, 396, "exact"), "396"),
        (Count(None, None, 50, "up_to"), "≤ 50"),
        (Count(401, None, None, "more_than"), "≥ 401"),
        (Count(196, 200, 400, "disputed"), "200 (196–400)"),
    ],
)
def test_a_count_is_written_as_its_source_speaks(count: Count | None, text: str) -> None:
    assert written_count(count) == text
