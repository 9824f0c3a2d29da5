"""`muster new --rekey` moves nothing unless it is told which row moves and what goes with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from branches import fails, new, repository, rows
from musterroll.drafting.origins import Origins, origins
from musterroll.package.dialect import Dialect
from musterroll.package.table import Schema, Table


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
