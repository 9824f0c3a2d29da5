"""The tables of docs/balances.md are those of the package, and its words speak of the rows behind them."""

from __future__ import annotations

import re
import runpy
from datetime import date

import pytest

from musterroll.record.balance import balance
from musterroll.record.loading import load_record
from musterroll.record.terms import Terms
from running import RECORD, ROOT

PAGE = (ROOT / "docs/balances.md").read_text()
MAKER = runpy.run_path(str(ROOT / "benchmarks/balances.py"))
DAYS = ["2023-10-02", "2024-07-31", "2024-10-11", "2025-02-10", "2025-10-02", "2026-02-28"]
_NAMES = ("Kenya", "Jamaica", "Belize", "Bahamas", "Guatemala", "El Salvador", "**Whole mission**")


def table(day: str) -> str:
    found = re.search(rf"<!-- balance {day} -->\n(.*?)<!-- end of balance -->", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_page_is_what_its_maker_makes_of_it() -> None:
    """Else run `.venv/bin/python benchmarks/balances.py`, and read again what the words say of the numbers."""
    assert MAKER["page"](PAGE, load_record(ROOT)) == PAGE


def test_only_what_stands_between_the_markers_is_replaced() -> None:
    text = "before\n\n<!-- balance 2024-10-11 -->\nstale words\n<!-- end of balance -->\n\nafter\n"

    made = MAKER["page"](text, load_record(RECORD))
    assert made.startswith("before\n\n<!-- balance 2024-10-11 -->\n\n|")
    assert made.endswith("<!-- end of balance -->\n\nafter\n")
    assert "| Kenya | 1,000 |" in made
    assert "| SLV | – | – | – | – | – | – | – | not heard of yet |" in made
    assert "stale words" not in made


def test_it_has_the_six_days_in_their_order() -> None:
    assert re.findall(r"<!-- balance (\S+) -->", PAGE) == DAYS


@pytest.mark.parametrize("day", DAYS)
def test_every_day_has_the_six_countries_and_the_mission(day: str) -> None:
    rows = [line.split(" | ")[0].removeprefix("| ") for line in table(day).splitlines() if line.startswith("| ")]

    assert tuple(rows[1:]) == _NAMES


@pytest.mark.parametrize("day", DAYS)
def test_every_row_that_adds_up_is_named_under_the_table(day: str) -> None:
    """No pledge that counts, of whatever country, and no movement of the six is missing from the lists."""
    record = load_record(ROOT)
    rows, terms = balance(record, date.fromisoformat(day)), Terms(record)
    named = set(re.findall(r"\b[CKDS]-\d{4}\b", table(day)))

    pledges = {term.id for row in rows for term in terms.of(row) if term.row.table == "commitments"}
    shown = {term.id for row in rows if row.country in (*MAKER["SHOWN"], None) for term in terms.of(row)}
    assert named == pledges | shown
