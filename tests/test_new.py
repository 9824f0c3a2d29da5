"""`muster new`: the next free id, a row and its evidence where they belong, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from branches import ARRIVAL, GAZETTE, added, content, fails, new, record_in_form, rows, settings
from muster_validators import validate
from running import copy_of_record, muster, replace


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return record_in_form(tmp_path / "record")


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return record_in_form(tmp_path / "before")


def test_an_arrival_gets_the_next_id_its_evidence_and_its_place_and_the_record_stays_sound(
    package: Path, before: Path
) -> None:
    cells = {"personnel": "40", "date": "2025-02-06"}

    assert new(package, "deployments", *settings(ARRIVAL, cells), *GAZETTE) == "D-0010"

    assert added(package, "deployments", before) == [
        "D-0010,MSS,KEN,arrival,police,40,40,40,exact,2025-02-06,2025-02-06,in_haiti,C-0001,"
    ]
    assert [line.partition(",")[2] for line in added(package, "evidence", before)] == [
        "deployments,D-0010,,personnel,gazette-2025-12-20,par. 2,40,supports,preferred,",
        "deployments,D-0010,,date,gazette-2025-12-20,par. 2,2025-02-06,supports,preferred,",
    ]
    assert muster("fmt", package, "--check").code == 0
    assert validate(package, ("structure", "facts")).valid


def test_every_byte_but_the_new_rows_and_their_hashes_stays(package: Path, before: Path) -> None:
    new(package, "strengths")

    changed = {path for path, data in content(package).items() if data != content(before)[path]}
    assert changed == {"data/strengths.csv", "data/evidence.csv", "datapackage.json"}
    for table in ("strengths", "evidence"):
        came = added(package, table, before)
        assert came
        assert [line for line in rows(package, table) if line not in came] == rows(before, table)
    old, now = (json.loads((folder / "datapackage.json").read_text()) for folder in (before, package))
    for one, other in zip(old["resources"], now["resources"], strict=True):
        assert {name for name in one if one[name] != other[name]} <= {"hash", "bytes"}


def test_the_real_record_takes_a_row_in_every_table_that_gives_ids(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    for table in ("commitments", "conditions", "contributions", "deployments", "strengths", "events", "event_figures"):
        ids = {line.partition(",")[0] for line in rows(package, table)}

        id = new(package, table).partition("/")[0]

        assert id not in ids
        assert id > max(ids)
    assert muster("fmt", package, "--check").code == 0


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("retired_ids", "D-0041,deployments,1.0.0,,Never happened\n"),
        ("retired_ids", "D-0003,deployments,1.0.0,D-0041,The same thing\n"),
        ("errata", "X-0002,deployments,D-0041,,,,we_were_wrong,0.2.0,1.0.0,\n"),
        ("waivers", "W-0001,stocks-reconcile,deployments,D-0041,0123456789ab,Why,gazette-2025-12-20,2030-01-01\n"),
        (
            "errata",
            "X-0002,deployments,D-12,,,,we_were_wrong,0.2.0,1.0.0,\nX-0003,deployments,D-0041,,,,x,1.0.0,1.0.0,\n",
        ),
        ("evidence", "V-0900,deployments,D-0041,,date,gazette-2025-12-20,par. 1,2025,supports,normal,\n"),
    ],
)
def test_an_id_that_anything_names_is_never_given_again(file: str, line: str, package: Path) -> None:
    place = package / f"data/{file}.csv"
    place.write_text(place.read_text() + line)

    assert new(package, "deployments") == "D-0042"


@pytest.mark.parametrize(
    ("column", "words"),
    [("commitments.part_of", "C-0101,1,MSS,KEN,pledged,police,1,1,1,exact,2025-01-01,,Who,false,C-0300,new,"),
     ("deployments.commitment_id", "D-0900,MSS,KEN,arrival,police,1,1,1,exact,2025-01-01,,in_haiti,C-0300,")],
)  # fmt: skip
def test_an_id_is_also_taken_by_a_reference_that_no_foreign_key_declares(
    column: str, words: str, package: Path
) -> None:
    place = package / f"data/{column.partition('.')[0]}.csv"
    place.write_text(f"{place.read_text()}{words}\n")

    assert new(package, "commitments") == "C-0301/1"


def test_an_id_of_ones_own_must_be_free(package: Path, before: Path) -> None:
    assert "given, retired or named" in fails(package, "deployments", "--set", "deployment_id=D-0001").stderr
    assert "does not have the form" in fails(package, "deployments", "--set", "deployment_id=D-1").stderr

    assert new(package, "deployments", "--set", "deployment_id=D-0100") == "D-0100"


def test_when_the_digits_are_used_up_it_says_so(package: Path) -> None:
    place = package / "data/retired_ids.csv"
    place.write_text(place.read_text() + "D-9999,deployments,1.0.0,,Never happened\n")

    assert "D-9999 was the last" in fails(package, "deployments").stderr


def test_a_dry_run_shows_what_would_be_written_and_writes_nothing(package: Path) -> None:
    before = content(package)

    result = muster("new", "deployments", package, "--dry-run", *settings(ARRIVAL, {"personnel": "~40"}), *GAZETTE)

    assert result.code == 0
    assert content(package) == before
    assert "+    11  D-0010,MSS,KEN,arrival,police,,40,,about,,,in_haiti,C-0001,\n" in result.stdout
    assert ",deployments,D-0010,,personnel,gazette-2025-12-20,par. 2,~40,supports,preferred,\n" in result.stdout


def test_what_is_left_empty_is_told_with_what_belongs_there(package: Path) -> None:
    told = muster("new", "deployments", package, *settings(ARRIVAL, {"personnel": "40"})).stderr

    must, _, may = told.partition("left empty, which says:")
    assert "deployments.date_earliest (D-0010): First day on which the movement may have taken place" in must
    assert "evidence.source_id (V-" in must
    assert "evidence.value_asserted (V-" in must  # of the date alone: the number has one
    assert "deployments.date_latest: the movement is not known to be complete.\n" in may
    assert "deployments.note: nothing to add.\n" in may
    assert "personnel" not in may


def test_codes_are_listed_for_what_must_be_filled_in(package: Path) -> None:
    told = muster("new", "deployments", package).stderr

    assert "deployments.place (D-0010): Where the people came to" in told
    assert "One of in_country, in_haiti, offshore, training_abroad.\n" in told


def test_quiet_says_the_id_and_nothing_else(package: Path) -> None:
    result = muster("-q", "new", "events", package)

    assert (result.stdout, result.stderr) == ("E-0003\n", "")


def test_evidence_is_a_row_like_any_other(package: Path, before: Path) -> None:
    cells = {"table_name": "deployments", "row_id": "D-0001", "field": "personnel", "value_asserted": "~200"}

    id = new(package, "evidence", *settings(cells, {"stance": "supports", "rank": "normal"}), *GAZETTE)

    assert added(package, "evidence", before) == [
        f"{id},deployments,D-0001,,personnel,gazette-2025-12-20,par. 2,~200,supports,normal,"
    ]
    assert validate(package, ("structure", "facts")).valid


@pytest.mark.parametrize(
    ("table", "cells", "fields"),
    [
        ("events", {"date": "2025-03"}, [("", "", "normal"), ("date", "2025-03", "preferred")]),
        ("conditions", {"commitment_id": "C-0001", "revision": "1", "status": "open"}, [("", "", "normal")]),
        ("contributions", {"amount": "?", "date": "2025-03-01"}, [("date", "2025-03-01", "preferred")]),
        ("strengths", {"personnel": "54..65"}, [("personnel", "54..65", "preferred"), ("as_of", "", "preferred")]),
        (
            "event_figures",
            {"event_id": "E-0002", "measure": "injured", "figure": ">400"},
            [("figure", ">400", "preferred")],
        ),
        (
            "commitments",
            {"status": "offered", "personnel": "<=50", "announced": "2025-01-01/.."},
            [("personnel", "<=50", "preferred"), ("status", "offered", "preferred"),
             ("announced", "2025-01-01/..", "preferred")],
        ),
        ("event_countries", {"event_id": "E-0002", "country_code": "KEN", "role": "host"}, []),
    ],
)  # fmt: skip
def test_each_table_gets_the_evidence_that_its_rows_need(
    table: str, cells: dict[str, str], fields: list[tuple[str, str, str]], package: Path, before: Path
) -> None:
    new(package, table, *settings(cells))

    found = [line.split(",") for line in added(package, "evidence", before)]
    assert [(each[4], each[7], each[9]) for each in found] == fields


def test_a_commitment_begins_with_revision_one_and_what_its_definition_settles(package: Path, before: Path) -> None:
    new(package, "commitments", *settings({"status": "interest", "country_code": "BLZ", "mission_id": "MSS"}))
    new(package, "commitments", *settings({"status": "pledged", "part_of": "C-0001"}))
    new(package, "commitments", *settings({"status": "pledged", "is_summable": "false"}))

    first, second, third = (line.split(",") for line in added(package, "commitments", before))
    assert (first[:5], first[13], first[15]) == (["C-0007", "1", "MSS", "BLZ", "interest"], "false", "new")
    assert (second[13], second[14]) == ("false", "C-0001")
    assert third[13] == "false"


def test_a_table_without_ids_of_its_own_needs_its_whole_key_and_no_key_comes_twice(package: Path) -> None:
    told = fails(package, "event_countries", "--set", "country_code=KEN").stderr
    assert "--set event_id=… --set role=…" in told
    words = settings({"event_id": "E-0001", "country_code": "KEN", "role": "participant"})
    assert "already" in fails(package, "event_countries", *words).stderr
    assert "--set country_code=…" in fails(package, "countries").stderr


def test_what_must_be_unique_together_is_refused(package: Path) -> None:
    words = settings({"event_id": "E-0002", "measure": "killed"})

    assert "event_id, measure = E-0002, killed already" in fails(package, "event_figures", *words).stderr


def test_rows_without_evidence_take_no_source(package: Path) -> None:
    assert "no source" in fails(package, "countries", "--set", "country_code=SLV", "--source", "x").stderr
    told = fails(package, "waivers", "--locator", "par. 2").stderr
    assert "no locator" in told


def test_two_at_once_take_two_ids(package: Path) -> None:
    script = "from muster_cli import main; main()"
    command = [sys.executable, "-c", script, "-q", "new", "deployments", str(package)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]

    told = sorted(process.communicate()[0].strip() for process in running)

    assert told == ["D-0010", "D-0011", "D-0012"]
    assert muster("fmt", package, "--check").code == 0


def test_a_record_that_cannot_be_read_is_left_alone(package: Path) -> None:
    replace(package, "data/events.csv", "E-0002,attack", 'E-0002,"attack')
    before = content(package)

    result = muster("new", "deployments", package)

    assert result.code == 1
    assert "data/events.csv" in result.stderr
    assert content(package) == before


def test_only_a_folder_can_be_written_to(package: Path, tmp_path: Path) -> None:
    assert muster("new", "deployments", f"{package}@main").code == 2
    assert muster("new", "deployments", tmp_path / "nowhere").code == 4
    assert muster("new").code == 2


def test_the_descriptor_itself_may_be_named(package: Path) -> None:
    assert new(package / "datapackage.json", "events") == "E-0003"


def test_a_record_whose_hashes_are_stale_gets_true_ones_for_what_is_written(package: Path) -> None:
    place = package / "data/events.csv"
    place.write_text(place.read_text().replace("A town in the Artibonite", "A town"))

    assert [finding.check for finding in validate(package, ("structure",))] == ["integrity"]

    new(package, "events", *settings({"kind": "attack", "date": "2025-03", "description": "A raid."}), *GAZETTE)

    assert validate(package, ("structure",)).valid


def test_evidence_of_a_number_names_no_row_by_its_value_and_that_of_a_pledge_does(package: Path) -> None:
    about = {"stance": "supports", "rank": "normal"}
    ceiling = {"table_name": "missions", "row_id": "MSS", "field": "personnel_ceiling", "value_asserted": "2500"}
    pledge = {"table_name": "deployments", "row_id": "D-0001", "field": "commitment_id", "value_asserted": "C-0099"}

    assert new(package, "evidence", *settings(about, ceiling), *GAZETTE).startswith("V-")
    assert "commitments has no such row" in fails(package, "evidence", *settings(about, pledge), *GAZETTE).stderr
