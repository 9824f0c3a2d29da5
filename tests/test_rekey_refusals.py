"""`muster new --rekey` moves nothing unless it is told which row moves and what goes with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from branches import fails, new, repository, rows
from elsewhere import commit
from musterroll.drafting.origins import Origins, origins
from musterroll.package.dialect import Dialect
from musterroll.package.table import Schema, Table
from running import replace


@pytest.mark.parametrize(
    ("table", "words", "told"),
    [
        ("deployments", ["--rekey", "D-0099"], "deployments has no D-0099"),
        ("deployments", ["--rekey", "D-0001", "--since", "HEAD"], "there is nothing to move: D-0001 is known there"),
        ("commitments", ["--rekey", "C-0004", "--since", "HEAD"], "there is nothing to move"),
        ("countries", ["--rekey", "KEN"], "ids of countries are not letters, a hyphen and digits"),
        ("deployments", ["--rekey", "D-0001", "--set", "note=x"], "--rekey moves what is there"),
        ("deployments", ["--rekey", "D-0001", "--rekey", "D-0002", "--line", "2"], "one --rekey"),
        ("deployments", ["--line", "2"], "belong to --rekey"),
        ("deployments", ["--since", "HEAD"], "belong to --rekey"),
    ],
)
def test_what_cannot_be_moved_is_told_as_such(table: str, words: list[str], told: str, tmp_path: Path) -> None:
    package = repository(tmp_path / "p")

    assert told in fails(package, table, *words).stderr


def test_a_new_revision_that_clashes_with_none_stays(tmp_path: Path) -> None:
    package = repository(tmp_path / "p")
    new(package, "commitments", "--revise", "C-0004", "--set", "status=withdrawn")

    assert "nothing to move" in fails(package, "commitments", "--rekey", "C-0004", "--since", "HEAD").stderr


def test_a_row_that_was_changed_beside_one_that_came_is_told_by_its_line(tmp_path: Path) -> None:
    package = repository(tmp_path / "p")
    place = package / "data/events.csv"
    text = place.read_text().replace("An armed group attacked a town.", "A gang attacked a town.")
    place.write_text(f"{text}E-0002,attack,2025-03-04,2025-03-04,,A siege.\n")

    assert "none of them is as it was before" in fails(package, "events", "--rekey", "E-0002", "--since", "HEAD").stderr
    told = fails(package, "events", "--rekey", "E-0002", "--line", "4").stderr
    assert "data/event_figures.csv:4 names E-0002: which of the rows?" in told

    assert new(package, "events", "--rekey", "E-0002", "--line", "4", "--since", "HEAD") == "E-0003"
    assert rows(package, "events")[1:] == [
        "E-0002,attack,2024-10-03,2024-10-03,A town in the Artibonite,A gang attacked a town.",
        "E-0003,attack,2025-03-04,2025-03-04,,A siege.",
    ]


def test_tables_without_a_key_are_compared_by_whole_rows() -> None:
    def table(*lines: str) -> Table:
        return Table("t", "t.csv", Schema({"fields": []}, ""), Dialect(), ["a"], [[line] for line in lines])

    assert origins(table("x", "x", "y"), table("x", "z")) == Origins(frozenset({1, 2}))
    assert origins(table("x"), None) == Origins(frozenset({0}))


def test_a_revision_that_is_no_number_is_named_with_its_place(tmp_path: Path) -> None:
    package = repository(tmp_path / "p")
    place = package / "data/commitments.csv"
    text = place.read_text()
    place.write_text(text.replace("C-0004,1,", "C-0004,one,") + text.splitlines()[6] + "x\n")

    told = fails(package, "commitments", "--rekey", "C-0004", "--line", "7").stderr
    assert "revision is 'one', which is no number" in told


def test_errata_that_name_a_revision_follow_it(tmp_path: Path) -> None:
    package = repository(tmp_path / "p")
    place = package / "data/commitments.csv"
    said = "MSS,BHS,{},military,150,150,150,exact,2025-03-01,2025-03-01,It,true,,world_changed,\n"
    place.write_text(place.read_text() + "C-0004,2," + said.format("suspended"))
    commit(package)
    place.write_text(place.read_text() + "C-0004,2," + said.format("withdrawn"))
    errata = package / "data/errata.csv"
    errata.write_text(
        errata.read_text()
        + "X-0002,commitments,C-0004/2,status,,x,we_were_wrong,0.2.0,1.0.0,\n"
        + "X-0003,commitments,C-0004,status,,x,we_were_wrong,0.2.0,1.0.0,\n"
    )

    assert new(package, "commitments", "--rekey", "C-0004", "--since", "HEAD") == "C-0004/3"

    assert [line.split(",")[2] for line in rows(package, "errata")] == ["D-0005", "C-0004/3", "C-0004"]


def test_ids_of_evidence_that_cannot_be_counted_end_a_new_row(tmp_path: Path) -> None:
    package = repository(tmp_path / "p")
    for path, old, after in (
        ("schemas/evidence.json", '"pattern": "V-[0-9]{4}"', '"pattern": "[V-]+[0-9]+"'),
        ("data/evidence.csv", "V-0001,", "V--0001,"),
    ):
        replace(package, path, old, after)

    assert "the ids of evidence are not letters" in fails(package, "deployments").stderr


def test_references_are_looked_up_as_far_as_they_can_be(tmp_path: Path) -> None:
    """A key into a table that is not there is not judged; one that is empty or leads to the new row itself is none."""
    fields = [{"name": "id"}, {"name": "whole"}, {"name": "other"}, {"name": "code"}]
    keys = [
        {"fields": "whole", "reference": {"fields": "id"}},
        {"fields": "other", "reference": {"resource": "gone", "fields": "id"}},
        {"fields": "code", "reference": {"resource": "", "fields": "code"}},
    ]
    schema = {"fields": fields, "primaryKey": "id", "foreignKeys": keys}
    loose = {"fields": [{"name": "a"}]}
    resources = [
        {"name": "things", "path": "t.csv", "schema": schema},
        {"name": "loose", "path": "l.csv", "schema": loose},
    ]
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "x", "resources": resources}))
    (tmp_path / "t.csv").write_text("id,whole,other,code\nA-01,,x,c\n")
    (tmp_path / "l.csv").write_text("a\nA-77\n")

    assert new(tmp_path, "things", "--set", "whole=", "--set", "other=y") == "A-02"
    assert new(tmp_path, "things", "--set", "whole=A-03", "--set", "code=d") == "A-03"
    assert "things has no such row" in fails(tmp_path, "things", "--set", "whole=A-09").stderr
    assert new(tmp_path, "things", "--rekey", "A-03") == "A-04"
    assert "A-04,A-04,,d" in (tmp_path / "t.csv").read_text()
