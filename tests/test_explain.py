"""Whoever doubts a number gets from it to its sources in one command."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from muster_validators import CATALOGUES
from running import RECORD, ROOT, copy_of_record, muster, replace

_IDS = {
    "missions": "mission_id",
    "commitments": "commitment_id",
    "conditions": "condition_id",
    "contributions": "contribution_id",
    "deployments": "deployment_id",
    "strengths": "strength_id",
    "events": "event_id",
    "event_figures": "figure_id",
    "sources": "source_id",
    "evidence": "evidence_id",
    "countries": "country_code",
}


def text_of(id: str) -> str:
    result = muster("explain", id, RECORD)
    assert result.code == 0
    return result.stdout


@pytest.mark.parametrize("check", sorted(id for catalogue in CATALOGUES.values() for id in catalogue))
def test_every_check_says_what_must_hold_why_what_fails_and_how_to_mend_it(check: str) -> None:
    lines = text_of(check).splitlines()

    assert lines[0].startswith(check)
    assert [line.split()[0] for line in lines if line[2:3].strip() and line.split()[0] in {"why", "fails", "mend"}]


@pytest.mark.parametrize(("table", "column"), _IDS.items())
def test_every_table_with_ids_can_be_asked(table: str, column: str) -> None:
    first = next(csv.DictReader((RECORD / f"data/{table}.csv").read_text().splitlines()))

    text = text_of(first[column])

    assert f"data/{table}.csv:2" in text
    assert column in text


def test_an_arrival_leads_to_its_sources_its_pledge_and_the_stocks_it_counts_towards() -> None:
    text = text_of("D-0001")

    assert "supports, preferred  personnel = 196  seed-003 par. 1" in text
    assert "396 − 200 = 196" in text
    assert "its pledge: C-0001" in text
    assert "a stock it counts towards: S-0001" in text
    assert "S-0005" not in text


def test_a_pledge_leads_to_its_conditions_parts_and_people() -> None:
    text = text_of("C-0001")

    assert "its condition: K-0001" in text
    assert "a part of it: C-0017" in text
    assert "people who came under it: D-0001" in text
    assert "the whole it is part of: C-0001" in text_of("C-0017")


def test_a_stock_leads_to_the_movements_up_to_then_and_an_event_to_its_figures() -> None:
    assert "a movement up to then: D-0002" in text_of("S-0001")
    assert "its figure: F-" in text_of("E-0050")
    assert "who took part: " in text_of("E-0050")


def test_a_source_leads_to_all_that_cites_it() -> None:
    text = text_of("seed-003")

    assert "cited by" in text
    assert "D-0001 personnel = 196" in text


def test_an_unknown_id_is_wrong_use_and_says_where_to_look() -> None:
    result = muster("explain", "X-9999", RECORD)

    assert result.code == 2
    assert "muster checks" in result.stderr


def test_a_cell_cannot_speak_to_the_terminal(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    replace(package, "data/deployments.csv", "Second group.", "\u202e[bold]x")

    text = muster("explain", "D-0002", package).stdout

    assert "\\u202e[bold]x" in text


def test_the_catalogue_page_is_what_the_checks_say() -> None:
    assert muster("checks", "--format", "markdown").stdout == (ROOT / "docs/checks/README.md").read_text()
