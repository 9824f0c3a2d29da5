"""The balance for people: aligned, whole at every width, and not longer than what it has to say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from muster_cli.render.balance_text import render_text
from muster_cli.render.fitted import Column, Sheet, fitted
from musterroll.record.balance import balance
from musterroll.record.written import written_gap
from records import Row, move, on, pledge, record, stock

DAY = "2025-02-10"
ROWS = (
    pledge("1000/1500/2000", "2024-01-01"),
    pledge("?", "2024-01-01", id="C-0002"),
    pledge("150", "2024-01-01", country="GTM", id="C-0003"),
    pledge(">=50", "2024-01-01", country="JAM", id="C-0004"),
    pledge("<=50", "2024-01-01", "offered", country="BHS", id="C-0005"),
    pledge("?", "2024-01-01", country="SUR", id="C-0006"),
    pledge("9", "2024-01-01", "interest", country="FRA", id="C-0007"),
    pledge("9", "2024-01-01", "declined", country="TTO", id="C-0008"),
    move("734/743/799", "2025-02-06"),
    move("152", "2025-01-04", country="GTM"),
    stock("~600", "2025-01-18"),
    stock("859", "2025-02-04", country="", id="S-0002"),
)
NAMES = {"BLZ": "Belize", "GTM": "Guatemala", "SUR": "Sur\x1b[2Jiname"}


def text(*stated: Row, width: int = 250, every: bool = False, day: str = DAY) -> str:
    held = record(*stated or ROWS)
    return render_text(balance(held, on(day)), on(day), NAMES, width=width, colour=False, every=every)


def line(shown: str, begin: str) -> str:
    return next(found for found in shown.splitlines() if found.startswith(begin))


def test_with_room_there_is_one_table_and_ranges_are_in_one_notation() -> None:
    shown = text()

    assert shown.splitlines()[0] == "Promised and present on 2025-02-10"
    assert line(shown, "BLZ").split("  ")[0] == "BLZ Belize"
    for part in ("≥ 1,000 + 1?", "743 (734–799)", "~ 600 on 2025-01-18", "disputed, vague"):
        assert part in line(shown, "BLZ")
    assert " ≥ 50 " in line(shown, "JAM")
    assert " ≤ 50 " in line(shown, "BHS")
    assert " ? " in line(shown, "SUR")
    assert " -2 " in line(shown, "GTM")
    assert "violated" in line(shown, "GTM")
    assert "859 on 2025-02-04" in line(shown, "all")


@pytest.mark.parametrize(("width", "begin"), [(80, "BLZ "), (120, "BLZ Belize ")])
def test_a_terminal_as_people_have_it_is_wide_enough(width: int, begin: str) -> None:
    shown = text(width=width)

    assert max(map(cell_len, shown.splitlines())) <= width
    assert "Promised on 2025-02-10" in shown
    assert "Present on 2025-02-10" in shown
    assert len([found for found in shown.splitlines() if found.startswith(begin)]) == 2


@given(st.integers(1, 260))
def test_no_number_is_cut_at_any_width(width: int) -> None:
    shown = text(width=width)

    assert "…" not in shown
    for part in ("≥ 1,000 + 1?", "(734–799)", "2025-01-18", "≥ 50", "≤ 50", "859", "2025-02-06"):
        assert part in shown


def test_numbers_stand_below_each_other() -> None:
    shown = text()
    ends = {
        found.index(part) + len(part)
        for begin, part in (("BLZ", "743 (734–799)"), ("GTM", " 152"), ("   ", "deployed"))
        for found in [line(shown, begin)]
    }

    assert len(ends) == 1


def test_countries_that_promise_nothing_and_have_nobody_there_are_only_listed() -> None:
    shown = text()

    assert line(shown, "Heard of") == "Heard of, but nothing is promised and nobody is there: FRA, TTO."
    assert not [found for found in shown.splitlines() if found.startswith(("FRA", "TTO"))]


def test_a_country_that_was_asked_for_has_its_row_whatever_it_is() -> None:
    shown = text(every=True)

    assert "–" in line(shown, "FRA")
    assert "Heard of, but" not in shown


def test_a_country_with_people_or_a_report_and_no_pledge_has_its_row() -> None:
    shown = text(
        move("2", "2024-01-01"),
        stock("?", "2024-01-01", country="JAM"),
        pledge("9", "2024-01-01", "interest", country="JAM"),
    )

    assert line(shown, "BLZ")
    assert line(shown, "JAM")


def test_names_are_shown_as_text_and_not_obeyed() -> None:
    assert "SUR Sur\\x1b[2Jiname" in text()


def test_a_record_without_anybody_has_the_row_of_the_mission() -> None:
    shown = render_text(balance(record(), on(DAY)), on(DAY), {}, width=80, colour=False, every=False)

    assert line(shown, "all").split()[:2] == ["all", "–"]


@pytest.mark.parametrize(
    ("ends", "shown"),
    [
        ((5, 5, 5), "5"),
        ((-2, 0, 10), "0 (-2–10)"),
        ((None, 0, 10), "0 (…–10)"),
        ((5, 7, None), "7 (5–…)"),
        ((-1_000, None, None), "≥ -1,000"),
        ((None, None, -3), "≤ -3"),
        ((0, None, 9), "0–9"),
        ((None, None, None), "?"),
        ((4, None, 4), "4"),
    ],
)
def test_a_gap_is_written_like_other_ranges_and_may_lie_below_zero(
    ends: tuple[int | None, int | None, int | None], shown: str
) -> None:
    assert written_gap(*ends) == shown


# Fitting


SHEET = Sheet[str](
    "t",
    [
        Column("name", lambda row: (row,)),
        Column("gladly", lambda _: ("aaaa", "bbbb"), breaks="gladly"),
        Column("hardly", lambda _: ("cccccccc", "dddddddd"), is_number=True),
    ],
)


@pytest.mark.parametrize(
    ("width", "broken", "needed"),
    [(34, set(), 34), (33, {1}, 31), (31, {1}, 31), (30, {2}, 25), (24, {1, 2}, 22), (9, {1, 2}, 22)],
)
def test_columns_are_broken_as_few_as_need_be_and_the_unwilling_last(width: int, broken: set[int], needed: int) -> None:
    """Side by side: row (3), aaaa bbbb (9) or aaaa (6, the heading), cccccccc dddddddd (17) or cccccccc (8)."""
    (sheet,) = fitted([[SHEET]], ["row", "rows"], width)

    assert (sheet.broken, sheet.width(["row", "rows"])) == (frozenset(broken), needed)


def test_the_richest_layout_that_fits_is_taken() -> None:
    wide = Sheet[str]("wide", [*SHEET.columns, *SHEET.columns])

    assert fitted([[wide], [SHEET, SHEET]], ["row"], 200)[0].title == "wide"
    assert [sheet.title for sheet in fitted([[wide], [SHEET, SHEET]], ["row"], 40)] == ["t", "t"]
