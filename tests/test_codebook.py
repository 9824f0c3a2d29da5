"""The codebook says what the tables say, names rows that exist, and links to places that are there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

import musterroll
from metadata_of import make
from running import ROOT, muster

TABLES = ROOT / "docs/codebook/tables.md"
WRITTEN = [ROOT / "docs/codebook/README.md", ROOT / "docs/codebook/rules.md", ROOT / "docs/balances.md"]
_SCHEMA = {"fields": [{"name": "one"}]}
_ID = re.compile(r"\b[CKMDSEVX]-\d{4}\b|\bseed-\d{3}\b")
_LINK = re.compile(r"\]\((?!https?:)([^)\s]+)\)")

pages = pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)


def test_the_page_of_tables_is_what_the_command_prints() -> None:
    assert muster("codebook", ROOT).stdout == TABLES.read_text()


def test_a_release_changes_nothing_in_it_but_what_its_schemas_change(tmp_path: Path) -> None:
    """Rows, version and citation are left out, so that a page in a repository stays true."""
    one = make(tmp_path / "one", {"version": "1.0.0"}, {"t": (_SCHEMA, "one\na\n")})
    two = make(tmp_path / "two", {"version": "2.0.0", "created": "2026-01-01"}, {"t": (_SCHEMA, "one\na\nb\n")})

    text = muster("codebook", one).stdout
    assert text == muster("codebook", two).stdout
    assert "| [`t`](#t) | t | 1 | none |" in text
    assert "Rows: " not in text
    assert "2.0.0" not in text


def test_it_can_be_written_to_a_file_and_describes_any_package(tmp_path: Path) -> None:
    package = make(tmp_path / "made", {"title": "<script>"}, {"t": (_SCHEMA, "one\na\n")})
    target = tmp_path / "tables.md"

    assert muster("codebook", package, "--output", target).code == 0
    assert target.read_text().startswith("# Tables, columns and codes: &lt;script&gt;\n")


def test_what_is_no_package_has_no_codebook(tmp_path: Path) -> None:
    result = muster("codebook", tmp_path)

    assert (result.code, result.stdout) == (4, "")


@pages
def test_every_row_that_a_page_names_exists(page: Path) -> None:
    named = set(_ID.findall(page.read_text()))

    assert named
    assert sorted(named - _ids()) == []


@pages
def test_every_revision_that_a_page_names_exists(page: Path) -> None:
    commitments = musterroll.open(ROOT).texts["commitments"]
    known = set(zip(commitments.column("commitment_id"), commitments.column("revision"), strict=True))

    named = re.findall(r"(C-\d{4})`?,? \(?revision (\d+)", page.read_text())
    assert set(named) <= known


@pytest.mark.parametrize("page", [*WRITTEN, TABLES], ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = _LINK.findall(page.read_text())

    assert links
    for link in links:
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not fragment or unquote(fragment) in _anchors(target), link


def test_the_rules_explain_every_code_that_decides_what_counts() -> None:
    """Qualifiers, ranks, stances, places, measures and what was done with money: the rules name each."""
    rules, texts = WRITTEN[1].read_text(), musterroll.open(ROOT).texts
    fields = {
        "commitments": ("personnel_qualifier",),
        "evidence": ("rank", "stance"),
        "deployments": ("place",),
        "strengths": ("measure",),
        "contributions": ("status",),
    }
    codes = {
        item["value"]
        for table, columns in fields.items()
        for column in columns
        for item in texts[table].schema.fields[column]["categories"]
    }

    assert sorted(code for code in codes if code not in rules) == []


@cache
def _ids() -> frozenset[str]:
    tables = musterroll.open(ROOT).texts
    return frozenset(cell for table in tables.values() for cell in table.column(table.header[0]))


@cache
def _anchors(page: Path) -> frozenset[str]:
    """Ids that the page sets itself, and those that a forge makes of its headings."""
    text = page.read_text()
    tokens = MarkdownIt().parse(text)
    headings = [tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open"]
    made = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return frozenset({*made, *map(unquote, re.findall(r'<a id="([^"]+)">', text))})
