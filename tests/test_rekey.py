"""`muster new --rekey`: after two branches took the same id, one of the rows moves with all that speaks of it."""

from __future__ import annotations

from pathlib import Path

from branches import (
    ARRIVAL,
    GAZETTE,
    Work,
    added,
    as_in,
    content,
    fails,
    is_sound,
    new,
    record_in_form,
    rows,
    settings,
    two_branches,
)
from elsewhere import commit
from muster_validators import validate
from running import muster

OURS = settings(ARRIVAL, {"personnel": "30", "date": "2025-02-20", "note": "Ours."})
THEIRS = settings(ARRIVAL, {"personnel": "40", "date": "2025-02-06", "note": "Theirs."})


def arrival(words: list[str]) -> Work:
    return lambda package: new(package, "deployments", *words, *GAZETTE)


def test_two_branches_that_took_one_id_are_merged_and_both_arrivals_stay_with_their_evidence(tmp_path: Path) -> None:
    package = two_branches(tmp_path / "p", arrival(THEIRS), arrival(OURS))
    main = as_in(package, "main", tmp_path / "main")
    assert {finding.check for finding in validate(package, ("structure",))} == {"primary-key"}

    assert new(package, "deployments", "--rekey", "D-0010", "--since", "main") == "D-0011"

    assert is_sound(package)
    assert rows(package, "deployments")[:-1] == rows(main, "deployments")
    assert rows(package, "deployments")[-1].startswith("D-0011,MSS,KEN,arrival,police,30,30,30,exact,2025-02-20,")
    assert [line.partition(",")[2] for line in added(package, "evidence", main)] == [
        "deployments,D-0011,,personnel,gazette-2025-12-20,par. 2,30,supports,preferred,",
        "deployments,D-0011,,date,gazette-2025-12-20,par. 2,2025-02-20,supports,preferred,",
    ]
    assert set(rows(main, "evidence")) < set(rows(package, "evidence"))
    commit(package)
    assert muster("validate", package, "--since", "main", "--layer", "facts").code == 0


def test_without_a_word_on_which_one_moves_nothing_does(tmp_path: Path) -> None:
    package = two_branches(tmp_path / "p", arrival(THEIRS), arrival(OURS))

    told = fails(package, "deployments", "--rekey", "D-0010").stderr

    assert "D-0010 names 2 rows of data/deployments.csv (lines 11, 12): --since REV" in told
    assert "which of the rows? --since REV" in fails(package, "deployments", "--rekey", "D-0010", "--line", "12").stderr
    assert "stands in lines 11, 12" in fails(package, "deployments", "--rekey", "D-0010", "--line", "3").stderr
    before_both = fails(package, "deployments", "--rekey", "D-0010", "--since", "main~1").stderr
    assert "none of them is known there" in before_both


def test_a_dry_run_of_a_move_shows_it_and_writes_nothing(tmp_path: Path) -> None:
    package = two_branches(tmp_path / "p", arrival(THEIRS), arrival(OURS))
    before = content(package)

    result = muster("new", "deployments", package, "--rekey", "D-0010", "--since", "@main", "--dry-run")

    assert content(package) == before
    assert [line[0] for line in result.stdout.splitlines() if line[:1] in "+-"] == ["-", "+", *"--++"]
    assert "D-0011,MSS,KEN,arrival,police,30" in result.stdout


