"""The pages beside countries and sources: timeline, funding, conflicts, releases, codebook, checks, contributing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pytest

from edits import describe
from golden import build_base
from muster_cli.catalogue import catalogue
from musterroll.package.folder import Folder
from musterroll.release.content import read_content
from musterroll.site.checks import CheckLayer, CheckText
from musterroll.site.pages import checks, contribute, funding, releases
from musterroll.site.pages.page import html
from musterroll.site.subject import Subject
from site_releases import BREAKS_OUT
from sites import Pages, text_of


@pytest.fixture(scope="module")
def files(site_files: dict[str, bytes]) -> dict[str, bytes]:
    return site_files


@pytest.fixture(scope="module")
def pages(site_pages: Pages) -> Pages:
    return site_pages


def _within(tree: Element, tag: str, **attributes: str) -> list[Element]:
    """Elements of a kind with these attributes (an underscore stands for a hyphen)."""
    wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return [each for each in tree.iter(tag) if all(each.attrib.get(name) == value for name, value in wanted.items())]


def _said(element: Element) -> str:
    return " ".join(text_of(element).split())


def test_what_wants_to_be_more_than_text_is_text_on_every_page(pages: Pages) -> None:
    assert not list(pages.elements("img"))
    assert all(
        "src" in each.attrib or each.attrib["type"] == "application/ld+json" for _, each in pages.elements("script")
    )
    assert not [each for _, _, each in pages.addresses() if re.match(r"javascript:|data:|https?://elsewhere", each)]
    for path in ("releases.html", "releases/1.0.0-to-1.1.0.html", "conflicts.html"):
        assert BREAKS_OUT in text_of(pages.trees[path]), path
    assert not [name for _, each in pages.elements("td") for name in each.attrib if name == "style"]


def test_the_timeline_has_every_dated_act_once_in_the_order_of_time(pages: Pages) -> None:
    items = _within(pages.trees["timeline.html"], "li", class_="happening")
    ids = [item.attrib["id"] for item in items]

    assert len(ids) == 8 + 3 + 9 + 6 + 2  # revisions, settled conditions, movements, contributions, events
    assert {
        "commitments/C-0001/3",
        "conditions/K-0003",
        "deployments/D-0008",
        "contributions/M-0003",
        "events/E-0002",
    } <= {*ids}
    assert "conditions/K-0004" not in ids
    assert ids.index("events/E-0001") < ids.index("contributions/M-0006") < ids.index("commitments/C-0001/2")


def test_a_happening_can_be_asked_for_by_kind_country_and_every_year_it_may_be_in(pages: Pages) -> None:
    (gift,) = _within(pages.trees["timeline.html"], "li", id="contributions/M-0006")
    (condition,) = _within(pages.trees["timeline.html"], "li", id="conditions/K-0003")

    assert [gift.attrib[f"data-{name}"] for name in ("kind", "country", "year")] == ["money", "KEN", "2023 2024"]
    assert condition.attrib["data-country"] == "BHS"
    assert "20 December 2023 – 10 January 2024" in _said(gift)
    assert "day not exact" in _said(gift)
    options = {each.attrib["value"] for each in pages.trees["timeline.html"].iter("option")}
    assert {"money", "event-attack", "death", "KEN", "2024"} <= options
    assert "event-visit" not in options


def test_happenings_are_told_in_words(pages: Pages) -> None:
    told = {item.attrib["id"]: _said(item) for item in _within(pages.trees["timeline.html"], "li", class_="happening")}

    assert "Kenya: 1 police officer died in Haiti. D-0008" in told["deployments/D-0008"]
    assert "Kenya notified the United Nations of 1,000 police officers (MSS)." in told["commitments/C-0001/3"]
    assert "Bahamas: everybody left who had been on ships off Haiti." in told["deployments/D-0009"]
    assert "Bahamas: 1,000,000 USD paid to the trust fund." in told["contributions/M-0003"]
    assert "The fund as a whole: ≥ 60,000,001 USD paid to the trust fund." in told["contributions/M-0002"]
    assert "Kenya: money, amount not stated, promised to the mission." in told["contributions/M-0006"]
    assert "Bahamas: equipment, 2 patrol boats, handed over to the mission." in told["contributions/M-0001"]


def test_funding_adds_over_recipients_and_never_over_currencies_or_the_funds_own_totals(pages: Pages) -> None:
    tree = pages.trees["funding.html"]
    tables = {_said(next(table.iter("caption"))): table for table in tree.iter("table")}
    rows = {
        caption: [[_said(cell) for cell in row] for row in table.iter("tr")] for caption, table in tables.items()
    }  # fmt: skip

    dollars = rows["Whole units of USD; read along a row, never add along it"]
    assert ["Bahamas", "–", "≥ 3,000,000"] in dollars
    assert ["Kenya", "?", "–"] in dollars
    euros = rows["Whole units of EUR; read along a row, never add along it"]
    assert euros[1:] == [["Bahamas", "7,000,000 (6,300,000–7,700,000)"]]
    assert [row[3] for row in rows["Totals and targets as reported"][1:]] == ["≥ 60,000,001 USD"]
    assert any(row[:4] == ["Bahamas", "equipment", "delivered", "2 patrol boats"] for row in rows[
        "Gifts in kind by giver, recipient and status"
    ])  # fmt: skip
    assert [row[-1] for row in rows["Payments of money to the missions"][1:]] == ["M-0003", "M-0004"]
    assert "had been paid USD ≥ 3,000,000, in money." in _said(tree)


def test_without_any_money_the_page_says_so_and_draws_nothing(tmp_path: Path) -> None:
    package = build_base("mission", tmp_path / "mission")
    lines = (package / "data/contributions.csv").read_text().splitlines()
    (package / "data/contributions.csv").write_text(f"{lines[0]}\n{lines[1]}\n")
    subject = Subject(read_content(Folder(package)))
    (page,) = funding.pages(subject)

    assert page.charts == ()
    assert "no payment of money to the missions is known" in html(page, subject, [])


def test_a_conflict_shows_each_source_its_rank_and_why(pages: Pages) -> None:
    (dispute,) = _within(pages.trees["conflicts.html"], "article", id="deployments/D-0001/personnel")
    rows = [[_said(cell) for cell in row.iter("td")] for row in dispute.iter("tr")]

    assert "The record has 200." in _said(dispute)
    assert rows[1][:2] == ["200", "supports preferred: sets the cell"]
    assert any(row[:2] == ["196", "conflicts"] and row[3] == "Counted at the airport." for row in rows[2:] if row)
    assert [_said(each) for each in dispute.iter("del")] == ["400"]
    (fold,) = dispute.iter("details")
    assert "1 set aside" in _said(fold)


def test_what_was_only_set_aside_is_no_open_conflict(pages: Pages) -> None:
    tree = pages.trees["conflicts.html"]
    (dispute,) = _within(tree, "article", id="contributions/M-0001/amount")

    assert "no credible source disagrees" in _said(dispute)
    assert len(list(tree.iter("article"))) == 2
    assert "1 field of which credible sources say different things" in _said(tree)
    assert "2 further statements were set aside" in _said(tree)


def test_a_record_without_conflicts_says_so(tmp_path: Path) -> None:
    from musterroll.site.pages import conflicts

    subject = Subject(read_content(Folder(build_base("mission", tmp_path / "mission"))))
    (page,) = conflicts.pages(subject)

    assert "No source of this record contradicts another" in html(page, subject, [])


def test_every_column_has_its_anchor_in_the_codebook(pages: Pages, tmp_path: Path) -> None:
    ids = set(pages.ids("codebook.html"))
    content = read_content(Folder(build_base("mission", tmp_path / "mission")))

    assert {f"{table.name}.{column}" for table in content.tables.values() for column in table.header} <= ids
    assert {"deployments.personnel_min", "balance.present_min", "funding"} <= ids
    (column,) = [
        each for each in pages.trees["codebook.html"].iter("div") if each.attrib.get("id") == "conditions.status"
    ]
    assert [_said(code) for code in column.iter("code")] == ["status", "open", "met", "failed"]
    links = {link.attrib["href"] for link in pages.trees["codebook.html"].iter("a")}
    assert {"#missions.mission_id", "rows/deployments.html"} <= links


def test_every_check_stands_under_its_id_with_reason_and_remedy(pages: Pages) -> None:
    tree = pages.trees["checks.html"]
    found = {each.attrib["id"]: each for each in _within(tree, "article", class_="check")}

    assert set(found) == {check.id for layer in catalogue() for check in layer.checks}
    assert all([_said(term) for term in each.iter("dt")] == ["Why", "Fails", "Mend"] for each in found.values())
    assert next(_said(code) for code in found["category"].iter("code")) == "categories"


def test_a_lone_backtick_in_a_check_stays_one(tmp_path: Path) -> None:
    check = CheckText("one", "error", "No ` in <b>.", "why", "`a` and `b`", "remedy")
    content = read_content(Folder(build_base("mission", tmp_path / "mission")))
    subject = Subject(content, checks=(CheckLayer("facts", "Why?", (check,)),))
    (page,) = checks.pages(subject)
    text = html(page, subject, [])

    assert "No ` in &lt;b&gt;." in text
    assert "<code>a</code> and <code>b</code>" in text


def test_without_a_catalogue_the_page_says_where_it_is(tmp_path: Path) -> None:
    subject = Subject(read_content(Folder(build_base("mission", tmp_path / "mission"))))
    (page,) = checks.pages(subject)
    (alone,) = releases.pages(subject)

    assert "muster checks" in html(page, subject, [])
    assert "no folder of releases was at hand" in html(alone, subject, [])


@pytest.mark.parametrize("homepage", [None, "https://record.example/home"])
def test_an_address_to_write_to_is_given_only_if_the_descriptor_has_one(tmp_path: Path, homepage: str | None) -> None:
    package = build_base("mission", tmp_path / "mission")
    describe(package, homepage=homepage)
    subject = Subject(read_content(Folder(package)))
    (page,) = contribute.pages(subject)
    text = html(page, subject, [])

    assert ("https://record.example/home" in text) == (homepage is not None)
    assert ("gives no address of its own" in text) == (homepage is None)


def test_every_chart_can_be_had_as_a_file_that_needs_nothing_else(files: dict[str, bytes]) -> None:
    names = {path.removesuffix(".svg") for path in files if path.startswith("charts/") and path.endswith(".svg")}

    assert {"charts/promised", "charts/promised-KEN", "charts/money", "charts/map"} <= names
    for name in names:
        root = ET.fromstring(files[f"{name}.svg"])
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert {"title", "desc", "path"} <= tags, name
        assert not tags & {"script", "style", "image", "a", "foreignObject"}, name
        assert b"var(" not in files[f"{name}.svg"], name
    pixels = {path for path in files if path.endswith(".png")}
    assert pixels == {"charts/promised.png", "charts/money.png", "charts/map.png"}
    assert all(files[path].startswith(b"\x89PNG\r\n\x1a\n") for path in pixels)
    text = " ".join("".join(ET.fromstring(files["charts/promised.svg"]).itertext()).split())
    assert "Data: mission 1.1.0, complete up to 31 December 2025." in text
    assert "Promises end with the mission" in text


def test_a_chart_to_explore_is_compiled_and_its_engine_comes_with_its_licences(files: dict[str, bytes]) -> None:
    before, data = files["charts/promised-KEN.js"].decode().removesuffix(";\n").split(" = ", 1)
    chart = json.loads(data)

    assert before == 'window.musterCharts["promised-KEN"]'
    assert chart["specification"]["$schema"].endswith("/vega/v6.json")
    assert chart["colours"]["#0a5a90"] == "--came"
    assert "charts/map.js" not in files
    assert b"new Function" not in files["assets/explore.js"]
    assert b"University of Washington" in files["assets/vega.js.LICENSE.txt"]
    assert {*re.findall(rb"https?://[a-z0-9.]+", files["assets/vega.js"])} == {
        b"http://www.w3.org"
    }  # names, not places
