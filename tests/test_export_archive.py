"""The archive holds the package as it lies in the release, nothing else, and opens like it."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import musterroll
from exporting import exported, stage
from golden import build_base
from musterroll.release.content import Content
from musterroll.release.exports import archive
from running import ROOT

PATH = "exports/plain-1.0.0.zip"


@pytest.fixture
def release(tmp_path: Path) -> tuple[Content, Path]:
    """A staged package with a changelog, packed."""
    folder = tmp_path / "release"
    content = stage(build_base("plain", tmp_path / "plain"), folder)
    (folder / "CHANGELOG.md").write_text("# Changes\n" * 1000)
    (folder / "report.json").write_text("{}")
    exported(archive, content, folder)
    return content, folder


def test_the_archive_holds_the_package_and_what_goes_with_it_in_order(release: tuple[Content, Path]) -> None:
    with zipfile.ZipFile(release[1] / PATH) as packed:
        members = packed.infolist()

    assert [member.filename for member in members] == [
        "CHANGELOG.md",
        "data/people.csv",
        "data/places.csv",
        "datapackage.json",
        "schemas/people.json",
        "schemas/places.json",
    ]
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert {(member.create_system, member.external_attr >> 16, member.compress_type) for member in members} == {
        (3, 0o100644, zipfile.ZIP_DEFLATED)
    }


def test_neither_the_times_nor_the_modes_of_files_are_in_it(release: tuple[Content, Path]) -> None:
    content, folder = release
    before = (folder / PATH).read_bytes()
    for path in content.paths:
        os.utime(folder / path, (1, 1))
        (folder / path).chmod(0o600)
    archive.write(content, folder)

    assert hashlib.sha256((folder / PATH).read_bytes()).digest() == hashlib.sha256(before).digest()


def test_the_archive_of_the_record_opens_as_the_record(tmp_path: Path) -> None:
    content = stage(ROOT, tmp_path / "release")
    path = exported(archive, content, tmp_path / "release")

    opened = musterroll.open(path)
    assert (opened.name, opened.version) == (content.name, content.version)
    assert {name: table.rows for name, table in opened.texts.items()} == {
        name: table.rows for name, table in content.tables.items()
    }


def repacked(path: Path, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> None:
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in change(parts).items():
            packed.writestr(name, data)


Parts = dict[str, bytes]

_CHANGES: list[tuple[Callable[[Parts], Parts], str]] = [
    (
        lambda parts: {**parts, "data/people.csv": parts["data/people.csv"] + b"\n"},
        "data/people.csv is not the file of the release",
    ),
    (
        lambda parts: {**parts, "CHANGELOG.md": parts["CHANGELOG.md"][:-1]},
        "CHANGELOG.md is not the file of the release",
    ),
    (lambda parts: {**parts, "x\x1b[31m": b""}, r"'x\x1b[31m' does not belong in it"),
    (
        lambda parts: {name: data for name, data in parts.items() if name != "datapackage.json"},
        "datapackage.json is missing in it",
    ),
    (lambda parts: dict(reversed(parts.items())), "its members are not in order, or one is there twice"),
]


@pytest.mark.parametrize(("change", "said"), _CHANGES, ids=["longer", "shorter", "more", "fewer", "order"])
def test_every_change_is_named(change: Callable[[Parts], Parts], said: str, release: tuple[Content, Path]) -> None:
    content, folder = release
    repacked(folder / PATH, change)

    assert list(archive.differences(content, folder)) == [f"{PATH}: {said}"]


def test_a_file_that_changed_after_it_was_packed_is_named(release: tuple[Content, Path]) -> None:
    content, folder = release
    (folder / "CHANGELOG.md").write_text("# Changes\n")
    (folder / "codebook.md").write_text("# Codebook\n")

    assert list(archive.differences(content, folder)) == [
        f"{PATH}: codebook.md is missing in it",
        f"{PATH}: CHANGELOG.md is not the file of the release",
    ]
