"""The derived tables as they are published: described column by column, and computed again when they are proven."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

import musterroll
from exporting import content_of, stage
from golden import build_base
from musterroll.errors import Unusable
from musterroll.record.balance import balance, change_points
from musterroll.record.derived.coverage import coverage
from musterroll.record.derived.funding import funding
from musterroll.record.derived.latest import latest
from musterroll.record.derived.strength import strength
from musterroll.record.derived.table import Column, DerivedTable
from musterroll.record.derived.tables import DERIVED
from musterroll.record.host import UNNAMED
from musterroll.record.record import Record
from musterroll.release.content import Content
from musterroll.release.exports import derived
from musterroll.release.exports.derived_descriptor import render_descriptor
from records import move, on, record, stock
from running import RECORD, muster

FOLDER = "exports/derived"
NAMES = ["balance", "strength", "funding", "coverage", "latest"]


@pytest.fixture(scope="module", params=["mission", "haiti-mss"])
def released(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Content, Path]:
    folder = tmp_path_factory.mktemp("derived")
    source = RECORD if request.param == "haiti-mss" else build_base("mission", folder / "source")
    content = stage(source, folder / "release")
    derived.write(content, folder / "release")
    return content, folder / "release"


def record_of(content: Content) -> Record:
    assert content.record is not None
    return content.record


def read(place: Path) -> list[dict[str, str]]:
    with place.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# What is said of them


def test_there_are_five() -> None:
    assert [table.name for table in DERIVED] == NAMES


@pytest.mark.parametrize("table", DERIVED, ids=lambda table: table.name)
def test_every_column_says_what_it_holds_and_what_it_means_if_it_is_empty(table: DerivedTable[Any]) -> None:
    fields = table.schema(UNNAMED)["fields"]

    assert len(set(table.header)) == len(table.header) == len(fields)
    for field, column in zip(fields, table.columns, strict=True):
        assert ("Never empty." in field["description"]) == column.required == ("constraints" in field)
        assert "mpty" in field["description"]
    assert set(table.key) <= set(table.header)


@pytest.mark.parametrize("table", DERIVED, ids=lambda table: table.name)
def test_a_key_of_which_a_part_may_be_empty_is_no_primary_key(table: DerivedTable[Any]) -> None:
    required = {column.name for column in table.columns if column.required}

    schema = table.schema(UNNAMED)
    assert ("primaryKey" in schema) == (set(table.key) <= required)
    assert schema.get("primaryKey", schema.get("uniqueKeys", [[]])[0]) == list(table.key)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""), (True, "true"), (False, "false"), (0, "0"), ("a b", "a b"), (on("2024-07-01"), "2024-07-01"),
        (("a", "b"), "a b"), ((), ""),
    ],
)  # fmt: skip
def test_a_cell_is_text_as_a_table_schema_reads_it(cell: Any, text: str) -> None:
    table = DerivedTable[int]("t", "T", "T.", lambda _: [1], (Column("c", "any", "C", "C.", lambda _: cell),), ("c",))

    assert table.cells(1) == [text]


# What is published


def test_they_are_a_data_package_of_their_own(released: tuple[Content, Path]) -> None:
    """Read by its own descriptor, every cell is what its column says, and no two rows have one key."""
    content, folder = released
    result = muster("validate", folder / FOLDER)
    assert result.code == 0, result.stdout

    opened = musterroll.open(folder / FOLDER)
    assert (opened.name, opened.version) == (f"{content.name}-derived", content.version)
    assert list(opened.tables) == NAMES
    for table in DERIVED:
        frame = opened.table(table.name)
        rows = list(table.rows(record_of(content)))
        assert list(frame.columns) == list(table.header)
        assert len(frame) == len(rows) > 0


def test_they_hold_what_python_gives(released: tuple[Content, Path]) -> None:
    content, folder = released
    opened = musterroll.open(folder)
    held = record_of(content)

    assert opened.strength() == strength(held)
    assert opened.funding() == funding(held)
    assert opened.funding("2024-10-13") == funding(held, on("2024-10-13"))
    assert opened.coverage() == coverage(held)
    assert opened.latest() == latest(held)
    for name, rows in (("strength", opened.strength()), ("coverage", opened.coverage()), ("latest", opened.latest())):
        table = next(each for each in DERIVED if each.name == name)
        cells = [list(row.values()) for row in read(folder / f"{FOLDER}/{name}.csv")]
        assert cells == [table.cells(row) for row in rows]


def test_the_balance_has_every_day_of_change_up_to_the_horizon_and_that_day(released: tuple[Content, Path]) -> None:
    content, folder = released
    held = record_of(content)
    assert held.horizon is not None

    rows = read(folder / f"{FOLDER}/balance.csv")
    days = {day for day in change_points(held) if day <= held.horizon} | {held.horizon}
    assert [row["as_of"] for row in rows if not row["country_code"]] == sorted(map(str, days))
    assert len([row for row in rows if row["as_of"] == str(held.horizon)]) == len(balance(held, held.horizon))


def test_a_day_of_change_that_is_the_horizon_is_told_once() -> None:
    held = record(move("2", "2024-09-12"), horizon=on("2024-09-12"))

    assert [row.country for row in DERIVED[0].rows(held) if row.as_of == held.horizon] == ["BLZ", None]


def test_a_package_of_another_profile_has_none(tmp_path: Path) -> None:
    opened = musterroll.open(build_base("ferries", tmp_path / "ferries"))

    for question in (opened.strength, opened.funding, opened.coverage, opened.latest):
        with pytest.raises(Unusable, match="does not follow the mission-record profile"):
            question()


def test_a_record_of_no_rows_but_its_missions_can_be_published() -> None:
    assert [len(list(table.rows(record()))) for table in DERIVED] == [2, 2, 0, 0, 0]
    assert [len(list(table.rows(record(horizon=on("2026-01-01"))))) for table in DERIVED] == [3, 3, 0, 0, 0]


# What is proven


def test_what_was_written_is_equal_to_what_is_computed_again(released: tuple[Content, Path]) -> None:
    content, folder = released

    assert list(derived.differences(content, folder)) == []
    paths = {path.relative_to(folder).as_posix() for path in (folder / FOLDER).iterdir()}
    assert paths == {file.path for file in derived.files(content)}


@pytest.mark.parametrize("name", [*(f"{name}.csv" for name in NAMES), "datapackage.json"])
def test_a_change_of_any_file_is_named(name: str, tmp_path: Path) -> None:
    content = stage(build_base("mission", tmp_path / "source"), tmp_path / "release")
    derived.write(content, tmp_path / "release")
    place = tmp_path / f"release/{FOLDER}/{name}"
    *lines, last = place.read_text().splitlines()
    place.write_text("\n".join([*lines, last.replace(last[-1], "9")]) + "\n")

    said = list(derived.differences(content, tmp_path / "release"))
    assert said
    assert all(sentence.startswith(f"{FOLDER}/{name}: ") for sentence in said)


def test_a_row_is_named_by_its_key(tmp_path: Path) -> None:
    content = stage(build_base("mission", tmp_path / "source"), tmp_path / "release")
    derived.write(content, tmp_path / "release")
    place = tmp_path / f"release/{FOLDER}/coverage.csv"
    place.write_text(place.read_text().replace("JAM,2024-09,found", "JAM,2024-09,searched_none"))

    (said,) = derived.differences(content, tmp_path / "release")
    assert "(JAM 2024-09): state is searched_none, in the table found" in said


# The descriptor


def described(folder: Path, **properties: Any) -> dict[str, Any]:
    content = content_of(folder, {}, **properties)
    text = render_descriptor(content.package)
    document: dict[str, Any] = json.loads(text)
    return document


def test_the_descriptor_carries_what_is_true_of_the_package_and_nothing_else(tmp_path: Path) -> None:
    document = described(
        tmp_path,
        version="1.2.0",
        created="2026-11-22T00:00:00Z",
        contributors=[{"title": "Somebody"}],
        horizon="2024-10-13",
        conformsTo="x/1.0.0",
        image="a.png",
    )

    assert (document["name"], document["version"]) == ("made-up-derived", "1.2.0")
    assert (document["created"], document["contributors"]) == ("2026-11-22T00:00:00Z", [{"title": "Somebody"}])
    assert not {"horizon", "conformsTo", "image", "licenses"} & set(document)


@pytest.mark.parametrize(
    ("declared", "carried"),
    [
        (
            [{"name": "CC-BY-4.0", "path": "https://example.org/by"}],
            [{"name": "CC-BY-4.0", "path": "https://example.org/by"}],
        ),
        ([{"name": "CC-BY-4.0", "path": "LICENSE", "title": "T"}], [{"name": "CC-BY-4.0", "title": "T"}]),
        ([{"path": "LICENSE"}], None),
        ([{"path": "javascript:alert(1)"}, {"path": "https://example.org/by"}], [{"path": "https://example.org/by"}]),
    ],
)
def test_a_licence_leads_nowhere_but_to_the_web(declared: Any, carried: Any, tmp_path: Path) -> None:
    assert described(tmp_path, licenses=declared).get("licenses") == carried


def test_the_figures_of_the_tables_are_those_of_the_record() -> None:
    """One by hand: 24 Jamaicans in Haiti, 25 of the whole mission reported, 24 can have been there."""
    held = record(
        move("24", "2024-09-12", country="JAM"), stock("25", "2024-09-13", country=""), horizon=on("2024-09-30")
    )
    rows = {table.name: [dict(zip(table.header, table.cells(row), strict=True)) for row in table.rows(held)]
            for table in DERIVED}  # fmt: skip

    last = rows["strength"][-1]
    assert (last["as_of"], last["present_best"], last["reported_best"], last["agreement"]) == (
        "2024-09-30", "24", "25", "violated",
    )  # fmt: skip
    assert (last["reported_qualifier"], last["reported_latest"], last["strength_id"]) == (
        "exact", "2024-09-13", "S-0001",
    )  # fmt: skip
    assert (rows["latest"][0]["country_code"], rows["latest"][0]["present_max"]) == ("JAM", "24")
