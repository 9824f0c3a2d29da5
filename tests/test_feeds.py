"""A feed that is damaged, or about another release, is refused, and then nothing is written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from feeds import canonical, lines_of
from golden import build_base
from muster_validators import validate
from musterroll.changes.replay import replay
from musterroll.errors import Refused, Unavailable, Unusable
from musterroll.package.folder import Folder
from running import ROOT, muster


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    old, new = build_base("ferries", tmp_path / "old"), build_base("ferries", tmp_path / "new")
    data = new / "data/crossings.csv"
    data.write_text(data.read_text().replace(",77,", ",78,").replace("\n2,", "\n200,"))
    return old, new


def test_the_command_makes_the_new_release_and_it_is_valid(pair: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = pair
    assert muster("diff", old, new, "--format", "jsonl", "--output", tmp_path / "changes.jsonl").code == 1

    result = muster("apply", old, tmp_path / "changes.jsonl", "--out", tmp_path / "out")

    assert result.code == 0
    assert "3 files written" in result.stderr
    assert validate(tmp_path / "out").exit_code() == 0
    assert muster("diff", new, tmp_path / "out").code in {0, 1}
    assert json.loads(muster("diff", new, tmp_path / "out", "--format", "json").stdout)["counts"] == {}


def _cut(lines: list[str]) -> list[str]:
    return lines[:-1]


def _without_a_change(lines: list[str]) -> list[str]:
    return [lines[0], *lines[2:]]


def _with_another_cell(lines: list[str]) -> list[str]:
    return [line.replace('"new":"78"', '"new":"79"') for line in lines]


def _not_json(lines: list[str]) -> list[str]:
    return [lines[0], "{", *lines[1:]]


def _a_list(lines: list[str]) -> list[str]:
    return [lines[0], "[]\n", *lines[1:]]


def _no_feed(_: list[str]) -> list[str]:
    return ['{"format": "musterroll/report/1"}\n']


def _nothing(_: list[str]) -> list[str]:
    return []


def _without_kind(lines: list[str]) -> list[str]:
    return [lines[0], *(line.replace('"kind"', '"sort"') for line in lines[1:])]


def _first_changed(lines: list[str], change: Callable[[dict[str, Any]], object]) -> list[str]:
    first = json.loads(lines[0])
    change(first)
    return [json.dumps(first) + "\n", *lines[1:]]


def _a_table_as_another_file(lines: list[str]) -> list[str]:
    """The old table again, as a file that is no table, would stand where the new one was proved."""
    old = canonical(ROOT / "tests/packages/ferries")["data/crossings.csv"]
    return _first_changed(lines, lambda first: first["others"].update({"data/crossings.csv": sha256(old).hexdigest()}))


def _without_its_table(lines: list[str]) -> list[str]:
    return _first_changed(lines, lambda first: first["headers"].clear())


def _with_a_file_nobody_asked_for(lines: list[str]) -> list[str]:
    return _first_changed(lines, lambda first: first["files"].update({"evil.sh": "rm"}))


def _without_a_hash(lines: list[str]) -> list[str]:
    return _first_changed(lines, lambda first: first["sha256"].clear())


def _with_a_file_for_a_folder(lines: list[str]) -> list[str]:
    return _first_changed(lines, lambda first: first["files"].update({"data": "x"}))


def _with_a_descriptor_without_paths(lines: list[str]) -> list[str]:
    return [lines[0].replace('\\"path\\": \\"data/crossings.csv\\"', '\\"path\\": []'), *lines[1:]]


def _nested_too_deep(lines: list[str]) -> list[str]:
    return [lines[0], "[" * 200_000 + "\n", *lines[1:]]


def _in_two_places(lines: list[str]) -> list[str]:
    """A change of another table between those of one; the counts are made to fit."""
    change = json.loads(lines[1])
    return [*lines[:2], json.dumps({**change, "table": "elsewhere"}) + "\n", *lines[2:]]


def _out_of_the_folder(lines: list[str]) -> list[str]:
    return [lines[0].replace('"schemas/crossings.json":', '"../crossings.json":'), *lines[1:]]


@pytest.mark.parametrize(
    "damage",
    [
        _cut,
        _without_a_change,
        _with_another_cell,
        _not_json,
        _a_list,
        _no_feed,
        _nothing,
        _without_kind,
        _a_table_as_another_file,
        _without_its_table,
        _with_a_file_nobody_asked_for,
        _without_a_hash,
        _with_a_file_for_a_folder,
        _with_a_descriptor_without_paths,
        _nested_too_deep,
        _in_two_places,
        _out_of_the_folder,
    ],
    ids=lambda damage: damage.__name__,
)
def test_a_damaged_feed_is_refused_and_nothing_is_written(
    damage: Callable[[list[str]], list[str]], pair: tuple[Path, Path], tmp_path: Path
) -> None:
    lines = damage(lines_of(*pair))

    with pytest.raises(Refused if damage is _out_of_the_folder else Unusable):
        list(replay(Folder(pair[0]), lines, tmp_path / "out"))

    assert not (tmp_path / "out").exists()
    assert {path.name for path in tmp_path.iterdir()} <= {"old", "new", "cache-of-the-user"}


def test_a_feed_applied_to_another_release_is_refused(pair: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = pair
    lines = lines_of(old, new)

    with pytest.raises(Unusable, match="the feed starts from ferries"):
        list(replay(Folder(ROOT), lines, tmp_path / "out"))
    with pytest.raises(Unusable, match="another release"):
        list(replay(Folder(new), lines, tmp_path / "out"))


def test_a_folder_that_holds_something_is_left_alone(pair: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").write_text("mine")

    with pytest.raises(Unavailable, match="not empty"):
        list(replay(Folder(pair[0]), lines_of(*pair), tmp_path / "out"))


@pytest.mark.parametrize("place", ["empty", "link", "."])
def test_an_empty_folder_may_be_filled(
    place: str, pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    monkeypatch.chdir(tmp_path / "empty")

    out = Path(place) if place == "." else tmp_path / place
    list(replay(Folder(pair[0]), lines_of(*pair), out))

    assert {path.name for path in (tmp_path / "empty").iterdir()} == {"data", "schemas", "datapackage.json"}


def test_an_unsafe_old_release_is_refused(pair: tuple[Path, Path], tmp_path: Path) -> None:
    lines = lines_of(*pair)
    (pair[0] / "datapackage.json").write_text('{"resources": [{"name": "a", "path": "../a.csv"}]}')

    with pytest.raises(Refused):
        list(replay(Folder(pair[0]), lines, tmp_path / "out"))


def test_the_feed_of_one_table_would_not_lead_anywhere(pair: tuple[Path, Path]) -> None:
    result = muster("diff", *pair, "--format", "jsonl", "--table", "crossings")

    assert result.code == 2
    assert "a feed holds all tables" in result.stderr


def test_the_last_line_counts_the_lines_before_it(pair: tuple[Path, Path]) -> None:
    _, *changes, last = map(json.loads, lines_of(*pair))

    assert last["counts"] == dict(Counter(change["kind"] for change in changes if not change.get("suggested")))
    assert last["required_bump"] == "major"
