"""What people and programs see of a difference: counts first, every cell as text, nothing forged."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from golden import build_base
from running import ROOT, copy_of_record, muster, seal

EVIL = "<script>alert(1)</script> @everyone [x](http://e.org) | `a` \u202e"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Two releases of the ferries: rows changed, gone and new, a new column, a cell that would like to be markup."""
    old, new = build_base("ferries", tmp_path / "old"), build_base("ferries", tmp_path / "new")
    data = new / "data/crossings.csv"
    header, *rows = data.read_text().splitlines()
    rows = [f"{row},{'aft' if number < 6 else ''}" for number, row in enumerate(rows)]
    rows[0] = rows[0].replace("Jean Noir", EVIL)
    rows[1] = rows[1].replace(",114,", ",115,")
    del rows[30:34]
    rows += [f"{number},2024-06-01,Celia,calm,90,20.5,," for number in range(50, 52)]
    data.write_text("\n".join([f"{header},seat", *rows]) + "\n")
    schema = json.loads((new / "schemas/crossings.json").read_text())
    schema["fields"].append({"name": "seat", "type": "string"})
    (new / "schemas/crossings.json").write_text(json.dumps(schema))
    descriptor = json.loads((new / "datapackage.json").read_text())
    (new / "datapackage.json").write_text(json.dumps({**descriptor, "version": "2.0.0", "title": "Ferries"}))
    return old, new


def test_the_text_counts_first_shows_three_of_each_and_says_how_to_see_all(pair: tuple[Path, Path]) -> None:
    short, long = muster("diff", *pair), muster("diff", *pair, "--all")

    lines = short.stdout.splitlines()
    assert short.code == 1
    assert lines[0] == "ferries 1.0.0 → ferries 2.0.0"
    assert " ".join(lines[1:3]).startswith(
        "1 description changed, 1 column added, 4 rows removed, 2 rows added, 2 rows changed, "
        "4 rows filled in new columns."
    )
    assert "  rows removed: 4 (major)" in lines
    assert "    … and 1 more; --all lists them" in lines
    assert "seat: column 8" in short.stdout
    assert "passengers 114 → 115, seat new column → aft" in short.stdout
    assert "--all" not in long.stdout
    assert long.stdout.count("crossing") >= short.stdout.count("crossing")
    assert "\u202e" not in short.stdout


def test_the_same_difference_gives_the_same_bytes(pair: tuple[Path, Path]) -> None:
    for form in ("text", "json", "jsonl", "markdown", "html", "daff"):
        assert muster("diff", *pair, "--format", form).stdout == muster("diff", *pair, "--format", form).stdout


def test_the_json_counts_what_it_lists(pair: tuple[Path, Path]) -> None:
    document = json.loads(muster("diff", *pair, "--format", "json").stdout)

    assert document["required_bump"] == "major"
    assert document["counts"] == {
        "metadata_changed": 1,
        "field_added": 1,
        "row_removed": 4,
        "row_added": 2,
        "row_changed": 6,
    }
    (cell,) = [cell for change in document["changes"] for cell in change.get("cells", []) if cell["new"] == "115"]
    assert cell == {"field": "passengers", "old": "114", "new": "115", "nature": "value"}
    assert EVIL.strip() in json.dumps(document, ensure_ascii=False)


def test_a_policy_of_its_own_grades_otherwise(pair: tuple[Path, Path]) -> None:
    old, new = pair
    by_reader, by_recipe = (
        json.loads(muster("diff", old, new, "--policy", policy, "--format", "json").stdout)["changes"]
        for policy in ("consumer", "recipe")
    )

    assert [change["bump"] for change in by_reader if change["kind"] == "field_added"] == ["minor"]
    assert [change["bump"] for change in by_recipe if change["kind"] == "field_added"] == ["major"]


def test_no_cell_is_markup_or_a_mention_in_markdown(pair: tuple[Path, Path]) -> None:
    text = muster("diff", *pair, "--format", "markdown").stdout

    assert "| crossings | rows removed | 4 | major |" in text
    assert text.count("<details>") == text.count("</details>") == 2
    assert not re.search(r"(?<!\\)<script", text)
    assert "@everyone" not in text
    assert "[x](http" not in text
    assert all(line.count("|") - line.count("\\|") in {0, 5} for line in text.splitlines())


