"""The maintainer's notes in the descriptor are read strictly, and only for the version they were written for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from edits import describe
from golden import build_base
from musterroll.errors import Unusable
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.release.changelog import Notes, read_notes

ALL = {
    "version": "1.0.0",
    "briefly": " In a sentence. ",
    "explained": {"change-share": "Why so many.", "totals-moved": "Why so far."},
    "knownProblems": ["One.", "Two."],
}


def notes(folder: Path, release: Any) -> Notes:
    package = build_base("plain", folder / "package")
    describe(package, release=release)
    return read_notes(require_package(Folder(package)))


def test_notes_are_read_whole(tmp_path: Path) -> None:
    assert notes(tmp_path, ALL) == Notes(
        briefly="In a sentence.",
        explained={"change-share": "Why so many.", "totals-moved": "Why so far."},
        known_problems=("One.", "Two."),
    )


@pytest.mark.parametrize("release", [None, {}, {"version": "1.0.0"}, {"explained": {}, "knownProblems": []}])
def test_all_of_them_may_be_left_out(release: Any, tmp_path: Path) -> None:
    assert notes(tmp_path, release) == Notes()


def test_notes_without_a_version_are_of_this_one(tmp_path: Path) -> None:
    assert notes(tmp_path, {"briefly": "New."}).briefly == "New."


@pytest.mark.parametrize("version", ["0.9.0", "1.0.1", "1.0.0-rc.1"])
def test_notes_of_another_version_are_stale_and_not_used(version: str, tmp_path: Path) -> None:
    assert notes(tmp_path, {**ALL, "version": version}) == Notes()


@pytest.mark.parametrize(
    ("release", "message"),
    [
        ("2024", "release is not an object"),
        ([], "release is not an object"),
        ({"version": 1}, "release/version is not a text"),
        ({"briefly": ["New."]}, "release/briefly is not a text"),
        ({"briefly": " "}, "release/briefly is not a text"),
        ({"explained": "all"}, "release/explained is not an object"),
        ({"explained": {"totals-moved": 1}}, "release/explained/totals-moved is not a text"),
        ({"knownProblems": "none"}, "release/knownProblems is not a list of texts"),
        ({"knownProblems": ["One.", {}]}, "release/knownProblems/1 is not a text"),
        (
            {"knownproblems": []},
            "release/knownproblems is unknown; release may hold version, briefly, explained, knownProblems",
        ),
        ({"version": "0.9.0", "briefly": 1}, "release/briefly is not a text"),
    ],
)
def test_what_is_not_as_it_should_be_is_refused_with_its_place(release: Any, message: str, tmp_path: Path) -> None:
    with pytest.raises(Unusable) as error:
        notes(tmp_path, release)

    place, _, text = str(error.value).partition(": ")
    line, column = map(int, place.removeprefix("datapackage.json:").split(":"))
    first = (tmp_path / "package/datapackage.json").read_text().splitlines()[line - 1][column - 1]
    assert text == message
    assert first in '"[{1'
