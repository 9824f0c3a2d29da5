"""Whether more came than were ever promised, by hand; test_verdict_worlds.py looks at every world."""

from __future__ import annotations

import pytest

from musterroll.record.balance import BalanceRow, balance
from musterroll.record.count import Interval
from musterroll.record.limit import Limit, allowed
from musterroll.record.record import Record
from musterroll.record.verdict import verdict
from records import Triple, mission_at, move, on, pledge, record

OPEN = Interval(0, None, None)


def _row(held: Record, day: str, country: str | None = "BLZ") -> BalanceRow:
    return next(row for row in balance(held, on(day)) if row.country == country)


def _allowed(held: Record, day: str, country: str | None = "BLZ") -> Limit:
    return allowed(held, mission_at(held, day), country, on(day))


# What the verdict compares with


@pytest.mark.parametrize("status", ["suspended", "withdrawn", "lapsed"])
def test_an_ended_pledge_still_counts_with_its_last_number(status: str) -> None:
    held = record(pledge("150", "2024-01-01"), pledge("120", "2024-06-01", status, revision=2))

    assert _allowed(held, "2024-06-01").interval == Interval(120, 120, 120)


@pytest.mark.parametrize("status", ["interest", "declined"])
def test_what_never_promised_does_not_count(status: str) -> None:
    assert not _allowed(record(pledge("150", "2024-01-01", status)), "2024-06-01").has_number


def test_a_later_revision_that_may_be_announced_widens_what_is_allowed_but_not_its_best() -> None:
    held = record(
        pledge("150", "2024-01-01"),
        pledge("100", "2024-06-01/2024-06-30", revision=2),
        pledge("200", "2024-06-10/2024-07-30", revision=3),
    )

    assert [_allowed(held, f"2024-0{day}").interval for day in ("5-31", "6-01", "6-10", "6-30", "7-30")] == [
        Interval(150, 150, 150),
        Interval(100, 150, 150),
        Interval(100, 150, 200),
        Interval(100, 100, 200),
        Interval(100, 200, 200),  # on 30 June at the latest the 100, perhaps after the 200
    ]


def test_of_revisions_with_windows_that_overlap_each_may_be_the_limit_until_one_is_surely_later() -> None:
    held = record(
        pledge("200", "2024-06-10"), pledge("100", "2024-06-01/2024-06-30", revision=2), move("150", "2024-07-01")
    )

    assert _allowed(held, "2024-07-01").interval == Interval(100, 100, 200)
    assert _row(held, "2024-07-01").verdict == "possibly_violated"


def test_a_pledge_to_the_successor_replaces_the_old_one_only_once_it_is_sure() -> None:
    held = record(
        pledge("1000", "2023-07-29"),
        pledge("200", "2025-10-10/2025-10-31", id="C-0002", mission="GSF"),
        move("900", "2024-07-01"),
    )

    assert _allowed(held, "2025-10-15").interval == Interval(0, 1000, 1000)
    assert [_row(held, f"2025-10-{day}").verdict for day in ("15", "30", "31")] == ["holds", "holds", "violated"]


def test_a_pledge_without_number_to_the_predecessor_leaves_the_limit_open_until_another_is_sure() -> None:
    held = record(
        pledge("?", "2023-07-29"),
        pledge("200", "2025-10-10/2025-10-31", id="C-0002", mission="GSF"),
        move("900", "2024-07-01"),
    )

    assert [_row(held, f"2025-10-{day}").verdict for day in ("15", "31")] == ["unknown", "violated"]


def test_a_higher_ceiling_that_may_be_announced_is_no_preferred_pledge() -> None:
    held = record(
        pledge("<=50", "2024-01-01"), pledge("<=100", "2024-06-01/2024-06-30", revision=2), move("80", "2024-06-10")
    )

    assert [_row(held, f"2024-06-{day}").verdict for day in ("10", "30")] == ["possibly_violated", "holds"]


def test_a_higher_number_that_may_be_announced_does_not_help_a_ceiling_beside_it() -> None:
    held = record(
        pledge("100", "2024-01-01"),
        pledge("200", "2024-06-01/2024-06-30", revision=2),
        pledge("<=50", "2024-01-01", id="C-0002"),
        move("160", "2024-06-10"),
    )

    assert _row(held, "2024-06-10").verdict == "possibly_violated"


def test_interest_is_no_preferred_pledge_while_it_is_not_sure_that_anything_was_promised() -> None:
    held = record(
        pledge("500", "2024-01-01", "interest"),
        pledge("100", "2024-06-01/2024-06-30", revision=2),
        move("80", "2024-06-10"),
    )

    assert [_row(held, f"2024-06-{day}").verdict for day in ("10", "30")] == ["possibly_violated", "holds"]


def test_a_part_of_a_part_does_not_add_to_the_whole_of_both() -> None:
    held = record(
        pledge("1000", "2023-07-29"),
        pledge("600", "2024-01-01", "interest", id="C-0002", part_of="C-0001"),
        pledge("200", "2024-02-01", id="C-0003", part_of="C-0002"),
    )

    assert _allowed(held, "2024-07-16").interval == Interval(1000, 1000, 1000)
    assert _row(held, "2024-07-16").pledged == Interval(1000, 1000, 1000)


def test_a_pledge_that_may_not_have_been_announced_allows_up_to_its_number() -> None:
    allowed = _allowed(record(pledge("150", "2024-06-01/2024-06-30")), "2024-06-15").interval

    assert (allowed.min, allowed.max) == (0, 150)