class Page(HTMLParser):
    """Tags and cells of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text += data


def test_the_page_holds_every_change_and_one_script_that_is_ours(pair: tuple[Path, Path]) -> None:
    text = muster("diff", *pair, "--format", "html").stdout

    page = Page(text)
    assert page.tags.count("script") == 1
    assert page.tags.count("tr") == 1 + 14
    assert EVIL.split(" [")[0] in page.text
    assert re.search(r"script-src 'sha256-[A-Za-z0-9+/]{43}='", text)
    assert "http" not in text.replace("http-equiv", "").replace("http://e.org", "")
    assert "No differences." in muster("diff", pair[0], pair[0], "--format", "html").stdout


def test_a_long_page_says_what_it_leaves_out(pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("muster_cli.render.changes_html._MOST", 5)

    page = Page(muster("diff", *pair, "--format", "html").stdout)

    assert "The first 5 changes are listed; 9 more are not" in page.text


def test_the_highlighter_table_shows_whole_rows(pair: tuple[Path, Path]) -> None:
    rows = list(csv.reader(io.StringIO(muster("diff", *pair, "--format", "daff").stdout)))

    assert rows[0] == ["!", "", "", "", "", "", "", "", "+++"]
    assert rows[1] == ["@@", "crossing_id", "day", "ferry", "weather", "passengers", "fuel", "captain", "seat"]
    assert [row[0] for row in rows[2:]] == ["---"] * 4 + ["+++"] * 2 + ["->"] * 2 + ["+"] * 4
    assert ["->", "2", "2024-01-09", "Celia", "windy", "114->115", "34.5", "Rosa Blanc", "aft"] in rows


def test_an_arrow_in_a_cell_makes_the_arrow_longer(tmp_path: Path) -> None:
    old, new = build_base("plain", tmp_path / "old"), build_base("plain", tmp_path / "new")
    data = new / "data/places.csv"
    data.write_text(data.read_text().replace("Port-au-Prince", "Port->au->Prince"))

    text = muster("diff", old, new, "--format", "daff").stdout

    assert "-->,PAP,Port-au-Prince-->Port->au->Prince,36.04" in text


def test_a_highlighter_table_is_of_one_table(tmp_path: Path) -> None:
    old, new = build_base("plain", tmp_path / "old"), build_base("plain", tmp_path / "new")
    for path, cell in (("data/places.csv", "36.04"), ("data/people.csv", "Rose")):
        (new / path).write_text((new / path).read_text().replace(cell, "7"))

    result = muster("diff", old, new, "--format", "daff")

    assert (result.code, result.stdout) == (2, "")
    assert "choose one with --table: people, places" in result.stderr
    assert muster("diff", old, new, "--format", "daff", "--table", "places").stdout.startswith("@@,code,name,area")
    assert muster("diff", old, old, "--format", "daff").stdout == ""


def test_only_the_tables_asked_for_are_told(tmp_path: Path) -> None:
    old, new = build_base("plain", tmp_path / "old"), build_base("plain", tmp_path / "new")
    (new / "data/places.csv").write_text((new / "data/places.csv").read_text().replace("36.04", "7"))

    assert muster("diff", old, new, "--table", "people").code == 0
    assert muster("diff", old, new, "--table", "places").code == 1
    unknown = muster("diff", old, new, "--table", "plcaes")
    assert unknown.code == 2
    assert "neither release has a table plcaes" in unknown.stderr


def test_a_difference_can_go_into_a_file_piece_by_piece(pair: tuple[Path, Path], tmp_path: Path) -> None:
    for form in ("json", "jsonl", "html"):
        file = tmp_path / f"diff.{form}"
        result = muster("diff", *pair, "--format", form, "--output", file)
        assert (result.code, result.stdout) == (1, "")
        assert file.read_text() == muster("diff", *pair, "--format", form).stdout


def test_a_file_that_cannot_be_finished_is_not_left_behind(tmp_path: Path) -> None:
    latin = build_base("plain", tmp_path / "latin")
    text = (latin / "datapackage.json").read_text()
    (latin / "datapackage.json").write_text(text.replace('"encoding": "utf-8"', '"encoding": "iso8859-1"'))

    result = muster(
        "diff", ROOT / "tests/packages/plain", latin, "--format", "jsonl", "--output", tmp_path / "feed.jsonl"
    )

    assert result.code == 1
    assert "only UTF-8 is formatted" in result.stderr
    assert not [path for path in tmp_path.iterdir() if "feed" in path.name]


@pytest.mark.slow
def test_every_format_says_that_a_headline_total_moved(tmp_path: Path) -> None:
    old, new = copy_of_record(tmp_path / "old"), copy_of_record(tmp_path / "new")
    (new / "data/deployments.csv").write_text(
        (new / "data/deployments.csv").read_text().replace("196,196,196", "199,199,199")
    )
    seal(new)

    assert json.loads(muster("diff", old, new, "--format", "json").stdout)["required_bump"] == "minor"
    assert json.loads(muster("diff", old, new, "--format", "jsonl").stdout.splitlines()[-1])["required_bump"] == "minor"
    assert "Headline total deployed on 2024-10-13: 396 → 399" in muster("diff", old, new).stdout
    assert "Required: **minor**" in muster("diff", old, new, "--format", "markdown").stdout
    assert "396 → 399" in muster("diff", old, new, "--format", "html").stdout


def test_a_comment_stays_below_the_limit_and_says_what_is_left_out(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("muster_cli.render.changes_markdown._LONGEST", 600)

    text = muster("diff", *pair, "--format", "markdown").stdout

    assert re.search(r"A comment has a limit: [0-9]+ more changes are in the other formats\.", text)
    assert text.count("<details>") == text.count("</details>")


def test_data_for_programs_are_utf_8_whatever_the_terminal_speaks(tmp_path: Path) -> None:
    old, new = build_base("plain", tmp_path / "old"), build_base("plain", tmp_path / "new")
    (new / "data/places.csv").write_text((new / "data/places.csv").read_text().replace("CAP,Cap-Haïtien", "CAP,Okap é"))
    command = [str(path) for path in (Path(sys.executable).parent / "muster", "diff", old, new, "--format", "jsonl")]

    result = subprocess.run(command, env={"PYTHONIOENCODING": "latin-1"}, capture_output=True, check=False)

    assert "Okap é" in result.stdout.decode("utf-8")


def test_ctrl_c_while_the_database_works_is_an_interruption(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise RuntimeError("Query interrupted")

    monkeypatch.setattr("muster_cli.render.changes_text.gather", interrupted)

    assert muster("diff", *pair).code == 130
