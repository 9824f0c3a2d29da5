"""What evidence asserts: dates in every notation, and when two values can both be true."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musterroll.record.asserted import agree, parse_days
from musterroll.record.count import parse_notation
from musterroll.record.window import Window

_DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-07-16", "2024-07-16", "2024-07-16"),
        ("2024-07-16~", "2024-07-13", "2024-07-19"),
        ("2024-04~", "2024-03-17", "2024-05-15"),
        ("2024-07-09/2024-07-20", "2024-07-09", "2024-07-20"),
        ("2024-06/2024-07", "2024-06-01", "2024-07-31"),
    ],
)
def test_a_date_stands_for_its_first_and_last_day(text: str, first: str, last: str) -> None:
    assert parse_days(text) == Window(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["2024-08-23/..", "2024-08-23/"])
def test_an_open_end_is_none(text: str) -> None:
    assert parse_days(text) == Window(date(2024, 8, 23), None)
    assert parse_days("../2024-08-23") == Window(None, date(2024, 8, 23))


@pytest.mark.parametrize(
    "text", ["", "soon", "2024-13", "2024-02-30", "2024-7-1", "16.07.2024", "2024-07-20/2024-07-09"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_days(text)


@given(_DAYS, _DAYS, _DAYS)
def test_windows_agree_exactly_if_some_day_lies_in_both(one: date, other: date, day: date) -> None:
    window = Window(min(one, other), max(one, other))

    assert agree(window, Window(day, day)) == (window.earliest <= day <= window.latest)  # type: ignore[operator]
    assert agree(Window(day, day), window) == agree(window, Window(day, day))
    assert agree(window, Window(None, None))


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("~400", ">400", True),
        ("396", "~400", True),
        ("200", "400", False),
        (">=115", "109", False),
        ("54..65", ">=70", False),
        ("?", "7", True),
        ("<=50", "51", False),
    ],
)
def test_numbers_agree_if_their_intervals_overlap(one: str, other: str, together: bool) -> None:
    assert agree(parse_notation(one), parse_notation(other)) is together


def test_texts_agree_if_they_are_equal_and_kinds_never_mix() -> None:
    assert agree("pledged", "pledged")
    assert not agree("pledged", "offered")
    assert not agree("2024", parse_days("2024"))