def pledge(country: str, number: int, locator: str) -> Work:
    """A pledge with a part, a condition, a later revision, and an arrival under it."""
    source = ("--source", "gazette-2025-12-20", "--locator", locator)

    def work(package: Path) -> None:
        cells = {"mission_id": "MSS", "country_code": country, "status": "pledged", "personnel_kind": "police"}
        said = {"announced": "2024-03-01", "announced_by": f"{country} itself"}
        whole = new(package, "commitments", *settings(cells, said, {"personnel": str(number)}), *source)[:6]
        part = settings(cells, said, {"personnel": str(number // 2), "part_of": whole})
        new(package, "commitments", *part, *source)
        condition = {
            "commitment_id": whole,
            "revision": "1",
            "kind": "funding",
            "status": "open",
            "description": country,
        }
        new(package, "conditions", *settings(condition), *source)
        later = {
            "status": "approved",
            "announced": "2024-06-01",
            "announced_by": country,
            "change_reason": "world_changed",
        }
        new(package, "commitments", "--revise", whole, *settings(later), *source)
        under = {**ARRIVAL, "country_code": country, "personnel": str(number // 10), "date": "2025-02-06"}
        new(package, "deployments", *settings(under, {"commitment_id": whole}), *source)

    return work


def test_a_pledge_moves_with_its_revisions_parts_conditions_and_arrivals(tmp_path: Path) -> None:
    package = two_branches(tmp_path / "p", pledge("BLZ", 100, "par. 2"), pledge("JAM", 80, "par. 3"))
    main = as_in(package, "main", tmp_path / "main")

    words = ("--rekey", "C-0007", "--rekey", "C-0008", "--since", "main")
    assert new(package, "commitments", *words).split() == ["C-0009", "C-0010"]

    assert is_sound(package)
    mine = [line.split(",") for line in added(package, "commitments", main)]
    assert [(row[0], row[1], row[3], row[14]) for row in mine] == [
        ("C-0009", "1", "JAM", ""), ("C-0009", "2", "JAM", ""), ("C-0010", "1", "JAM", "C-0009"),
    ]  # fmt: skip
    assert [line.split(",")[:3] for line in added(package, "conditions", main)] == [["K-0006", "C-0009", "1"]]
    assert added(package, "deployments", main) == [
        "D-0011,MSS,JAM,arrival,police,8,8,8,exact,2025-02-06,2025-02-06,in_haiti,C-0009,"
    ]
    assert set(rows(main, "commitments")) < set(rows(package, "commitments"))
    assert {line.split(",")[2] for line in added(package, "evidence", main)} == {"C-0009", "C-0010", "K-0006", "D-0011"}


def revision(status: str, day: str, locator: str) -> Work:
    said = {"status": status, "announced": day, "announced_by": "It", "change_reason": "world_changed"}

    def work(package: Path) -> None:
        new(package, "commitments", "--revise", "C-0004", *settings(said), *GAZETTE)
        cells = {"commitment_id": "C-0004", "revision": "2", "kind": "other", "status": "open", "description": status}
        new(package, "conditions", *settings(cells), "--source", "gazette-2025-12-20", "--locator", locator)

    return work


SUSPENDED = revision("suspended", "2025-03-01", "par. 2")
WITHDRAWN = revision("withdrawn", "2025-06-01", "par. 3")


def test_two_revisions_of_one_pledge_become_two_numbers_and_not_two_pledges(tmp_path: Path) -> None:
    package = two_branches(tmp_path / "p", SUSPENDED, WITHDRAWN)
    main = as_in(package, "main", tmp_path / "main")

    assert new(package, "commitments", "--rekey", "C-0004", "--since", "main") == "C-0004/3"

    assert is_sound(package)
    (row,) = added(package, "commitments", main)
    assert row.startswith("C-0004,3,MSS,BHS,withdrawn,")
    assert [line.split(",")[:3] for line in added(package, "conditions", main)] == [["K-0006", "C-0004", "3"]]
    mine = [line.split(",") for line in added(package, "evidence", main)]
    assert sorted((line[2], line[3], line[4]) for line in mine) == [
        ("C-0004", "3", "announced"), ("C-0004", "3", "status"), ("K-0006", "", ""),
    ]  # fmt: skip


def event(what: str, country: str, locator: str = "par. 2") -> Work:
    source = ("--source", "gazette-2025-12-20", "--locator", locator)

    def work(package: Path) -> None:
        cells = {"kind": "attack", "date": "2025-03-04", "description": what}
        id = new(package, "events", *settings(cells), *source)
        new(package, "event_figures", *settings({"event_id": id, "measure": "killed", "figure": what[0]}), *source)
        new(package, "event_countries", *settings({"event_id": id, "country_code": country, "role": "target"}))

    return work


def test_an_event_moves_with_its_figures_and_countries_and_the_figures_with_their_evidence(tmp_path: Path) -> None:
    package = two_branches(tmp_path / "p", event("2 raids.", "KEN"), event("3 sieges.", "JAM", "par. 3"))
    main = as_in(package, "main", tmp_path / "main")

    assert new(package, "events", "--rekey", "E-0003", "--since", "main") == "E-0004"

    assert is_sound(package)
    assert added(package, "events", main) == ["E-0004,attack,2025-03-04,2025-03-04,,3 sieges."]
    assert added(package, "event_figures", main) == ["F-0005,E-0004,killed,3,3,3,exact"]
    assert added(package, "event_countries", main) == ["E-0004,JAM,target"]
    about = sorted(line.split(",")[1:3] for line in added(package, "evidence", main))
    assert about == [["event_figures", "F-0005"], ["events", "E-0004"], ["events", "E-0004"]]


def test_a_line_that_both_branches_wrote_alike_stands_once_after_a_merge_and_that_is_told(tmp_path: Path) -> None:
    package = two_branches(tmp_path / "p", event("2 raids.", "KEN"), event("3 sieges.", "KEN"))

    told = muster("new", "events", package, "--rekey", "E-0003", "--since", "main").stderr

    assert "E-0003 has a row in data/event_countries.csv, E-0004 has not: git keeps one of two lines" in told
    assert "E-0003 has a row, date in data/evidence.csv, E-0004 has not" in told
    assert [line for line in rows(package, "event_countries") if "target" in line] == ["E-0003,KEN,target"]


def test_what_else_both_branches_gave_is_named_with_the_command_that_moves_it(tmp_path: Path) -> None:
    cells = {"table_name": "deployments", "row_id": "D-0001", "field": "date", "value_asserted": "2024-06",
             "stance": "supports", "rank": "normal"}  # fmt: skip

    def work(words: list[str], locator: str) -> Work:
        def both(package: Path) -> None:
            new(package, "evidence", *settings(cells), "--source", "gazette-2025-12-20", "--locator", locator)
            new(package, "deployments", *words, *GAZETTE)

        return both

    package = two_branches(tmp_path / "p", work(THEIRS, "par. 8"), work(OURS, "par. 9"))

    told = muster("new", "deployments", package, "--rekey", "D-0010", "--since", "main").stderr

    (left,) = {line.split(",")[0] for line in rows(package, "evidence") if "par. 9" in line}
    assert f"still has two rows each of these: muster new evidence --rekey {left}" in told
    new(package, "evidence", "--rekey", left, "--since", "main")
    assert is_sound(package)


def test_a_row_that_no_other_shares_its_id_with_moves_whole(tmp_path: Path) -> None:
    package, before = record_in_form(tmp_path / "p"), record_in_form(tmp_path / "before")

    result = muster("new", "commitments", package, "--rekey", "C-0001")

    assert result.stdout == "C-0007\n"
    assert is_sound(package)
    assert "if a release has C-0001: who cites it must find it in retired_ids" in result.stderr
    for table in ("commitments", "conditions", "deployments", "evidence"):
        expected = sorted(line.replace("C-0001", "C-0007") for line in rows(before, table))
        assert sorted(rows(package, table)) == expected
        assert "C-0001" not in (package / f"data/{table}.csv").read_text()


def test_errata_waivers_and_whole_keys_in_them_move_too(tmp_path: Path) -> None:
    package = record_in_form(tmp_path / "p")
    for table, line in (
        ("errata", "X-0002,commitments,C-0001/2,note,a,b,we_were_wrong,0.2.0,1.0.0,\n"),
        ("errata", "X-0003,event_countries,E-0001/KEN/participant,,,,we_were_wrong,0.2.0,1.0.0,\n"),
        ("waivers", "W-0001,reason-given,commitments,C-0001/2,0123456789ab,Why,gazette-2025-12-20,2030-01-01\n"),
    ):
        place = package / f"data/{table}.csv"
        place.write_text(place.read_text() + line)

    told = muster("new", "commitments", package, "--rekey", "C-0001").stderr
    new(package, "events", "--rekey", "E-0001")

    assert "the waiver W-0001 names what moved" in told
    assert rows(package, "waivers")[0].split(",")[3] == "C-0007/2"
    assert [line.split(",")[2] for line in rows(package, "errata")] == ["D-0005", "C-0007/2", "E-0003/KEN/participant"]
    assert rows(package, "event_countries") == ["E-0003,KEN,participant"]


def test_a_row_that_came_to_name_what_moves_goes_with_it(tmp_path: Path) -> None:
    """Evidence that main has, and that the branch pointed at its own new row, follows that row."""

    def ours(package: Path) -> None:
        new(package, "deployments", *OURS, *GAZETTE)
        place = package / "data/deployments.csv"
        place.write_text(place.read_text().replace("Ours.", "Pointed."))
        evidence = package / "data/evidence.csv"
        lines = evidence.read_text().splitlines(keepends=True)
        (at,) = [number for number, line in enumerate(lines) if ",deployments,D-0009,," in line][:1]
        lines[at] = lines[at].replace("D-0009", "D-0010")
        evidence.write_text("".join(lines))
        assert muster("fmt", package).code == 0

    package = two_branches(tmp_path / "p", arrival(THEIRS), ours)
    new(package, "deployments", "--rekey", "D-0010", "--since", "main")

    about = [line.split(",")[2] for line in rows(package, "evidence") if ",deployments,D-001" in line]
    assert sorted(about) == ["D-0010", "D-0010", "D-0011", "D-0011", "D-0011"]


def test_the_other_package_may_be_a_folder_and_must_be_there(tmp_path: Path) -> None:
    package = two_branches(tmp_path / "p", arrival(THEIRS), arrival(OURS))
    main = as_in(package, "main", tmp_path / "main")

    assert new(package, "deployments", "--rekey", "D-0010", "--since", str(main)) == "D-0011"
    assert muster("new", "deployments", package, "--rekey", "D-0010", "--since", "nowhere").code == 4
