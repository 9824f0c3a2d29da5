"""Pages that open from a folder: complete, linked, without scripts, and no cell is ever markup."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from golden import build_base
from running import RECORD, ROOT, copy_of_record, muster, seal

EVIL = "<script>alert(1)</script>"
TRICKS = (
    "</script><img src=x onerror=alert(1)>",
    "$ferry ${HOME} {{ 7*7 }} {% raw %}",
    "javascript:alert(1)",
    "&lt;b&gt;",
)


class Page(HTMLParser):
    """Tags, addresses and text of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.policy = ""
        self.feed(path.read_text())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag and where it leads."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if ("http-equiv", "Content-Security-Policy") in attrs:
            self.policy = dict(attrs)["content"] or ""
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action", "data"}]

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text += f" {data}"


@pytest.fixture
def ferries(tmp_path: Path) -> Path:
    """A release in which every expectation of the layer has something to find."""
    folder = build_base("ferries", tmp_path / "ferries")
    data = folder / "data/crossings.csv"
    lines = data.read_text().replace("storm", "windy").replace("Jean Noir", "").splitlines()[:30]
    lines[2] = f"2,1924-01-09,{EVIL},windy,99999,34.5,\u202ered"
    data.write_text("\n".join(lines) + "\n")
    seal(folder)
    return folder


@pytest.fixture
def docs(ferries: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    result = muster("validate", ferries, "--against", ROOT / "tests/packages/ferries", "--data-docs", folder)
    assert result.code == 1
    assert f"open {folder / 'index.html'} in a browser" in result.stderr
    return folder


def test_the_index_leads_to_a_page_per_table_and_says_what_was_found(docs: Path) -> None:
    index = Page(docs / "index.html")

    assert index.addresses == [
        "01-crossings.html",
        "02-codes-derived.html",
        "03-crossings-numbers-and-days-since-2024-01.html",
        "04-sizes-derived.html",
    ]
    assert {path.name for path in docs.iterdir()} == {"index.html", *index.addresses}
    assert "ferries 1.0.0" in index.text
    for check in ("row-count", "fill-rate", "category-new", "category-lost", "value-range"):
        assert check in index.text
    assert "data/crossings.csv:3:14" in index.text


def test_a_page_says_what_was_expected_and_what_was_seen(docs: Path) -> None:
    text = " ".join(Page(docs / "01-crossings.html").text.split())

    assert "at least 38 rows 29 rows" in text
    assert "captain at least 73.1% filled" in text
    assert "ferry one of: Astrid, Bonita, Celia 1 of 29 values outside" in text
    assert "still in use: calm, storm, windy gone: storm" in text
    assert "between 0 and 339 1 of 29 values outside 99,999 not met" in text
    assert "1924-01-09" in text


def test_a_page_of_a_derived_table_says_which_of_its_rows_do_not_fit(tmp_path: Path) -> None:
    before = ROOT / "tests/packages/ferries"
    ferries = build_base("ferries", tmp_path / "ferries")
    data = ferries / "data/crossings.csv"
    data.write_text(data.read_text().replace("storm", "calm", 4).replace(",34.5,", ",0.345,"))
    rows = [f"{41 + number},2024-06-01,Celia,calm,90,30.5," for number in range(60)]
    data.write_text(data.read_text() + "\n".join(rows) + "\n")

    muster("validate", ferries, "--against", before, "--data-docs", tmp_path / "docs")

    pages = {path.stem[3:]: " ".join(Page(path).text.split()) for path in (tmp_path / "docs").glob("0*.html")}
    assert "crossings weather storm: 4 and 6" in pages["codes-derived"]
    assert "crossings: 90 and 100" in pages["sizes-derived"]
    assert "25%: between" in pages["crossings-numbers-and-days-since-2024-01"]
    assert "anything" in pages["crossings-numbers-and-days-since-2024-01"]
    assert "(Kullback-Leibler), at most 0.35" in pages["crossings"]


def test_a_cell_is_text_and_a_page_asks_nobody(docs: Path) -> None:
    for path in docs.iterdir():
        page = Page(path)
        assert not page.tags & {"script", "iframe", "object", "embed", "link", "img", "form", "base"}
        assert not {name for name in page.attributes if name.startswith("on")}
        assert all((docs / address).is_file() for address in page.addresses)
        assert "://" not in path.read_text()
        assert "default-src 'none'" in path.read_text()
    assert EVIL in Page(docs / "01-crossings.html").text
    assert "\u202e" not in "".join(path.read_text() for path in docs.iterdir())


def test_no_cell_name_or_title_is_markup_or_a_template(tmp_path: Path) -> None:
    old, new = (build_base("ferries", tmp_path / name) for name in ("old", "new"))
    for folder in (old, new):
        descriptor = json.loads((folder / "datapackage.json").read_text())
        descriptor["name"] = descriptor["version"] = descriptor["resources"][0]["name"] = TRICKS[0]
        (folder / "datapackage.json").write_text(json.dumps(descriptor))
        for path in ("data/crossings.csv", "schemas/crossings.json"):
            (folder / path).write_text((folder / path).read_text().replace("captain", TRICKS[1]))
    data = old / "data/crossings.csv"
    data.write_text(data.read_text().replace("Astrid", TRICKS[2]).replace("Celia", TRICKS[3]))

    muster("validate", new, "--against", old, "--data-docs", tmp_path / "docs")

    pages = {path.name: Page(path) for path in (tmp_path / "docs").iterdir()}
    for name, page in pages.items():
        assert not page.tags & {"script", "iframe", "object", "embed", "link", "img", "form", "base"}, name
        assert not {attribute for attribute in page.attributes if attribute.startswith("on")}, name
        assert set(page.addresses) <= set(pages), name
        assert "default-src 'none'" in page.policy
        assert "script-src" not in page.policy
    shown = " ".join(page.text for page in pages.values())
    for trick in TRICKS:
        assert trick in shown
    assert "49" not in pages["index.html"].text


@pytest.mark.slow
def test_a_record_has_pages_without_a_release_before_too(tmp_path: Path) -> None:
    assert muster("validate", RECORD, "--data-docs", tmp_path / "docs").code == 0

    index = Page(tmp_path / "docs/index.html")
    assert "Compared with no other release." in index.text
    balance = next(address for address in index.addresses if "balance" in address)
    assert "deployed_min ≤ allowed_max" in Page(tmp_path / "docs" / balance).text


def test_what_could_not_be_judged_is_on_the_index(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    (package / "data/events.csv").write_text(f'{EVIL}"\n')
    seal(package)

    assert muster("validate", package, "--data-docs", tmp_path / "docs").code == 1

    assert "value-range on events: its structure has errors" in " ".join(
        Page(tmp_path / "docs/index.html").text.split()
    )


def test_where_the_layer_does_not_apply_the_page_says_so(tmp_path: Path) -> None:
    assert muster("validate", ROOT / "tests/packages/ferries", "--data-docs", tmp_path / "docs").code == 0

    assert "does not apply: no release to compare with" in Page(tmp_path / "docs/index.html").text


def test_a_second_run_replaces_the_pages_and_nothing_else(docs: Path, ferries: Path) -> None:
    assert muster("validate", ferries, "--data-docs", docs).code == 0
    assert [path.name for path in docs.iterdir()] == ["index.html"]

    (docs / "notes.txt").write_text("mine")
    result = muster("validate", ferries, "--data-docs", docs)
    assert result.code == 4
    assert "notes.txt is not a page of ours" in result.stderr
    assert (docs / "notes.txt").read_text() == "mine"
