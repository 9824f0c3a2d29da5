"""The ledger of claims is whole and true: nothing that was collected is lost on the way into the record."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
from collections import defaultdict
from itertools import groupby
from pathlib import Path

import pytest

from running import ROOT

Row = dict[str, str]

CLAIMS = {"commitment_claims.csv": 157, "deployment_claims.csv": 80, "event_claims.csv": 146, "finance_claims.csv": 79}
FACTS = Path(os.environ.get("HAITI_MSS_CLAIMS", "no-claims"))  # their folder; they are no part of the repository


def rows_of(path: Path) -> list[Row]:
    """The rows of a CSV file, cells as text."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


LEDGER = rows_of(ROOT / "docs/curation/ledger.csv")
LEFT_OUT = rows_of(ROOT / "docs/curation/left_out.csv")


def claim_of(line: Row) -> tuple[str, int]:
    """The claim that a line is about: its file and its number there."""
    return line["file"], int(line["row"])


def place_of(line: Row) -> tuple[int, int]:
    """Where a claim stands in the order of the files."""
    file, number = claim_of(line)
    return list(CLAIMS).index(file), number


def ids_in(line: Row) -> list[str]:
    """The rows that a line names."""
    return line["row_ids"].split(";") if line["row_ids"] else []


def test_every_claim_is_there_in_the_order_of_the_files() -> None:
    """No claim of the four files is missing, and none is there that they do not have."""
    met = [claim for claim, _ in groupby(LEDGER, claim_of)]

    assert met == [(file, number) for file, count in CLAIMS.items() for number in range(1, count + 1)]


def test_the_lines_of_one_claim_agree_about_it() -> None:
    """A claim that several tables hold has one hash, one list of sources, and one line per table."""
    for claim, group in groupby(LEDGER, claim_of):
        lines = list(group)
        tables = [line["table_name"] for line in lines if line["row_ids"]]
        assert len({(line["sha256"], line["source_ids"]) for line in lines}) == 1, claim
        assert len(set(tables)) == len(tables), claim
        assert re.fullmatch(r"[0-9a-f]{64}", lines[0]["sha256"]), claim


def test_a_line_names_rows_or_says_what_is_left_out() -> None:
    """Never both and never neither; and no claim is left out as a whole."""
    for line in LEDGER:
        assert bool(line["row_ids"]) == bool(line["table_name"]) != bool(line["left_out"]), claim_of(line)
    assert {claim_of(line) for line in LEDGER if line["row_ids"]} == {claim_of(line) for line in LEDGER}


@pytest.mark.parametrize("table", sorted({line["table_name"] for line in LEDGER if line["table_name"]}))
def test_every_row_that_the_ledger_names_exists(table: str) -> None:
    """The rows stand in the table that the line names, each once and in order."""
    key = json.loads((ROOT / f"schemas/{table}.json").read_text(encoding="utf-8"))["primaryKey"][0]
    known = {row[key] for row in rows_of(ROOT / f"data/{table}.csv")}

    for line in LEDGER:
        if line["table_name"] == table:
            assert set(ids_in(line)) <= known, claim_of(line)
            assert ids_in(line) == sorted(set(ids_in(line))), claim_of(line)


def test_every_source_of_a_claim_is_cited_by_one_of_its_rows() -> None:
    """What a claim rests on is evidence for a row that holds it, and no row is named that cites none of it."""
    cited: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows_of(ROOT / "data/evidence.csv"):
        cited[row["table_name"], row["row_id"]].add(row["source_id"])

    for claim, group in groupby(LEDGER, claim_of):
        lines = list(group)
        wanted = set(lines[0]["source_ids"].split(";"))
        found = [cited[line["table_name"], id] & wanted for line in lines for id in ids_in(line)]
        assert all(found), claim
        assert wanted == set().union(*found), claim


def test_what_is_left_out_stands_in_both_tables() -> None:
    """The list of what is left out has the claims, the reasons and the order of the ledger."""
    lines = [(*claim_of(line), line["left_out"]) for line in LEDGER if line["left_out"]]

    assert lines
    assert lines == [(*claim_of(row), row["reason"]) for row in LEFT_OUT]
    assert [place_of(row) for row in LEFT_OUT] == sorted(place_of(row) for row in LEFT_OUT)
    assert all(row["part"] for row in LEFT_OUT)


def test_every_row_of_the_record_that_the_reasons_name_exists() -> None:
    """A reason that points at a row of the record points at one that is there."""
    known = {row["row_id"] for row in rows_of(ROOT / "data/evidence.csv")}

    assert {id for row in LEFT_OUT for id in re.findall(r"\b[CKMDSEF]-\d{4}\b", row["reason"])} <= known


if FACTS.is_dir():

    @pytest.mark.parametrize("file", CLAIMS)
    def test_the_hashes_are_those_of_the_claims(file: str) -> None:
        """Where the claims lie beside the repository, they are the ones that were coded."""
        with (FACTS / file).open(newline="", encoding="utf-8") as stream:
            head, *claims = csv.reader(stream)
        column = head.index("source_ids")
        said = {claim_of(line): (line["sha256"], line["source_ids"]) for line in LEDGER if line["file"] == file}

        assert said == {
            (file, number): (hashlib.sha256("\x1f".join(cells).encode()).hexdigest(), cells[column])
            for number, cells in enumerate(claims, start=1)
        }
