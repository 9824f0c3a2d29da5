"""The whole mission over time: as movements add up, beside what was reported, and whether the two can both be true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musterroll.errors import Unusable
from musterroll.record.count import Interval
from musterroll.record.derived.strength import StrengthRow, strength
from musterroll.record.presence import deployed, present
from musterroll.record.reconciliation import hull_of_present, reconciled
from musterroll.record.record import Record
from records import Row, mission, mission_at, move, on, proof, record, stock
from sourced import event


def _row(held: Record, day: str) -> StrengthRow:
    """What holds on a day: the last row that is not after it."""
    return [row for row in strength(held) if row.as_of <= on(day)][-1]


def test_there_is_a_row_for_every_day_on_which_something_changed_and_for_the_horizon() -> None:
    held = record(
        move("200", "2024-06-25"),
        move("~60", "2024-10-01/2024-10-03", place="offshore"),
        move("24", "2024-10-05", "rotation_in"),
        stock("430", "2024-10-04/2024-10-11", country=""),
        horizon=on("2025-12-31"),
    )

    days = ["2023-10-02", "2024-06-25", "2024-10-01", "2024-10-03", "2024-10-11", "2025-10-03", "2025-12-31"]
    assert [row.as_of for row in strength(held)] == [on(day) for day in days]
    assert [row.mission for row in strength(held)] == ["MSS"] * 5 + ["GSF"] * 2


def test_nothing_after_the_horizon_is_told() -> None:
    held = record(move("200", "2024-06-25"), move("217", "2025-01-18"), horizon=on("2024-10-13"))

    assert [row.as_of for row in strength(held)][-1] == on("2024-10-13")
    assert strength(held)[-1].present.best == 200


def test_without_a_horizon_the_table_ends_with_the_last_day_that_any_row_names() -> None:
    held = record(move("200", "2024-06-25"), event("E-0001", "2026-01-05"))

    assert strength(held)[-1].as_of == on("2026-01-05")


def test_a_record_without_a_day_has_the_begin_of_its_mandates() -> None:
    assert [row.as_of for row in strength(record())] == [on("2023-10-02"), on("2025-10-03")]
    with pytest.raises(Unusable, match="missions is empty"):
        strength(_without_missions())


def _without_missions() -> Record:
    held = record()
    held.tables["missions"].rows.clear()
    return held


def test_people_offshore_are_deployed_and_not_present() -> None:
    row = _row(record(move("6", "2024-10-18"), move("60", "2024-10-20", place="offshore")), "2024-10-20")

    assert (row.present, row.deployed) == (Interval(6, 6, 6), Interval(66, 66, 66))


def test_the_last_report_of_the_whole_mission_stands_until_the_next() -> None:
    held = record(
        move("400", "2024-06-25"),
        stock("426", "2024-09-12", country="", id="S-0001"),
        stock("~430", "2024-10-04/2024-10-11", country="", id="S-0002"),
        stock("300", "2024-10-12", country="", measure="cumulative", id="S-0003"),
        stock("300", "2024-10-12", country="KEN", id="S-0004"),
        stock("300", "2024-10-12", country="", id="S-0005"),
        proof("strengths", "S-0005", "deprecated"),
        horizon=on("2024-12-31"),
    )

    reports = {day: _row(held, day).reported for day in ("2024-09-11", "2024-10-10", "2024-12-31")}
    assert {day: report and report.id for day, report in reports.items()} == {
        "2024-09-11": None,
        "2024-10-10": "S-0001",
        "2024-12-31": "S-0002",
    }


def test_without_a_report_there_is_nothing_to_agree_with() -> None:
    row = _row(record(move("400", "2024-06-25")), "2024-06-25")

    assert (row.reported, row.expected, row.agreement) == (None, None, None)


@pytest.mark.parametrize(
    ("reported", "agreement"),
    [
        ("400", "holds"),
        ("401", "violated"),
        (">400", "violated"),
        ("381", "possibly_violated"),
        ("<382", "possibly_violated"),
        ("<=382", "holds"),
        ("~420", "holds"),
        (">=1", "holds"),
        ("?", "unknown"),
    ],
)
def test_a_report_agrees_with_what_can_have_been_there_on_its_days(reported: str, agreement: str) -> None:
    """382 to 400 are there: 18 leave on a day that is not known."""
    held = record(
        move("400", "2024-06-25"),
        move("18", "2024-09-01/2024-09-30", "unreported_out"),
        stock(reported, "2024-09-10/2024-09-20", country=""),
    )

    row = _row(held, "2024-09-20")
    assert row.expected == Interval(382, 400, 400)
    assert row.agreement == agreement


def test_a_report_is_compared_with_its_own_days_however_long_ago_they_are() -> None:
    held = record(
        move("200", "2024-06-25"),
        stock("200", "2024-07-01", country=""),
        move("200", "2024-07-16"),
        horizon=on("2025-01-01"),
    )

    row = strength(held)[-1]
    assert (row.present.best, row.expected, row.agreement) == (400, Interval(200, 200, 200), "holds")


def test_the_hull_holds_every_day_of_the_window_also_those_between_two_changes() -> None:
    held = record(
        move("400", "2024-06-25"),
        move("50", "2024-07-10"),
        move("100", "2024-07-12", "departure"),
        stock("1", "2024-07-01/2024-07-31"),
    )

    assert hull_of_present(held, held.strengths[0], None) == Interval(350, 400, 450)


def test_a_report_whose_days_are_open_is_not_compared() -> None:
    held = record(move("400", "2024-06-25"), stock("1", "2024-07-01/"))

    assert hull_of_present(held, held.strengths[0], None) is None
    assert reconciled(held.strengths[0], None) == "unknown"


def test_people_without_number_leave_no_limit_to_violate() -> None:
    held = record(move("?", "2024-06-25"), stock("999", "2024-07-01", country=""))

    assert _row(held, "2024-07-01").agreement == "holds"


_DAYS = [f"2024-07-{day:02}" for day in range(1, 9)]


@st.composite
def movements(draw: st.DrawFn) -> list[Row]:
    windows = st.tuples(st.sampled_from(_DAYS), st.sampled_from([*_DAYS, ""])).map(
        lambda ends: f"{ends[0]}/{max(ends) if ends[1] else ''}"
    )
    kinds = st.sampled_from(["arrival", "departure", "death", "all_out", "rotation_in"])
    row = st.builds(
        move,
        st.sampled_from(["1", "5", "~20", "<=3", ">=2", "?", "1/2/4"]),
        windows,
        kinds,
        country=st.sampled_from(["KEN", "JAM"]),
        place=st.sampled_from(["in_haiti", "offshore"]),
    )
    return draw(st.lists(row, max_size=6))


@given(movements())
def test_every_day_has_the_numbers_of_the_row_before_it(rows: list[Row]) -> None:
    """Nothing changes between two rows: computed for each single day the numbers are those of the table."""
    held = record(*rows, horizon=on(_DAYS[-1]))

    for day in _DAYS:
        row = _row(held, day)
        assert row.present == present(held, mission_at(held, day), None, on(day))
        assert row.deployed == deployed(held, mission_at(held, day), None, on(day))


def test_a_mandate_without_end_and_one_to_the_end_of_time_are_both_told() -> None:
    held = record(mission("MSS", "2023-10-02/9999-12-31"), move("5", "2024-06-25"))

    assert [row.as_of for row in strength(held)] == [on("2023-10-02"), on("2024-06-25")]
