"""The version that a release must carry is computed from what changed, and the declared one is held against it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from golden import build_base
from musterroll.changes.compatibility import Policy
from musterroll.changes.diff import compared
from musterroll.changes.version import Required, required_version
from musterroll.package.folder import Folder
from running import RECORD, ROOT, copy_of_record, muster, seal

Change = Callable[[Path], None]


def required(old: Path, new: Path, policy: Policy = "consumer") -> Required:
    with compared(Folder(old), Folder(new)) as diff:
        return required_version(diff, policy)


def edit(path: str, change: Callable[[Any], Any]) -> Change:
    """Change a JSON file of a package in place."""

    def run(package: Path) -> None:
        value = json.loads((package / path).read_text())
        change(value)
        (package / path).write_text(json.dumps(value, indent=2) + "\n")

    return run


def text(path: str, old: str, new: str) -> Change:
    def run(package: Path) -> None:
        file = package / path
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new))

    return run


def _nothing(_: Path) -> None:
    pass


def _append_a_column(package: Path) -> None:
    edit("schemas/places.json", lambda schema: schema["fields"].append({"name": "note", "type": "string"}))(package)
    data = package / "data/places.csv"
    header, *rows = data.read_text().splitlines()
    data.write_text("\n".join([f"{header},note", *(f"{row}," for row in rows)]) + "\n")


def _move(package: Path) -> None:
    (package / "tables").mkdir()
    (package / "data/places.csv").rename(package / "tables/places.csv")
    text("datapackage.json", "data/places.csv", "tables/places.csv")(package)


def _split_a_row(package: Path) -> None:
    text("data/places.csv", "PAP,Port-au-Prince,36.04", "PAN,North,18.02\nPAS,South,18.02")(package)
    text("data/people.csv", "PAP", "PAN")(package)


def _refer_to_a_new_table(package: Path) -> None:
    """The new table is a copy under another name, so that only what refers to it changes."""
    text("schemas/people.json", '"resource": "places"', '"resource": "places_2025"')(package)

    def add(descriptor: dict[str, Any]) -> None:
        places = {**descriptor["resources"][0], "name": "places_2025", "path": "data/places_2025.csv"}
        descriptor["resources"].append(places)

    edit("datapackage.json", add)(package)
    (package / "data/places_2025.csv").write_bytes((package / "data/places.csv").read_bytes())


# The scenarios of https://datapackage.org/recipes/data-package-version/, in its order.
SCENARIOS: dict[str, tuple[Change, str]] = {
    "last month's data are appended": (text("data/places.csv", "CAP,", "AQU,Aquin,60.1\nCAP,"), "minor"),
    "a column is appended": (_append_a_column, "major"),
    "the data lie elsewhere": (_move, "none"),
    "a title changes": (edit("datapackage.json", lambda value: value.update(title="Places")), "patch"),
    "a wrong value is corrected": (text("data/places.csv", "36.04", "36.4"), "patch"),
    "a row that others refer to is split": (_split_a_row, "major"),
    "references lead to another table": (_refer_to_a_new_table, "minor"),
}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_scenarios_of_the_recipe_have_its_answers(scenario: str, tmp_path: Path) -> None:
    change, bump = SCENARIOS[scenario]
    old, new = build_base("plain", tmp_path / "old"), build_base("plain", tmp_path / "new")
    change(new)

    assert required(old, new, "recipe").bump == bump


@pytest.mark.parametrize("version", ["0.1.0", "1.0.0"])
def test_a_first_release_may_be_0_1_0_or_1_0_0(version: str, tmp_path: Path) -> None:
    """The first two scenarios: whatever comes later, both can be gone on from."""
    old, new = build_base("plain", tmp_path / "old"), build_base("plain", tmp_path / "new")
    for package in (old, new):
        edit("datapackage.json", lambda value: value.update(version=version))(package)

    found = required(old, new)

    assert (found.bump, found.least, found.answer) == ("none", version, "sufficient")


def test_readers_lose_nothing_by_a_column_at_the_end(tmp_path: Path) -> None:
    old, new = build_base("plain", tmp_path / "old"), build_base("plain", tmp_path / "new")
    _append_a_column(new)

    assert (required(old, new).bump, required(old, new, "recipe").bump) == ("minor", "major")


_ROW = text("data/places.csv", "CAP,", "AQU,Aquin,60.1\nCAP,")
_CELL = text("data/places.csv", "36.04", "36.4")
_GONE = text("data/places.csv", "CAP,Cap-Haïtien,53.5\n", "")


@pytest.mark.parametrize(
    ("old", "new", "change", "least", "answer"),
    [
        ("1.2.3", "1.2.4", _CELL, "1.2.4", "sufficient"),
        ("1.2.3", "1.3.0", _ROW, "1.3.0", "sufficient"),
        ("1.2.3", "2.0.0", _GONE, "2.0.0", "sufficient"),
        ("1.2.3", "1.2.4", _ROW, "1.3.0", "too_small"),
        ("1.2.3", "1.9.0", _GONE, "2.0.0", "too_small"),
        ("1.2.3", "1.3.0", _CELL, "1.2.4", "too_large"),
        ("1.2.3", "1.2.5", _CELL, "1.2.4", "too_large"),
        ("1.2.3", "2.0.0", _nothing, "1.2.3", "too_large"),
        ("1.2.3", "1.2.3", _CELL, "1.2.4", "unchanged"),
        ("1.2.3", "1.2.3", _nothing, "1.2.3", "sufficient"),
        ("1.2.3", "1.2.2", _CELL, "1.2.4", "backwards"),
        ("1.2.3", "1.2.3-rc.1", _CELL, "1.2.4", "backwards"),
        ("1.2.3", "1.2", _CELL, "1.2.4", "not_semver"),
        ("1.2.3", None, _CELL, "1.2.4", "not_semver"),
        ("2024-07", "2024-08", _CELL, None, "not_semver"),
        (None, "1.0.0", _CELL, None, "not_semver"),
        ("0.1.0", "0.1.1", _ROW, "0.1.1", "sufficient"),
        ("0.1.0", "0.2.0", _GONE, "0.2.0", "sufficient"),
        ("0.1.0", "0.1.1", _GONE, "0.2.0", "too_small"),
        ("0.1.0", "1.0.0", _GONE, "0.2.0", "too_large"),
        ("1.2.3", "1.3.0-rc.1", _ROW, "1.3.0", "sufficient"),
        ("1.3.0-rc.1", "1.3.0-rc.2", _ROW, "1.3.0", "sufficient"),
        ("1.3.0-rc.1", "1.3.0", _CELL, "1.3.0", "sufficient"),
        ("1.3.0-rc.1", "1.3.0", _GONE, "2.0.0", "too_small"),
        ("2.0.0-rc.1", "2.0.0", _GONE, "2.0.0", "sufficient"),
        ("1.2.3", "1.2.4+build.7", _CELL, "1.2.4", "sufficient"),
        ("0.2.0-rc.1", "0.2.0-rc.2", _GONE, "0.2.0", "sufficient"),
        ("0.1.1-rc.1", "0.1.1", _ROW, "0.1.1", "sufficient"),
        ("0.1.1-rc.1", "0.1.1", _GONE, "0.2.0", "too_small"),
    ],
)
def test_the_declared_version_is_held_against_the_required_one(
    old: str | None, new: str | None, change: Change, least: str | None, answer: str, tmp_path: Path
) -> None:
    packages = build_base("plain", tmp_path / "old"), build_base("plain", tmp_path / "new")
    for package, declared in zip(packages, (old, new), strict=True):
        edit("datapackage.json", lambda value, declared=declared: _declare(value, declared))(package)  # type: ignore[misc]
    change(packages[1])

    found = required(*packages)

    assert (found.least, found.answer) == (least, answer)


def _declare(descriptor: dict[str, Any], version: str | None) -> None:
    descriptor.pop("version")
    if version is not None:
        descriptor["version"] = version


def test_a_larger_step_than_required_needs_a_reason_of_its_own(tmp_path: Path) -> None:
    old, new = build_base("plain", tmp_path / "old"), build_base("plain", tmp_path / "new")
    _CELL(new)
    edit("datapackage.json", lambda value: value.update(version="2.0.0"))(new)
    assert muster("version", old, new).code == 1
    assert "if the larger step is meant, say why" in muster("version", old, new).stdout

    edit("datapackage.json", lambda value: value.update(versionReason="The definition of area changed."))(new)
    accepted = muster("version", old, new)
    edit("datapackage.json", lambda value: value.update(versionReason="The definition of area changed."))(old)

    assert accepted.code == 0
    assert "The definition of area changed." in accepted.stdout
    assert muster("version", old, new).code == 1


@pytest.mark.parametrize(
    ("declared", "code", "said"),
    [
        ("1.0.1", 0, "1.0.1 is the right version: a patch step from 1.0.0."),
        ("1.0.0", 1, "1.0.0 is the version of the old release; 1.0.1 is required."),
        ("0.9.0", 1, "0.9.0 is before 1.0.0"),
        ("1.1.0", 1, "1.1.0 is more than the required 1.0.1"),
        ("soon", 1, "soon of the new release is no semantic version"),
    ],
)
def test_the_answer_comes_first_and_in_words(declared: str, code: int, said: str, tmp_path: Path) -> None:
    old, new = build_base("plain", tmp_path / "old"), build_base("plain", tmp_path / "new")
    _CELL(new)
    edit("datapackage.json", lambda value: value.update(version=declared))(new)

    result = muster("version", old, new)

    assert result.code == code
    assert result.stdout.startswith(said)
    assert "a value was corrected" in result.stdout


def test_too_small_a_version_is_named_with_the_least_one(tmp_path: Path) -> None:
    old, new = build_base("plain", tmp_path / "old"), build_base("plain", tmp_path / "new")
    _GONE(new)
    edit("datapackage.json", lambda value: value.update(version="1.0.1"))(new)

    document = json.loads(muster("version", old, new, "--format", "json").stdout)

    assert document["answer"] == "too_small"
    assert document["least"] == "2.0.0"
    assert document["reasons"][0] == {
        "rule": "row_removed.referenced",
        "bump": "major",
        "why": "a row that others may refer to is gone and retired_ids does not say why",
        "times": 1,
        "example": "places CAP",
    }


def test_nothing_changed_asks_for_nothing() -> None:
    result = muster("version", RECORD, RECORD)

    assert result.code == 0
    assert "nothing changed that asks for a new version" in result.stdout


@pytest.mark.parametrize("reason", [" ", 7, ["x"], None])
def test_a_reason_is_a_sentence(reason: object, tmp_path: Path) -> None:
    old, new = build_base("plain", tmp_path / "old"), build_base("plain", tmp_path / "new")
    _CELL(new)
    edit("datapackage.json", lambda value: value.update(version="2.0.0", versionReason=reason))(new)

    assert required(old, new).stated is None


def test_totals_that_cannot_be_told_count_as_moved(tmp_path: Path) -> None:
    old, new = copy_of_record(tmp_path / "old"), copy_of_record(tmp_path / "new")
    text("datapackage.json", "2024-10-13", "soon")(new)

    assert [reason.rule for reason in required(old, new).reasons] == ["headline_moved", "metadata_changed"]


def test_a_correction_that_moves_a_headline_total_is_more_than_a_patch(tmp_path: Path) -> None:
    old, new = copy_of_record(tmp_path / "old"), copy_of_record(tmp_path / "new")
    text("data/deployments.csv", "200,200,200", "210,210,210")(new)
    seal(new)

    found = required(old, new)

    assert found.bump == "minor"
    assert [(reason.rule, reason.example) for reason in found.reasons] == [
        ("headline_moved", "deployed on 2024-10-13: 396 → 406"),
        ("row_changed.value", "deployments D-0002"),
    ]


def test_an_old_release_that_cannot_be_read_is_4_and_never_no_change(tmp_path: Path) -> None:
    broken = build_base("plain", tmp_path / "broken")
    (broken / "data/places.csv").write_text('code,"name\n')

    for command in ("diff", "version"):
        assert muster(command, broken, ROOT / "tests/packages/plain").code == 4
        assert muster(command, tmp_path / "nowhere", RECORD).code == 4
        assert muster(command, ROOT / "tests/packages/plain", broken).code == 1
