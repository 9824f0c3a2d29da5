"""Flat tables and the balance: every row once, beside what it refers to and where it comes from."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from exporting import content_of, exported, stage
from golden import build_base
from musterroll.errors import Unusable
from musterroll.record.derived.balance_table import BALANCE
from musterroll.release.content import Content
from musterroll.release.exports import derived, flat
from running import RECORD, muster


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def rewrite(path: Path, rows: list[dict[str, str]]) -> None:
    """Replace all rows of a table; columns that are not given are empty."""
    names = path.read_text().splitlines()[0].split(",")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def flat_of(folder: Path, parent: dict[str, Any], rows: list[list[str]], **key: Any) -> list[list[str]]:
    """What the flat table of `t` holds, header first; `t` refers to `p`, whose rows are given."""
    fields = [{"name": "a", "type": "integer"}, {"name": "b"}]
    reference = {"fields": "a", "reference": {"resource": "p", "fields": "k"}, **key}
    child = {"fields": fields, "foreignKeys": [reference], "missingValues": ["", "-"]}
    content = content_of(folder, {"t": (child, [["1", "x"], ["-", "y"], ["3", "z"]]), "p": (parent, rows)}, inline=True)
    with exported(flat, content, folder / "release").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_behind_a_row_stand_the_columns_of_the_row_it_refers_to(tmp_path: Path) -> None:
    content = stage(build_base("plain", tmp_path / "plain"), tmp_path / "release")
    path = exported(flat, content, tmp_path / "release")

    assert [file.path for file in flat.files(content)] == ["exports/flat/people.csv"]
    assert path.read_bytes().decode().splitlines()[0] == (
        "id,place,name,born,role,badge,place.code,place.name,place.area"
    )
    assert [(row["id"], row["place.name"], row["place.area"]) for row in read(path)] == [
        ("1", "Port-au-Prince", "36.04"),
        ("2", "Port-au-Prince", "36.04"),
        ("3", "Cap-Haïtien", "53.5"),
    ]


def test_a_row_that_refers_to_nothing_or_to_more_than_one_row_is_there_once_with_empty_cells(tmp_path: Path) -> None:
    parent = {"fields": [{"name": "k", "type": "integer"}, {"name": "v"}]}

    assert flat_of(tmp_path, parent, [["1", "one"], ["3", "three"], ["3", "drei"], ["", "none"]]) == [
        ["a", "b", "a.k", "a.v"],
        ["1", "x", "1", "one"],
        ["-", "y", "", ""],
        ["3", "z", "", ""],
    ]


def test_keys_are_compared_by_value_or_as_text_if_the_columns_differ_in_type(tmp_path: Path) -> None:
    by_value = {"fields": [{"name": "k", "type": "integer"}, {"name": "b"}]}
    as_text = {"fields": [{"name": "k", "type": "string"}, {"name": "b"}]}
    rows = [["+1", "one"], ["3", "three"]]

    assert [row[3] for row in flat_of(tmp_path / "1", by_value, rows)[1:]] == ["one", "", "three"]
    assert [row[3] for row in flat_of(tmp_path / "2", as_text, rows)[1:]] == ["", "", "three"]


def test_a_key_of_several_columns_and_a_table_that_refers_to_itself(tmp_path: Path) -> None:
    parent = {"fields": [{"name": "a", "type": "integer"}, {"name": "b"}, {"name": "v"}]}
    key = {"fields": ["a", "b"], "reference": {"resource": "p", "fields": ["a", "b"]}}
    own = {"fields": "b", "reference": {"resource": "", "fields": "b"}}

    assert flat_of(tmp_path / "1", parent, [["1", "x", "!"], ["1", "y", "?"]], **key)[:3] == [
        ["a", "b", "a+b.a", "a+b.b", "a+b.v"],
        ["1", "x", "1", "x", "!"],
        ["-", "y", "", "", ""],
    ]
    assert flat_of(tmp_path / "2", parent, [["1", "x", ""]], **own)[1] == ["1", "x", "1", "x"]


def test_a_foreign_key_that_leads_nowhere_makes_no_flat_table(tmp_path: Path) -> None:
    schema = {
        "fields": [{"name": "a"}],
        "foreignKeys": [{"fields": "a", "reference": {"resource": "x", "fields": "a"}}],
    }
    content = content_of(tmp_path, {"t": (schema, [["1"]])})

    assert flat.files(content) == []


def test_columns_that_would_have_one_name_are_told_apart(tmp_path: Path) -> None:
    fields = [{"name": "a"}, {"name": "a.a"}, {"name": "A"}]
    schema = {"fields": fields, "foreignKeys": [{"fields": "a", "reference": {"fields": "a"}}]}
    content = content_of(tmp_path, {"t": (schema, [["1", "2", "3"]])})

    assert list(read(exported(flat, content, tmp_path / "release"))[0].items()) == [
        ("a", "1"), ("a.a", "2"), ("A", "3"), ("a.a_2", "1"), ("a.a.a", "2"), ("a.A", "3"),
    ]  # fmt: skip


def test_hostile_cells_stay_the_cells_they_are(tmp_path: Path) -> None:
    cells = ["\ufeffx", "a\rb", 'q"', "c,d", "\x07", "", "=1+1", "<script>", "l\r\n2", " s "]
    fields = [{"name": "k"}, {"name": "v"}]
    schema = {"fields": fields, "foreignKeys": [{"fields": "k", "reference": {"fields": "k"}}]}
    content = content_of(tmp_path, {"t": (schema, [[str(n), cell] for n, cell in enumerate(cells)])}, inline=True)
    rows = read(exported(flat, content, tmp_path / "release"))

    assert [(row["v"], row["k.v"]) for row in rows] == [(cell, cell) for cell in cells]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> tuple[Content, Path]:
    """The real package, with its flat tables and its balance."""
    folder = tmp_path_factory.mktemp("record") / "release"
    content = stage(RECORD, folder)
    for exporter in (flat, derived):
        exporter.write(content, folder)
    return content, folder


def test_every_row_of_the_record_stands_beside_its_sources_in_the_order_of_the_evidence(
    record: tuple[Content, Path],
) -> None:
    content, folder = record
    evidence = sorted(read(folder / "data/evidence.csv"), key=lambda row: row["evidence_id"])
    for name, key in (("commitments", "commitment_id"), ("conditions", "condition_id"), ("events", "event_id")):
        rows = read(folder / f"exports/flat/{name}.csv")
        for row in rows:
            revision = row["revision"] if name == "commitments" else ""
            subject = (name, row[key], revision)
            about = [
                item["source_id"]
                for item in evidence
                if (item["table_name"], item["row_id"], item["revision"]) == subject
            ]
            assert row["sources"] == "; ".join(dict.fromkeys(about))
            assert row["sources_cited"].count(" | ") == row["sources"].count("; ")
        assert len(rows) == len(content.tables[name].rows)
        assert any(";" in row["sources"] for row in rows)


def test_tables_without_evidence_have_no_sources(record: tuple[Content, Path]) -> None:
    content, folder = record
    headers = {Path(file.path).stem: (folder / file.path).read_text().splitlines()[0] for file in flat.files(content)}
    with_sources = {name for name, header in headers.items() if "sources_cited" in header.split(",")}

    assert with_sources == {
        "missions", "commitments", "conditions", "contributions", "deployments", "strengths", "events", "event_figures",
    }  # fmt: skip


def test_a_source_is_cited_on_one_line_with_what_is_known_of_it(tmp_path: Path) -> None:
    base = build_base("mission", tmp_path / "mission")
    known = {"type": "news", "language": "en", "read_extent": "whole"}
    day, last = "2024-01-01", "2024-01-31"
    published = {"published_earliest": day, "published_latest": day}
    sources = [
        {"source_id": "a", "title": "One.", "publisher": "P", **published, "url": "https://example.org/."},
        {"source_id": "b", "title": "Two\n lines", "published_latest": last},
        {"source_id": "c", "title": "Three", "published_earliest": day, "published_latest": last},
        {"source_id": "d", "title": "Four"},
    ]
    rewrite(base / "data/sources.csv", [{**known, **source} for source in sources])
    evidence = read(base / "data/evidence.csv")[0]
    order = enumerate(("d", "a", "c", "b", "a", "nobody"))
    rewrite(base / "data/evidence.csv", [{**evidence, "evidence_id": f"V-{n}", "source_id": id} for n, id in order])
    content = stage(base, tmp_path / "release")
    flat.write(content, tmp_path / "release")

    rows = read(tmp_path / f"release/exports/flat/{evidence['table_name']}.csv")
    (cited,) = [row for row in rows if row["sources"]]
    assert cited["sources"] == "d; a; c; b; nobody"
    assert cited["sources_cited"].split(" | ") == [
        "Four",
        "One. P, 2024-01-01. https://example.org/.",
        "Three. 2024-01-01/2024-01-31",
        "Two lines. ../2024-01-31",
        "nobody",
    ]


def test_the_balance_is_that_of_the_command_on_every_day_on_which_it_changes(record: tuple[Content, Path]) -> None:
    content, folder = record
    rows = read(folder / "exports/derived/balance.csv")
    assert content.record is not None

    assert len(rows) == len(list(BALANCE.rows(content.record)))
    for day in sorted({row["as_of"] for row in rows})[::9]:
        told = muster("balance", RECORD, "--as-of", day, "--format", "csv").stdout
        assert list(csv.DictReader(told.splitlines())) == [row for row in rows if row["as_of"] == day]
        assert [row["country_code"] for row in rows if row["as_of"] == day][-1] == ""


def change(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert text.count(old) == 1
    path.write_bytes(text.replace(old, new).encode())


def test_a_changed_cell_of_the_balance_is_named(record: tuple[Content, Path], tmp_path: Path) -> None:
    content, folder = record
    path = "exports/derived/balance.csv"
    (tmp_path / "exports/derived").mkdir(parents=True)
    lines = (folder / path).read_text().splitlines()
    cells = lines[-1].split(",")
    (tmp_path / path).write_text("\n".join([*lines[:-1], ",".join([*cells[:15], "9", *cells[16:]])]) + "\n")

    where = f"row {len(lines) - 1} ({cells[2]} all)"
    said = [sentence for sentence in derived.differences(content, tmp_path) if sentence.startswith(path)]
    assert said == [f"{path}: {where}: deployed_min is 9, in the table {cells[15]}"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("3,CAP,Rose", "3,CAP,Rosa", ["row 3 (id 3): name is Rosa, in the table Rose"]),
        ("3,CAP,Rose,,,a,CAP,Cap-Haïtien,53.5\n", "", ["it has 2 rows, the table 3", "row 3 (id 3) is missing"]),
        ("place.area", "area", ["the column place.area is missing", "the column area is not in the table"]),
        ("id,", "\ufeffid,", ["the column id is missing", r"the column '\ufeffid' is not in the table"]),
        ("Rose", 'R"ose', [r"""row 3 (id 3): name is 'R"ose', in the table Rose"""]),
        ("3,CAP", '3,"CAP', ["the file is damaged or no CSV"]),
        ("3,CAP", "CAP", ["row 3 is not as wide as the header"]),
    ],
)
def test_a_change_of_a_flat_table_is_named(old: str, new: str, said: list[str], tmp_path: Path) -> None:
    content = stage(build_base("plain", tmp_path / "plain"), tmp_path / "release")
    change(exported(flat, content, tmp_path / "release"), old, new)

    path = "exports/flat/people.csv"
    assert list(flat.differences(content, tmp_path / "release")) == [f"{path}: {sentence}" for sentence in said]


def test_a_record_that_cannot_be_read_is_refused_with_the_place(tmp_path: Path) -> None:
    base = build_base("mission", tmp_path / "mission")
    change(base / "data/missions.csv", "mission_id", "mission")
    with pytest.raises(Unusable, match=r"missions\.csv"):
        derived.write(stage(base, tmp_path / "release"), tmp_path / "release")


def test_a_package_that_is_no_record_has_no_balance(tmp_path: Path) -> None:
    content = stage(build_base("ferries", tmp_path / "ferries"), tmp_path / "release")
    derived.write(content, tmp_path / "release")

    assert derived.files(content) == []
    assert list(derived.differences(content, tmp_path / "release")) == []
    assert not (tmp_path / "release/exports").exists()
