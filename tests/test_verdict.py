"""Whether more came than were ever promised: by hand, and against every world that the ranges allow."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musterroll.record.balance import BalanceRow, balance
from musterroll.record.count import Interval
from musterroll.record.pledges import Pledged
from musterroll.record.record import Record
from musterroll.record.rows import Revision
from musterroll.record.verdict import allowed, verdict
from records import Row, Triple, mission_at, move, on, pledge, record

DAY0 = date(2024, 7, 1)
TODAY = DAY0 + timedelta(days=2)
OPEN = Interval(0, None, None)


def _row(held: Record, day: str, country: str | None = "BLZ") -> BalanceRow:
    return next(row for row in balance(held, on(day)) if row.country == country)


def _allowed(held: Record, day: str, country: str | None = "BLZ") -> Pledged:
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
        Interval(200, 200, 200),
    ]


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


def _pledged(triple: Triple) -> Pledged:
    low, best, high = triple
    return Pledged(Interval(low or 0, best, high), 1, int(triple == (None, None, None)))


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
    assert verdict(Interval(*people), _pledged(limit)) == expected


def test_without_any_pledge_the_verdict_is_unknown_as_soon_as_somebody_is_there() -> None:
    held = record(move("5", "2024-07-01"))

    assert _row(held, "2024-07-01").verdict == "unknown"
    assert _row(held, "2024-07-01").allowed is None
    assert _row(held, "2024-07-01", None).allowed == OPEN


def test_a_pledge_within_its_window_does_not_yet_make_people_a_certain_violation() -> None:
    held = record(pledge("150", "2024-06-01/2024-06-30"), move("100", "2024-06-15"))

    assert _row(held, "2024-06-15").verdict == "possibly_violated"
    assert _row(held, "2024-06-30").verdict == "holds"


# Every world that the ranges allow


@st.composite
def chains(draw: st.DrawFn) -> list[Row]:
    """One commitment with up to three revisions, each with both bounds and a window around `TODAY`."""
    rows = []
    for revision in range(1, draw(st.integers(1, 3)) + 1):
        low, width = draw(st.integers(0, 3)), draw(st.integers(0, 2))
        begins, lasts = draw(st.integers(0, 4)), draw(st.integers(0, 2))
        window = f"{DAY0 + timedelta(days=begins)}/{DAY0 + timedelta(days=begins + lasts)}"
        status = draw(st.sampled_from(["pledged", "withdrawn", "interest", "offered"]))
        rows.append(pledge(f"{low}..{low + width}", window, status, revision=revision))
    return rows


@st.composite
def arrivals(draw: st.DrawFn) -> Row:
    """An arrival with both bounds and a window around `TODAY`."""
    low, width = draw(st.integers(0, 6)), draw(st.integers(0, 2))
    begins, lasts = draw(st.integers(0, 3)), draw(st.integers(0, 2))
    window = f"{DAY0 + timedelta(days=begins)}/{DAY0 + timedelta(days=begins + lasts)}"
    return move(f"{low}..{low + width}", window)


def _limits(chain: tuple[Revision, ...]) -> set[int]:
    """What the commitment allows at the end of `TODAY`, in every world; nothing where it never promised."""
    outcomes = []
    for revision in chain:
        first, last = revision.announced.earliest, revision.announced.latest
        low, high = revision.personnel.min, revision.personnel.max
        assert first is not None
        assert last is not None
        assert low is not None
        assert high is not None
        days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
        outcomes.append([(revision, number, day) for number in range(low, high + 1) for day in days])
    return {_limit(world) for world in product(*outcomes)}


def _limit(world: tuple[tuple[Revision, int, date], ...]) -> int:
    """The number last announced; "last" is the order of the record, also where windows overlap."""
    said = [(revision, number) for revision, number, day in world if day <= TODAY]
    if not any(revision.promises for revision, _ in said):
        return 0
    return max(said, key=lambda item: (item[0].announced.latest, item[0].announced.earliest, item[0].number))[1]


@given(chains(), st.lists(arrivals(), min_size=1, max_size=3))
def test_what_is_called_violated_is_violated_in_every_world(chain: list[Row], people: list[Row]) -> None:
    held = record(*chain, *people)
    row = _row(held, f"{TODAY}", None)
    limits = _limits(held.revisions["C-0001"])
    fewest = sum(
        min(number if day <= TODAY else 0 for number in range(low, high + 1) for day in (first, last))
        for item in held.movements
        for low, high, first, last in [(item.personnel.min, item.personnel.max, item.when.earliest, item.when.latest)]
        if low is not None and high is not None and first is not None and last is not None
    )

    assert (row.verdict != "violated") or fewest > max(limits)
    assert row.allowed is None or row.allowed.max is None or max(limits) <= row.allowed.max


@given(chains(), st.lists(arrivals(), max_size=3))
def test_every_part_of_what_is_pledged_is_within_it(chain: list[Row], people: list[Row]) -> None:
    held = record(*chain, *people)

    for row in balance(held, TODAY):
        for part in (row.offered, row.notified, row.in_force):
            assert (part is None) is (row.pledged is None)
            if part and row.pledged and part.max is not None and row.pledged.max is not None:
                assert part.min <= row.pledged.min
                assert part.max <= row.pledged.max
