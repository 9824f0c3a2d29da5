"""Whoever doubts a number gets from it to its sources in one command."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import replace as replaced
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from muster_cli.render.checks import render_checks_page
from muster_cli.render.explain import render_check
from muster_validators import CATALOGUES
from muster_validators.examples.example import Example, FileChange, Line
from muster_validators.examples.shipped import example_of
from muster_validators.finding import Related
from running import RECORD, ROOT, copy_of_record, muster, replace
from worked_examples import INFOS

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


@pytest.mark.parametrize("check", sorted(INFOS))
def test_every_check_says_what_must_hold_why_what_fails_and_how_to_mend_it_with_an_example(check: str) -> None:
    lines = text_of(check).splitlines()
    said = example_of(INFOS[check])

    assert said
    assert lines[0].startswith(check)
    labels = [line.split()[0] for line in lines if line[:2] == "  " and line[2:3].strip()]
    assert [label for label in labels if label in {"why", "fails", "mend"}][:3] == ["why", "fails", "mend"]
    assert any(line.startswith("example: ") for line in lines)
    found = lines[lines.index("then muster says") + 1].split()
    assert found[0] == said.finding.severity
    assert found[1].split(":")[0] in {said.finding.file, said.finding.table, "the"}


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


@pytest.mark.parametrize(
    ("wrong", "right"), [("type-eror", "type-error"), ("Deployed_Within_Pledged", "deployed-within-pledged")]
)
def test_who_misspells_a_check_is_told_the_right_name_wherever_he_stands(
    wrong: str, right: str, tmp_path: Path
) -> None:
    for package in (RECORD, tmp_path):
        result = muster("explain", wrong, package)

        assert result.code == 2
        assert f"Did you mean {right}" in result.stderr


def test_where_there_is_no_package_a_row_is_not_unknown_but_unavailable(tmp_path: Path) -> None:
    assert muster("explain", "D-0001", tmp_path).code == 4


_HOSTILE = "x\x1b[2J\r\n# y ```` <script> [bold]"


def _hostile_example() -> Example:
    key = {"id": _HOSTILE}
    finding = INFOS["type-error"].finding(_HOSTILE, table=_HOSTILE, key=key, field=_HOSTILE, value=_HOSTILE)
    related = tuple(Related(table="t", key=key, says=_HOSTILE, file=_HOSTILE, line=n) for n in range(12))
    lines = (Line("-", _HOSTILE, _HOSTILE), Line("+", "2", _HOSTILE))
    return Example(
        None, replaced(finding, related=related), (FileChange(_HOSTILE, "changed", lines, 3),), _HOSTILE, others=2
    )


def test_an_example_cannot_speak_to_the_terminal() -> None:
    text = render_check(INFOS["type-error"], _hostile_example())

    assert not {char for char in text if unicodedata.category(char) == "Cc"} - {"\n"}
    assert not any(line.startswith("# y") for line in text.splitlines())
    assert "[bold]" in text
    assert "and 3 more lines" in text
    assert "and 2 more rows" in text
    assert "and 2 other findings" in text


def test_nothing_in_an_example_ends_its_fence() -> None:
    page = render_checks_page("structure", {"type-error": INFOS["type-error"]}, lambda _: _hostile_example())

    tokens = MarkdownIt().parse(page)
    fences = [token for token in tokens if token.type == "fence"]
    assert [token.info for token in fences] == ["diff", "text"]
    assert [len(token.content.splitlines()) for token in fences] == [4, 14]
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2"]


def test_what_is_added_is_green_and_what_is_gone_is_red() -> None:
    text = render_check(INFOS["type-error"], _hostile_example(), colour=True)

    assert "\x1b[31m  - " in text
    assert "\x1b[32m  + " in text


@pytest.mark.parametrize(
    ("page", "options"),
    [("README", []), *((layer, ["--layer", layer]) for layer in CATALOGUES)],
    ids=lambda it: str(it),
)
def test_the_pages_of_the_catalogue_are_what_the_checks_say(page: str, options: list[str], accept: bool) -> None:
    text, place = muster("checks", "--format", "markdown", *options).stdout, ROOT / f"docs/checks/{page}.md"
    if accept:
        place.write_text(text)

    assert text == place.read_text()


def test_every_link_of_the_catalogue_leads_to_a_section() -> None:
    index = (ROOT / "docs/checks/README.md").read_text()

    for page, check in re.findall(r"\]\((\w+\.md)#([\w-]+)\)", index):
        assert f"\n## {check}\n" in (ROOT / "docs/checks" / page).read_text()
    assert len(re.findall(r"^\| \[", index, re.MULTILINE)) == len(INFOS)
