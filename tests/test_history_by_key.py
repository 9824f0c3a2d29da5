"""A row of any package has a history, by its table and key."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from golden import build_base
from histories import text, told
from running import muster, replace, seal
from shelves import publish

pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture
def ferries(tmp_path: Path) -> Path:
    """Another package, with a key of two parts in a second table, and a column that comes and one that goes."""
    package = build_base("ferries", tmp_path / "ferries")
    schema_file = package / "schemas/crossings.json"
    crossings = json.loads(schema_file.read_text())
    crossings["primaryKey"] = ["crossing_id"]
    schema_file.write_text(json.dumps(crossings))
    _with_prices(package, 'port,year,price\nA,2024,7\nA,2025,8\nB,2024,9\n"C,1",2024,1\n', "port", "year")
    return package


def _with_prices(package: Path, cells: str, *key: str) -> None:
    fields = [{"name": name, "type": "string"} for name in cells.splitlines()[0].split(",")]
    (package / "data/prices.csv").write_text(cells)
    descriptor = json.loads((package / "datapackage.json").read_text())
    schema = {"fields": fields, "primaryKey": list(key)} if key else {"fields": fields}
    resource = {"name": "prices", "type": "table", "path": "data/prices.csv", "format": "csv", "schema": schema}
    descriptor["resources"] = [*descriptor["resources"][:1], resource]
    (package / "datapackage.json").write_text(json.dumps(descriptor))
    seal(package)


def test_a_row_of_any_package_is_named_by_its_table_and_key(ferries: Path) -> None:
    publish(ferries, ferries / "releases", "1.0.0")
    replace(ferries, "data/crossings.csv", "1,2024-01-06,Bonita,calm,77,27.5", "1,2024-01-06,Bonita,calm,078,27.50")

    assert [change["cells"] for change in told("crossings:1", ferries)["releases"][1]["rows"]] == [[
        {"field": "passengers", "old": "77", "new": "078", "nature": "value"},
        {"field": "fuel", "old": "27.5", "new": "27.50", "nature": "spelling"},
    ]]  # fmt: skip
    assert "fuel        27.5 → 27.50 (the same value)" in text("crossings:1", ferries)


@pytest.mark.parametrize(
    ("key", "ports"),
    [("A", ["2024", "2025"]), ("A,2025", ["2025"]), ('"C,1"', ["2024"]), ('"C,1",2024', ["2024"])],
)
def test_a_key_of_two_parts_is_written_as_in_csv_and_may_end_early(key: str, ports: list[str], ferries: Path) -> None:
    publish(ferries, ferries / "releases", "1.0.0")

    rows = told(f"prices:{key}", ferries)["releases"][0]["rows"]

    assert [row["key"]["year"] for row in rows] == ports


def test_columns_that_come_and_go_are_changes_if_they_say_something(ferries: Path) -> None:
    publish(ferries, ferries / "releases", "1.0.0")
    _with_prices(ferries, "port,year,fare,note\nA,2024,7,\n", "port", "year")

    rows = told("prices:A", ferries)["releases"][1]["rows"]

    assert [(row["happened"], row["key"]["year"]) for row in rows] == [("changed", "2024"), ("removed", "2025")]
    assert [(cell["field"], cell["old"], cell["new"]) for cell in rows[0]["cells"]] == [
        ("fare", None, "7"),
        ("price", "7", None),
    ]
    shown = text("prices:A", ferries)
    assert "  year 2025  removed\n" in shown
    assert "    fare   (new column) → 7\n    price  7 → (no such column)\n" in shown


def test_revision_10_comes_after_revision_9(ferries: Path) -> None:
    lines = "".join(f"A,{number},1\n" for number in (10, 9, 1))
    _with_prices(ferries, f"port,year,price\n{lines}A,x,1\n", "port", "year")
    publish(ferries, ferries / "releases", "1.0.0")

    assert [row["key"]["year"] for row in told("prices:A", ferries)["releases"][0]["rows"]] == ["1", "9", "10", "x"]


@pytest.mark.parametrize(
    ("id", "code", "words"),
    [
        ("crossings:999", 2, "has or had a row crossings:999"),
        ("nothing:1", 2, "Name it as for muster explain, or as TABLE:KEY"),
        ("crossings:\n", 1, "does not follow the mission-record profile"),
        ("crossings:", 1, "does not follow the mission-record profile"),
        ("1", 1, "does not follow the mission-record profile"),
        ("crossings:1,2", 1, "has the primary key crossing_id"),
        ("crossings:a\rb", 2, "has or had a row"),
    ],
)
def test_what_names_no_row_says_what_to_do(id: str, code: int, words: str, ferries: Path) -> None:
    publish(ferries, ferries / "releases", "1.0.0")

    result = muster("history", id, ferries)

    assert result.code == code
    assert words in " ".join(result.stderr.split())


def test_rows_of_a_table_without_a_key_have_no_name(ferries: Path) -> None:
    _with_prices(ferries, "port,year,price\nA,2024,7\n")
    publish(ferries, ferries / "releases", "1.0.0")

    assert "prices of ferries has no primary key" in muster("history", "prices:A", ferries).stderr


def test_a_column_or_key_cannot_speak_to_the_terminal_either(ferries: Path) -> None:
    _with_prices(ferries, "po\u200brt,[b]y\n\u202eA,1\n", "po\u200brt")
    publish(ferries, ferries / "releases", "1.0.0")
    _with_prices(ferries, "po\u200brt,[b]y\n\u202eA,2\n", "po\u200brt")

    shown = text("prices:\u202eA", ferries)

    assert shown.startswith("prices:\\u202eA  prices of ferries\n")
    assert "[b]y  1 → 2" in shown
    assert not re.search("[\u202e\u200b]", shown)