def test_a_part_does_not_add_to_what_is_allowed_beside_its_whole() -> None:
    held = record(pledge("1000", "2023-07-29"), pledge("600", "2024-07-16", id="C-0002", part_of="C-0001"))

    assert _allowed(held, "2024-07-16").interval == Interval(1000, 1000, 1000)


def test_after_the_handover_pledges_to_the_predecessor_count_if_the_others_give_no_number() -> None:
    held = record(pledge("1000", "2023-07-29"), pledge("?", "2025-10-10", id="C-0002", mission="GSF"))

    assert _allowed(held, "2025-10-03").interval == Interval(1000, 1000, 1000)
    assert _allowed(held, "2025-10-10").interval == Interval(1000, 1000, 1000)


def test_after_the_handover_a_number_pledged_to_the_successor_replaces_the_old_one() -> None:
    held = record(pledge("1000", "2023-07-29"), pledge("200", "2025-10-10", id="C-0002", mission="GSF"))

    assert _allowed(held, "2025-10-10").interval == Interval(200, 200, 200)


def test_the_mission_is_allowed_the_sum_of_what_its_countries_are() -> None:
    held = record(
        pledge("1000", "2023-07-29", country="KEN"),
        pledge("200", "2025-10-01", id="C-0002", country="KEN", mission="GSF"),
        pledge("<=50", "2023-09-22", id="C-0003"),
    )

    assert _allowed(held, "2025-10-02", None).interval == Interval(1000, None, 1050)
    assert _allowed(held, "2025-10-03", None).interval == Interval(200, None, 250)


def test_people_of_a_country_that_never_pledged_leave_the_mission_without_limit() -> None:
    held = record(
        pledge("100", "2024-01-01", country="KEN"), move("5", "2024-07-01"), move("120", "2024-07-01", country="KEN")
    )

    assert _row(held, "2024-07-01").verdict == "unknown"
    assert _row(held, "2024-07-01", None).allowed == Interval(100, None, None)
    assert _row(held, "2024-07-01", None).verdict == "unknown"


@pytest.mark.parametrize("to", ["MSS", "GSF"])
def test_a_pledge_without_number_leaves_the_mission_without_limit_though_nobody_came(to: str) -> None:
    day = "2024-07-01" if to == "MSS" else "2025-11-01"
    held = record(
        pledge("100", "2024-01-01", country="KEN", mission=to),
        pledge("?", "2024-01-01", id="C-0002", mission=to),
        move("120", day, country="KEN", mission=to),
    )

    assert _row(held, day).allowed == OPEN
    assert _row(held, day, None).verdict == "unknown"  # whatever the other meant, 120 may be within the sum


# The verdict


def _limit(triple: Triple) -> Limit:
    low, best, high = triple
    preferred = high if best is None else best
    return Limit(Interval(low or 0, best, high), preferred, commitments=1, numbers=int(triple != (None, None, None)))


@pytest.mark.parametrize(
    ("people", "limit", "expected"),
    [
        ((0, 0, 0), (None, None, None), "holds"),
        ((0, 0, 0), (150, 150, 150), "holds"),
        ((5, 5, 5), (None, None, None), "unknown"),
        ((0, None, None), (None, None, None), "unknown"),
        ((150, 150, 150), (150, 150, 150), "holds"),
        ((151, 151, 151), (150, 150, 150), "violated"),
        ((151, None, None), (150, 150, 150), "violated"),
        ((0, 0, 200), (150, 150, 150), "possibly_violated"),
        ((0, None, None), (150, 150, 150), "possibly_violated"),
        ((50, 50, 50), (None, None, 50), "holds"),
        ((47, 50, 62), (None, None, 50), "possibly_violated"),
        ((62, 62, 62), (None, None, 50), "violated"),
        ((200, 200, 200), (200, None, None), "holds"),
        ((201, 201, 201), (200, None, None), "unknown"),
        ((0, None, None), (200, None, None), "unknown"),
        ((100, 100, 100), (90, 100, 110), "holds"),
        ((105, 105, 105), (90, 100, 110), "possibly_violated"),
        ((111, 111, 111), (90, 100, 110), "violated"),
        ((120, 120, 120), (100, 100, None), "possibly_violated"),
        ((100, 100, 100), (100, 100, None), "holds"),
        ((140, 140, 140), (100, None, 150), "holds"),
        ((140, 145, 160), (100, None, 150), "possibly_violated"),
        ((160, 160, 160), (100, None, 150), "violated"),
    ],
)
def test_the_verdict_is_as_certain_as_the_ranges(
    people: tuple[int, int | None, int | None], limit: Triple, expected: str
) -> None:
    assert verdict(Interval(*people), _limit(limit)) == expected


def test_without_any_pledge_the_verdict_is_unknown_as_soon_as_somebody_is_there() -> None:
    held = record(move("5", "2024-07-01"))

    assert _row(held, "2024-07-01").verdict == "unknown"
    assert _row(held, "2024-07-01").allowed is None
    assert _row(held, "2024-07-01", None).allowed == OPEN


def test_a_pledge_within_its_window_does_not_yet_make_people_a_certain_violation() -> None:
    held = record(pledge("150", "2024-06-01/2024-06-30"), move("100", "2024-06-15"))

    assert _row(held, "2024-06-15").verdict == "possibly_violated"
    assert _row(held, "2024-06-30").verdict == "holds"
