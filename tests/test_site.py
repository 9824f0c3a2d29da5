"""The site of a record: whole, self-contained, linked throughout, and inert whatever the cells hold."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from edits import describe
from golden import build_base
from musterroll.release.content import read_content
from musterroll.site.model.front import figures
from musterroll.site.subject import Subject
from running import ROOT
from site_releases import BREAKS_OUT
from sites import Pages, rendered, text_of

_PROBLEM = BREAKS_OUT


@pytest.fixture(scope="module")
def files(site_files: dict[str, bytes]) -> dict[str, bytes]:
    return site_files


@pytest.fixture(scope="module")
def pages(site_pages: Pages) -> Pages:
    return site_pages


def test_nothing_is_asked_of_another_host(files: dict[str, bytes], pages: Pages) -> None:
    found = [(page, str(element.tag).rpartition("}")[2], address) for page, element, address in pages.addresses()]
    asked = [each for each in found if each[1] != "a"]

    assert asked
    assert not [each for each in asked if re.match(r"[a-z]+:|//", each[2])]
    assert {tag for _, tag, _ in asked} == {"link", "script"}
    assert not re.search(rb"@import|url\(", files["assets/site.css"])
    assert not re.search(rb"animation|transition|scroll-behavior", files["assets/site.css"]), "nothing moves"
    assert not re.search(
        rb"fetch\(|XMLHttpRequest|import\(|https?:", files["assets/site.js"] + files["assets/theme.js"]
    )


def test_links_to_other_hosts_give_nothing_away(pages: Pages) -> None:
    outward = [element for _, element, address in pages.addresses() if re.match(r"[a-z]+:|//", address)]

    assert outward
    assert all(element.attrib["href"].startswith(("https://", "http://")) for element in outward)
    assert all({"noopener", "noreferrer"} <= set(element.attrib["rel"].split()) for element in outward)


def test_every_link_arrives_at_a_file_and_at_an_anchor_in_it(pages: Pages) -> None:
    ids = {path: set(pages.ids(path)) for path in pages.trees}
    lost = []
    for page, _, address in pages.addresses():
        if not re.match(r"[a-z]+:", address):
            path, anchor = pages.target(page, address)
            if path not in pages.files or (anchor and anchor not in ids[path]):
                lost.append((page, address))

    assert not lost


def test_every_id_stands_once_on_its_page(pages: Pages) -> None:
    doubled = {
        path: sorted({id for id in ids if ids.count(id) > 1}) for path in pages.trees if (ids := pages.ids(path))
    }

    assert not {path: ids for path, ids in doubled.items() if ids}


def test_every_page_has_landmarks_a_skip_link_one_heading_and_a_language(pages: Pages) -> None:
    for path, tree in pages.trees.items():
        assert tree.attrib["lang"] == "en", path
        assert [len(list(tree.iter(tag))) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1], path
        first = next(iter(tree.iter("a")))
        assert (first.attrib["class"], first.attrib["href"]) == ("skip", "#main"), path
        levels = [int(element.tag[1]) for element in tree.iter() if re.fullmatch("h[1-6]", str(element.tag))]
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)
        assert all(nav.attrib["aria-label"] for nav in tree.iter("nav")), path


def test_every_table_says_what_it_is_and_which_cells_are_headings(pages: Pages) -> None:
    tables = list(pages.elements("table"))

    assert tables
    for path, table in tables:
        (caption,) = table.iter("caption")
        assert text_of(caption).strip(), path
        assert all("scope" in heading.attrib for heading in table.iter("th")), path


def test_every_chart_has_a_title_a_description_and_a_table_behind_it(pages: Pages) -> None:
    charts = [(path, figure) for path, figure in pages.elements("figure")]

    assert {path for path, _ in charts} >= {"index.html", "countries.html", "countries/KEN.html"}
    for path, figure in charts:
        tags = [str(element.tag).rpartition("}")[2] for element in figure.iter()]
        assert {"svg", "title", "desc"} <= set(tags), path
        assert "table" in tags or len(list(pages.trees[path].iter("table"))), path


def test_the_front_page_gives_the_numbers_in_words_with_their_range(pages: Pages) -> None:
    text = " ".join(text_of(pages.trees["index.html"]).split())

    assert "On 31 December 2025" in text
    assert "an unstated number of people were promised to the Gang" in text
    assert "407 people were in Haiti" in text
    assert "1 pledge gives no number" in text


def test_a_row_stands_with_its_evidence_under_its_own_anchor(pages: Pages) -> None:
    rows = {element.attrib["id"]: element for element in pages.trees["rows/commitments.html"].iter("article")}

    assert {"C-0001/1", "C-0001/2", "C-0001/3"} <= set(rows)
    assert "C-0001" in pages.ids("rows/commitments.html")
    assert "V-0005" in {element.attrib.get("id") for element in rows["C-0001/1"].iter("tr")}


def test_every_piece_of_evidence_stands_somewhere_and_names_its_source(two_releases: Path, pages: Pages) -> None:
    written = {line.split(",")[0] for line in (two_releases / "1.1.0/data/evidence.csv").read_text().splitlines()[1:]}
    shown = {id for path in pages.trees if path.startswith("rows/") for id in pages.ids(path) if id.startswith("V-")}

    assert shown == written


def test_a_source_says_what_it_supports(pages: Pages) -> None:
    sources = {element.attrib["id"]: element for element in pages.trees["sources.html"].iter("article")}

    links = {link.attrib["href"] for link in sources["gazette-2023-10-05"].iter("a")}
    assert "rows/commitments.html#C-0001/1" in links


def test_numbers_of_a_country_lead_to_the_rows_that_add_up_to_them(pages: Pages) -> None:
    links = {link.attrib["href"] for link in pages.trees["countries/KEN.html"].iter("a")}

    assert {"../rows/deployments.html#D-0001", "../rows/deployments.html#D-0006", "#adds-up-GSF"} <= links


def test_every_number_of_people_leads_to_its_evidence(pages: Pages) -> None:
    cells = [
        (path, cell)
        for path, table in pages.elements("table")
        if path.startswith(("index", "countr"))
        for cell in table.iter("td")
        if "n" in cell.attrib.get("class", "").split() and text_of(cell).strip() not in {"–", "0"}
    ]

    assert len(cells) > 100
    assert not [(path, text_of(cell)) for path, cell in cells if not list(cell.iter("a"))]


def test_every_amount_of_money_leads_to_its_evidence(pages: Pages) -> None:
    rows = [row for table in pages.trees["funding.html"].iter("table") for row in table.iter("tr")]
    amounts = [row for row in rows if re.search(r"\d", "".join(text_of(cell) for cell in row.iter("td")))]

    assert amounts
    assert all(list(row.iter("a")) for row in amounts)


def test_a_step_of_a_chart_names_the_rows_because_of_which_a_number_changed(pages: Pages) -> None:
    (table,) = [each for each in pages.trees["countries/KEN.html"].iter("table") if each.attrib.get("class") == "steps"]
    steps = {
        text_of(next(row.iter("time"))): list(row.iter("td")) for row in table.iter("tr") if list(row.iter("time"))
    }
    because = {day: text_of(cells[-1]).split() for day, cells in steps.items()}
    promised, came = steps["2024-06-25"][1], steps["2024-06-25"][4]

    assert because["2023-07-29"] == ["C-0001/1", "K-0001"]
    assert because["2023-10-02"] == ["K-0001", "C-0001/1"], "a condition was met, so the promise is in force"
    assert because["2024-03-12"] == ["C-0001"], "the chain, in which the promise was suspended"
    assert because["2024-06-25"] == ["D-0001"]
    assert because["2024-07-17"] == ["D-0002"], "from this day on they had come for sure"
    assert because["2025-10-03"] == ["GSF"], "with the mission its promises end"
    assert because["2025-12-31"] == ["–"]
    assert [link.attrib["href"].rpartition("#")[2] for cell in (promised, came) for link in cell.iter("a")] == [
        "C-0001/3",
        "D-0001",
    ]


def test_the_description_for_search_engines_is_json(pages: Pages) -> None:
    (data,) = [each for _, each in pages.elements("script") if each.attrib.get("type") == "application/ld+json"]

    assert json.loads(text_of(data))["@type"] == "Dataset"


def test_a_policy_forbids_whatever_is_not_ours(pages: Pages) -> None:
    for path, tree in pages.trees.items():
        (policy,) = [each.attrib["content"] for each in tree.iter("meta") if "http-equiv" in each.attrib]
        assert policy.startswith("default-src 'none'; script-src 'self' file:;"), path
        assert "unsafe" not in policy
        assert not [
            name for each in tree.iter() for name in each.attrib if str(name).startswith("on") or name == "style"
        ]
        assert all("src" in each.attrib or each.attrib["type"] == "application/ld+json" for each in tree.iter("script"))


@pytest.mark.slow
def test_another_time_zone_and_hash_seed_make_the_same_bytes(two_releases: Path, files: dict[str, bytes]) -> None:
    script = (
        "import hashlib, json, sys, pathlib, site_releases; from musterroll.site.model import changes\n"
        "changes.APART = 1_100; made = site_releases.rendered_with_releases(pathlib.Path(sys.argv[1]))\n"
        "print(json.dumps({path: hashlib.sha256(data).hexdigest() for path, data in made.items()}))"
    )
    result = subprocess.run(
        [sys.executable, "-c", script, two_releases],
        env={**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT / "tests")},
        check=True,
        capture_output=True,
        text=True,
    )

    assert json.loads(result.stdout) == {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}


def test_people_on_ships_are_told_apart_from_those_in_haiti(tmp_path: Path) -> None:
    package = build_base("mission", tmp_path / "mission")
    describe(package, horizon="2024-11-15")

    told = {figure.title: figure for figure in figures(Subject(read_content(package)))}

    assert (told["In Haiti"].number, told["Deployed"].number) == ("426", "486 (480–492)")


def test_before_anything_was_promised_the_site_says_that_there_is_nothing(tmp_path: Path) -> None:
    package = build_base("mission", tmp_path / "mission")
    describe(package, horizon="2023-01-01")

    pages = Pages.of(rendered(package))
    text = " ".join(text_of(pages.trees["index.html"]).split())
    assert "nobody was promised to the Multinational Security Support mission" in text
    assert "nobody was in Haiti" in text
    assert not list(pages.trees["index.html"].iter("figure"))


def test_what_is_known_to_be_wrong_is_said_on_the_front_page(pages: Pages) -> None:
    assert _PROBLEM in text_of(pages.trees["index.html"])
