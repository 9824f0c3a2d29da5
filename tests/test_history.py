"""What each release said of a row is told whole, in order, and cannot be forged by what stands in it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from elsewhere import serving
from golden import build_base
from histories import append, drop, text, told
from musterroll.release.fetching import fetch
from musterroll.release.history import history
from musterroll.release.shelf import open_shelf
from running import copy_of_record, muster, replace
from shelves import publish, withdraw

pytestmark = pytest.mark.usefixtures("alone")


_LONG = "Second group; of whom some were seconded for longer than had been announced before; so the source."


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """Releases 1.0.0, 1.0.1, 1.1.0, 2.0.0 beside the record, which itself says no more than the last of them."""
    package = copy_of_record(tmp_path / "record")
    shelf = package / "releases"
    publish(package, shelf, "1.0.0")
    replace(package, "data/deployments.csv", "Second group.", _LONG)
    publish(package, shelf, "1.0.1")
    replace(
        package,
        "data/commitments.csv",
        "KEN,pledged,police,1000,1000,1000,exact,2023-07-01",
        "KEN,pledged,police,1000,1200,,about,2023-07-01",
    )
    append(
        package,
        "data/commitments.csv",
        "C-0001,2,MSS,KEN,approved,police,1000,1000,1000,exact,2024-07-01,2024-07-31,Parliament,true,,world_changed,",
    )
    append(
        package,
        "data/errata.csv",
        "X-0001,commitments,C-0001,personnel_best,1000,1200,we_were_wrong,1.0.0 1.0.1,1.1.0,Read wrongly.",
    )
    append(package, "data/errata.csv", "X-0002,deployments,C-0001,,,,source_changed,1.0.0,1.1.0,Of another table.")
    append(package, "data/errata.csv", "X-0004,commitments,C-0002,,,,source_changed,1.0.0,1.1.0,Of another row.")
    publish(package, shelf, "1.1.0")
    drop(package, "data/deployments.csv", "D-0002")
    append(package, "data/retired_ids.csv", "D-0002,deployments,2.0.0,D-0001,The same people.")
    publish(package, shelf, "2.0.0")
    return package


def test_a_row_is_followed_from_its_first_release_to_its_retirement(record: Path) -> None:
    lines = text("D-0002", record).splitlines()

    headings = [line for line in lines if re.match(r"\d", line)]
    assert lines[0] == "D-0002  deployments of haiti-mss"
    assert headings == [
        "1.0.0  2026-11-22  first seen", "1.0.1  2026-11-22  changed",
        "1.1.0  2026-11-22  as before", "2.0.0  2026-11-22  removed",
    ]  # fmt: skip
    assert "    personnel_best       200" in lines
    at = lines.index(headings[1])
    assert lines[at + 1] == "    note  Second group."
    assert " ".join(line.strip() for line in lines[at + 2 : at + 4]) == f"→ {_LONG}"
    assert lines[-1] == "  retired, in its place D-0001: The same people."


def test_a_pledge_is_followed_with_all_its_revisions_and_its_errata(record: Path) -> None:
    document = told("C-0001", record)

    third = document["releases"][2]
    assert [release["version"] for release in document["releases"]] == ["1.0.0", "1.0.1", "1.1.0", "2.0.0"]
    assert [len(release["rows"]) for release in document["releases"]] == [1, 0, 2, 0]
    assert [(row["happened"], row["key"]["revision"]) for row in third["rows"]] == [("changed", "1"), ("added", "2")]
    assert third["rows"][0]["cells"] == [
        {"field": "personnel_best", "old": "1000", "new": "1200", "nature": "value"},
        {"field": "personnel_max", "old": "1000", "new": "", "nature": "value"},
        {"field": "personnel_qualifier", "old": "exact", "new": "about", "nature": "value"},
    ]
    assert [row["erratum_id"] for row in third["errata"]] == ["X-0001"]
    shown = text("C-0001", record)
    assert "  revision 1\n    personnel_best       1000 → 1200\n    personnel_max        1000 → (empty)\n" in shown
    assert "  revision 2  new\n    mission_id           MSS\n" in shown
    erratum = "personnel_best 1000 → 1200; we were wrong; wrong in 1.0.0 1.0.1, mended in 1.1.0;"
    assert f"  erratum X-0001: {erratum}\n  Read wrongly." in shown


@pytest.mark.parametrize("id", ["MSS", "K-0001", "M-0001", "S-0001", "E-0050", "F-0001", "V-0001", "seed-003", "KEN"])
def test_every_id_that_explain_knows_has_a_history(id: str, record: Path) -> None:
    assert muster("explain", id, record).code == 0
    assert [release["present"] for release in told(id, record)["releases"]] == [True] * 4


def test_the_working_folder_is_told_last_and_only_if_it_says_anything_else(record: Path) -> None:
    before = text("D-0001", record)
    replace(record, "data/deployments.csv", "KEN,arrival,police,196,196,196", "KEN,arrival,police,190,196,200")

    after = text("D-0001", record)

    assert "unreleased" not in before
    assert after.endswith("unreleased  changed\n    personnel_min  196 → 190\n    personnel_max  196 → 200\n")
    assert told("D-0001", record)["releases"][-1]["version"] is None
    assert "unreleased" not in text("D-0002", record)
    replace(record, "data/deployments.csv", "D-0001,", "D-0901,")
    assert "2.0.0  2026-11-22  not there\n" in text("D-0901", record)
    assert "unreleased  first seen" in text("D-0901", record)


def test_what_was_removed_can_come_back_and_errata_and_retirements_come_alone(record: Path) -> None:
    append(
        record,
        "data/deployments.csv",
        "D-0002,MSS,KEN,arrival,police,200,200,200,exact,2024-07-09,2024-07-20,in_haiti,C-0001,",
    )
    append(record, "data/errata.csv", "X-0003,deployments,D-0001,,,,world_changed,1.0.0,3.0.0,")

    assert "unreleased  back\n" in text("D-0002", record)
    assert text("D-0001", record).endswith(
        "unreleased  as before\n  erratum X-0003: the row; world changed; wrong in 1.0.0, mended in 3.0.0\n"
    )


def test_withdrawn_releases_are_told_with_the_reason(record: Path) -> None:
    withdraw(record / "releases", "1.0.1", "Wrong.", "1.1.0")

    assert "1.0.1  2026-11-22  changed\n  this release was withdrawn: Wrong.\n" in text("D-0002", record)
    assert told("D-0002", record)["releases"][1]["yanked"] == {"reason": "Wrong.", "successor": "1.1.0"}


def test_an_unknown_id_is_2_and_no_release_is_4(record: Path, tmp_path: Path) -> None:
    alone = copy_of_record(tmp_path / "alone")

    assert muster("history", "D-9999", record).code == 2
    result = muster("history", "D-0001", alone)
    assert result.code == 4
    assert "there is no release of haiti-mss (looked in the cache" in result.stderr


def test_releases_on_the_web_are_fetched_and_asked_without_a_package_at_hand(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = record / "releases"
    with serving() as site:
        site.serve(shelf, "/data/")
        expected = told("D-0002", record)
        assert told("D-0002", "--from", f"{site.url}/data") == expected
        monkeypatch.setenv("MUSTER_INDEX", f"{site.url}/data")
        assert told("D-0002") == expected
        assert told("D-0002", "haiti-mss@2.0.0") == expected
    monkeypatch.delenv("MUSTER_INDEX")
    assert told("D-0002", "haiti-mss@latest") == expected  # from the cache
    assert muster("history", "D-0002").code == 4


def test_a_step_back_of_a_shelf_on_the_web_is_not_taken_for_the_whole_history(record: Path) -> None:
    with serving() as site:
        site.serve(record / "releases", "/data/")
        fetch("haiti-mss", None, f"{site.url}/data")
        shutil.rmtree(record / "releases/2.0.0")
        index = json.loads((record / "releases/index.json").read_text())
        index["releases"].pop()
        (record / "releases/index.json").write_text(json.dumps(index))
        site.serve(record / "releases", "/data/")

        assert muster("history", "D-0001", record, "--from", f"{site.url}/data").code == 3


def test_the_place_of_another_package_is_wrong(record: Path, tmp_path: Path) -> None:
    publish(build_base("ferries", tmp_path / "ferries"), tmp_path / "other", "1.0.0")

    result = muster("history", "D-0001", record, "--from", tmp_path / "other")

    assert result.code == 1
    assert "holds releases of ferries, not of haiti-mss" in result.stderr


def _newer_profile(folder: Path) -> None:
    replace(folder, "datapackage.json", "mission-record/0.1.0", "mission-record/2.0.0")


def _broken(folder: Path) -> None:
    replace(folder, "data/deployments.csv", "KEN,arrival,police,196", 'KEN,"arrival"x,police,196')


@pytest.mark.parametrize(
    ("change", "words"),
    [(_newer_profile, "install a newer musterroll"), (_broken, "data/deployments.csv:2")],
)
def test_a_release_that_cannot_be_asked_is_named_and_none_is_left_out(
    change: Callable[[Path], None], words: str, record: Path
) -> None:
    publish(record, record / "releases", "3.0.0", change)

    result = muster("history", "D-0001", record)

    assert result.code == 1
    assert "haiti-mss@3.0.0: " in result.stderr
    assert words in result.stderr


def test_a_newer_profile_does_not_hinder_who_names_table_and_key(record: Path) -> None:
    publish(record, record / "releases", "3.0.0", _newer_profile)

    assert told("deployments:D-0001", record)["releases"][-1]["version"] == "3.0.0"
    assert told("deployments:D-0001", record)["table"] == "deployments"


def test_nothing_in_a_cell_speaks_to_the_terminal(record: Path) -> None:
    evil = "\u202e[bold]x[/bold]\u200b"
    replace(record, "data/deployments.csv", "KEN,arrival,police,196", f"{evil},arrival,police,196")
    append(record, "data/errata.csv", f"{evil},deployments,D-0001,{evil},{evil},{evil},{evil},{evil},{evil},{evil}")
    append(record, "data/retired_ids.csv", f"D-0001,deployments,{evil},{evil},{evil}")
    withdraw(record / "releases", "1.0.0", f"{evil}\x1b[2J", evil)

    shown = text("D-0001", record)

    assert "\\u202e[bold]x[/bold]\\u200b" in shown
    assert not re.search("[\u202e\u200b\x1b]", shown)


def test_the_result_goes_into_a_file(record: Path, tmp_path: Path) -> None:
    assert muster("history", "D-0001", record, "--output", tmp_path / "out").stdout == ""
    assert (tmp_path / "out").read_text() == text("D-0001", record)


def test_the_library_tells_which_release_it_is_reading(record: Path) -> None:
    steps: list[str] = []
    with open_shelf(str(record / "releases")) as shelf:
        found = history("D-0001", shelf, None, steps.append)

    assert steps == ["1.0.0", "1.0.1", "1.1.0", "2.0.0"]
    assert found is not None
    assert not found.releases[1].says_more
