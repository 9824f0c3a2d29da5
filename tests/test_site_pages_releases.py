"""The pages about releases: what they are, what changed between them, cell by cell, and nothing that was not proved."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from golden import build_base
from musterroll.errors import Unusable
from musterroll.package.folder import Folder
from musterroll.release.checksums import sha256_of
from musterroll.site.changelog import as_html
from musterroll.site.model import changes
from musterroll.site.model.changes import Altered, Pair, pair, pairs
from musterroll.site.pages import releases
from musterroll.site.pages.page import html
from musterroll.site.published import Published, published, releases_beside
from shelves import index_of, sum_up, withdraw, write_index
from site_releases import LONG, subject_of


@pytest.fixture(scope="module")
def folder(two_releases: Path) -> Path:
    return two_releases


@pytest.fixture(scope="module")
def both(folder: Path) -> tuple[Published, ...]:
    return published(folder, "mission")


@pytest.fixture(scope="module")
def found(both: tuple[Published, ...]) -> Pair:
    return pair(*both)


def test_releases_are_told_with_their_day_their_step_and_what_is_known_to_be_wrong(
    both: tuple[Published, ...],
) -> None:
    first, second = both

    assert [(each.version, each.created, each.bump) for each in both] == [
        ("1.0.0", "2026-01-02", None),
        ("1.1.0", "2026-03-04", "minor"),
    ]
    assert (first.briefly, first.problems) == ("A small mission.", ())
    assert str(second.briefly).startswith("More money.")
    assert len(second.problems) == 1
    assert pairs(both) == [(first, second)]


def test_changes_are_told_row_by_row_and_cell_by_cell(found: Pair) -> None:
    tables = {table.name: table for table in found.tables}

    assert found.path == "releases/1.0.0-to-1.1.0.html"
    assert found.required.bump == "major"  # a row is gone that retired_ids does not name
    assert [row.key for row in tables["contributions"].added] == ["M-0003", "M-0004", "M-0005", "M-0006"]
    assert [row.key for row in tables["event_figures"].removed] == ["F-0003"]
    assert {(cell.key, cell.column) for cell in tables["deployments"].altered} == {("D-0004", "note")}
    assert ("events" in tables, tables["events"].others[0].new) == (True, "What happened")
    assert tables[""].title == "The package itself"


def test_of_a_long_text_only_the_words_that_differ_are_marked(found: Pair) -> None:
    (cell,) = next(table for table in found.tables if table.name == "commitments").altered
    before, after = cell.parts

    assert "".join(text for text, _ in before) == LONG
    assert [text.strip() for text, differs in before if differs] == ["a"]
    assert [text.strip() for text, differs in after if differs] == ["an unsigned"]


@pytest.mark.parametrize(("old", "new"), [(None, "x" * 60), ("x" * 60, ""), ("200", "217")])
def test_of_a_short_or_new_cell_all_is_marked(old: str | None, new: str) -> None:
    assert Altered("D-0001", "note", old, new, "value").parts == (((old or "", True),), ((new, True),))


def test_a_table_that_is_too_large_is_cut_into_pages_and_nothing_is_lost(
    both: tuple[Published, ...], found: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "APART", 300)
    monkeypatch.setattr(changes, "PART", 250)

    cut = pair(*both)

    assert {"contributions", "evidence"} <= set(cut.parts)
    for table in found.tables:
        parts = cut.parts.get(table.name, ())
        for kind in ("others", "altered", "removed", "added"):
            assert not parts or [item for part in parts for item in getattr(part.changes, kind)] == getattr(table, kind)
    paths = [part.path for parts in cut.parts.values() for part in parts]
    assert "releases/1.0.0-to-1.1.0/contributions-2.html" in paths
    assert len(paths) == len(set(paths))


def test_parts_lead_to_each_other_and_the_page_of_all_leads_to_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "APART", 300)
    monkeypatch.setattr(changes, "PART", 250)
    subject = subject_of(folder, "1.1.0")

    texts = {page.path: html(page, subject, []) for page in releases.pages(subject)}

    assert 'href="../releases/1.0.0-to-1.1.0/contributions.html"' in texts["releases/1.0.0-to-1.1.0.html"]
    second = texts["releases/1.0.0-to-1.1.0/contributions-2.html"]
    assert 'href="../../releases/1.0.0-to-1.1.0/contributions.html"' in second
    assert '<strong aria-current="page">2</strong>' in second


def test_a_page_marks_the_old_and_the_new(folder: Path) -> None:
    subject = subject_of(folder, "1.1.0")

    texts = {page.path: html(page, subject, []) for page in releases.pages(subject)}

    assert "<del>Crew of a ship.</del>" in texts["releases/1.0.0-to-1.1.0.html"]
    assert "<del>a</del>" in texts["releases/1.0.0-to-1.1.0.html"]
    assert "<ins>an unsigned</ins>" in texts["releases/1.0.0-to-1.1.0.html"]
    assert texts["releases.html"].index('id="v1.1.0"') < texts["releases.html"].index('id="v1.0.0"')


def test_a_withdrawn_release_says_so_and_what_to_use(folder: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(folder, tmp_path / "releases")
    withdraw(copied, "1.0.0", "Two rows were swapped", "1.1.0")
    subject = subject_of(copied, "1.1.0")

    texts = {page.path: html(page, subject, []) for page in releases.pages(subject)}

    for path in ("releases.html", "releases/1.0.0.html"):
        assert "Two rows were swapped" in texts[path], path
        assert "Use 1.1.0 instead." in texts[path], path


def test_the_site_of_an_older_release_names_the_newest(folder: Path) -> None:
    subject = subject_of(folder, "1.0.0")

    page = next(releases.pages(subject))

    assert "the newest that was known when they were made is 1.1.0" in html(page, subject, [])


def test_a_changelog_keeps_its_form_and_loses_whatever_leads_away() -> None:
    text = as_html(
        "# mission 1.0.0\n\n## Part\n\n- **bold** [a](javascript:b) <i>c</i> ![d](https://e.example/f) www.g.example\n"
        "\n| left | right |\n|---|---:|\n| h | 1 |\n"
    )

    assert "<h2>Part</h2>" in text
    assert (
        "<strong>bold</strong> [a](javascript:b) &lt;i&gt;c&lt;/i&gt; ![d](https://e.example/f) www.g.example" in text
    )
    assert '<th scope="col" class="n">right</th>' in text
    assert '<td class="n">1</td>' in text
    assert '<caption class="away">Table 1</caption>' in text
    assert "mission 1.0.0" not in text
    assert "style=" not in text


@pytest.mark.parametrize("path", ["CHANGELOG.md", "data/deployments.csv", "release.json"])
def test_what_is_not_what_the_index_promises_is_not_told(folder: Path, tmp_path: Path, path: str) -> None:
    copied = shutil.copytree(folder, tmp_path / "releases")
    (copied / "1.0.0" / path).write_bytes((copied / "1.0.0" / path).read_bytes() + b" ")

    with pytest.raises(Unusable, match="not what was published"):
        published(copied, "mission")


def test_a_release_that_lacks_its_changelog_is_none(folder: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(folder, tmp_path / "releases")
    (copied / "1.0.0/CHANGELOG.md").unlink()
    sum_up(copied, "1.0.0")

    with pytest.raises(Unusable, match=r"has no CHANGELOG\.md, so it is no release"):
        published(copied, "mission")


@pytest.mark.parametrize(
    ("path", "data", "says"), [("CHANGELOG.md", b"\xff", "not UTF-8"), ("datapackage.json", b"{", "datapackage.json")]
)
def test_a_release_that_cannot_be_read_is_said(folder: Path, tmp_path: Path, path: str, data: bytes, says: str) -> None:
    copied = shutil.copytree(folder, tmp_path / "releases")
    index = index_of(copied)
    (copied / "1.0.0" / path).write_bytes(data)
    sum_up(copied, "1.0.0", listed=False)
    entry = index.entry("1.0.0")
    assert entry is not None
    write_index(copied, index.with_entry(replace(entry, sha256sums=sha256_of(copied / "1.0.0/SHA256SUMS"))))

    with pytest.raises(Unusable, match=says):
        published(copied, "mission")


def test_releases_of_another_package_are_not_taken_for_its_own(folder: Path) -> None:
    with pytest.raises(Unusable, match="holds releases of mission, not of other"):
        published(folder, "other")


def test_releases_are_found_around_a_release_and_beside_a_package(folder: Path, tmp_path: Path) -> None:
    beside = build_base("mission", tmp_path / "mission")
    shutil.copytree(folder, beside / "releases")

    assert releases_beside(Folder(folder / "1.0.0")) == folder
    assert releases_beside(Folder(beside)) == beside / "releases"
    assert releases_beside(Folder(build_base("mission", tmp_path / "alone"))) is None
    assert releases_beside(Folder(beside, "copy", "https://record.example/x.zip")) is None
    assert published(tmp_path, "mission") == ()
