"""A release whose bytes are all as listed is still not sound if its documents contradict each other.

This is what somebody meets who tampers with a release and makes `SHA256SUMS` true again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from musterroll.release.checksums import SUMS, sha256_of
from musterroll.release.index import INDEX
from musterroll.release.manifest import MANIFEST
from musterroll.release.verify import verify
from musterroll.release.yank import yank
from releases import builder_of_exports, no_differences, release, reseal, verified, write_package


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two releases, which no test changes."""
    place = tmp_path_factory.mktemp("published")
    release(place / "out", write_package(place / "old", "1.0.0", "1,Ada\n"))
    release(place / "out", write_package(place / "new", "1.1.0"), "1.0.0")
    return place / "out"


@pytest.fixture
def copy(published: Path, tmp_path: Path) -> Path:
    """A copy of 1.1.0 that lies alone, so that nothing but itself can give it away."""
    return Path(shutil.copytree(published / "1.1.0", tmp_path / "copy"))


@pytest.fixture
def out(published: Path, tmp_path: Path) -> Path:
    """A copy of the folder with both."""
    return Path(shutil.copytree(published, tmp_path / "out"))


def _edit(folder: Path, path: str, change: Callable[[Any], object]) -> None:
    document = json.loads((folder / path).read_text())
    change(document)
    (folder / path).write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _true_again(folder: Path, *paths: str) -> None:
    """Make the manifest's hashes and sizes of files true, and SHA256SUMS."""

    def change(manifest: dict[str, Any]) -> None:
        for file in manifest["files"]:
            if file["path"] in paths:
                file["bytes"], file["sha256"] = (folder / file["path"]).stat().st_size, sha256_of(folder / file["path"])

    _edit(folder, MANIFEST, change)
    reseal(folder)


def _said(folder: Path) -> list[str]:
    return [f"{fault.subject} {fault.kind}: {fault.message}" for fault in verified(folder).faults]


def _set(key: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda manifest: manifest.update({key: value})


def _first(listed: str, key: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda manifest: manifest[listed][0].update({key: value})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            _set("name", "huge"),
            "release.json disagrees: name is 'huge' in release.json and 'tiny' in datapackage.json.",
        ),
        (
            _set("created", None),
            "release.json disagrees: created is None in release.json and '2026-11-22T00:00:00Z' in",
        ),
        (_set("horizon", "2024"), "release.json disagrees: horizon is '2024' in release.json and None in"),
        (_set("profile", "x"), "release.json disagrees: profile is 'x' in release.json and None in datapackage.json."),
        (_set("version", "1.1.1"), "release.json disagrees: version is '1.1.1' in release.json and '1.1.0' in"),
        (_set("tables", []), "release.json disagrees: The tables in release.json are not those of datapackage.json"),
        (_first("tables", "rows", 3), "people disagrees: rows of people is 2; release.json says 3."),
        (_first("tables", "columns", 3), "people disagrees: columns of people is 2; release.json says 3."),
        (_first("tables", "fingerprint", "0" * 64), "people disagrees: fingerprint of people is '"),
        (_first("tables", "sha256", "0" * 64), "people disagrees: sha256 of people is '"),
        (_first("files", "sha256", "0" * 64), ".zenodo.json disagrees: .zenodo.json has another hash in release.json"),
        (_first("files", "bytes", 4), ".zenodo.json disagrees: .zenodo.json has 3 bytes; release.json says 4."),
        (_first("files", "path", "x"), ".zenodo.json disagrees: SHA256SUMS lists .zenodo.json; release.json does not."),
        (lambda manifest: manifest["files"].append(manifest["files"][0]), "release.json disagrees: release.json lists"),
        (_set("format", "other"), "release.json damaged: release.json is no manifest of a release"),
        (_set("more", 1), "release.json damaged: release.json is damaged: "),
    ],
)
def test_a_manifest_that_does_not_say_what_is_there_is_found(
    copy: Path, change: Callable[[dict[str, Any]], None], said: str
) -> None:
    _edit(copy, MANIFEST, change)
    reseal(copy)

    found = _said(copy)

    assert found[0].startswith(said)
    assert len(found) == (2 if "lists .zenodo" in said else 1)


def test_a_changed_cell_is_found_by_the_descriptor_and_by_the_fingerprint(copy: Path) -> None:
    text = (copy / "data/people.csv").read_text()
    (copy / "data/people.csv").write_text(text.replace("Grace", "Brace"))
    _true_again(copy, "data/people.csv")

    assert [line.partition(" is ")[0].partition(", 'sha")[0] for line in _said(copy)] == [
        "data/people.csv disagrees: data/people.csv does not have the hash that datapackage.json declares",
        "people disagrees: fingerprint of people",
        "people disagrees: sha256 of people",
    ]


def test_the_fingerprint_gives_away_what_all_hashes_hide(copy: Path) -> None:
    """Every hash and size in every document was made true; only the fingerprint was not computed again."""
    (copy / "data/people.csv").write_text("id,name\n1,Eve\n2,Grace\n")

    def change(descriptor: dict[str, Any]) -> None:
        descriptor["resources"][0]["hash"] = f"sha256:{sha256_of(copy / 'data/people.csv')}"
        descriptor["resources"][0]["bytes"] = 22

    _edit(copy, "datapackage.json", change)
    _edit(copy, MANIFEST, lambda manifest: manifest["tables"][0].update(sha256=sha256_of(copy / "data/people.csv")))
    _edit(copy, MANIFEST, lambda manifest: manifest["tables"][2].update(sha256=sha256_of(copy / "datapackage.json")))
    _true_again(copy, "data/people.csv", "datapackage.json")

    (said,) = _said(copy)

    assert said.startswith("people disagrees: fingerprint of people is")


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("bytes", 7, "data/notes.txt has 6 bytes; datapackage.json says 7."),
        ("hash", "0" * 32, f"data/notes.txt does not have the hash that datapackage.json declares, '{'0' * 32}'."),
        ("hash", f"sha3:{'0' * 64}", "data/notes.txt does not have the hash that datapackage.json declares, 'sha3"),
        ("hash", f"SHA-512:{'0' * 128}", "data/notes.txt does not have the hash that datapackage.json declares, 'SHA"),
    ],
)
def test_what_the_descriptor_says_of_its_files_is_true(copy: Path, key: str, value: object, said: str) -> None:
    _edit(copy, "datapackage.json", lambda descriptor: descriptor["resources"][2].update({key: value}))
    _edit(copy, MANIFEST, lambda manifest: manifest["tables"][2].update(sha256=sha256_of(copy / "datapackage.json")))
    _true_again(copy, "datapackage.json")

    (fault,) = verified(copy).faults

    assert fault.message.startswith(said)


def test_a_resource_in_several_files_has_no_one_hash_to_compare(tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", "1.0.0")
    (package / "data/more.txt").write_text("more\n")

    def change(descriptor: dict[str, Any]) -> None:
        descriptor["resources"][2].update(path=["data/notes.txt", "data/more.txt"], bytes=11)

    _edit(package, "datapackage.json", change)
    release(tmp_path / "out", package)

    assert verified(tmp_path / "out/1.0.0").sound


def test_what_the_descriptor_names_must_be_listed(copy: Path) -> None:
    (copy / "data/more.txt").write_text("x")
    _edit(copy, "datapackage.json", lambda descriptor: descriptor["resources"][2].update(extrapaths=["data/more.txt"]))
    _true_again(copy, "datapackage.json")
    lines = (copy / SUMS).read_text().splitlines(keepends=True)
    (copy / SUMS).write_text("".join(line for line in lines if "more.txt" not in line))

    assert _said(copy) == [
        "data/more.txt disagrees: datapackage.json names data/more.txt; SHA256SUMS does not.",
        "data/more.txt extra: The file data/more.txt does not belong to the release.",
    ]


def test_a_package_that_cannot_be_read_is_found(copy: Path) -> None:
    (copy / "data/people.csv").write_text("id,name\n1\n")
    _true_again(copy, "data/people.csv")
    assert _said(copy)[0].startswith("datapackage.json damaged: data/people.csv:2: The row has only 1 cells")

    (copy / "datapackage.json").write_text("[]")
    _true_again(copy, "datapackage.json")
    assert _said(copy)[0].startswith(
        "datapackage.json damaged: datapackage.json:1: The descriptor must be a JSON object."
    )

    (copy / "datapackage.json").write_text("{")
    _true_again(copy, "datapackage.json")
    assert [line.partition(":")[0] for line in _said(copy)] == ["datapackage.json damaged"]


def test_a_package_whose_version_is_none_is_unfit_for_a_release(copy: Path) -> None:
    _edit(copy, "datapackage.json", _set("version", "one"))
    _true_again(copy, "datapackage.json")

    assert _said(copy) == [
        "datapackage.json damaged: one is no semantic version (https://semver.org).",
    ]


@pytest.mark.parametrize("path", ["datapackage.json", MANIFEST])
def test_a_release_without_descriptor_or_manifest_is_none(copy: Path, path: str) -> None:
    (copy / path).unlink()
    _true_again(copy) if path != MANIFEST else reseal(copy)

    assert f"{path} missing: SHA256SUMS does not list {path}." in _said(copy)


def test_an_older_release_in_the_place_of_a_newer_one_is_found(out: Path) -> None:
    shutil.rmtree(out / "1.1.0")
    shutil.copytree(out / "1.0.0", out / "1.1.0")

    assert _said(out / "1.1.0") == [
        "SHA256SUMS unpublished: SHA256SUMS is not the one by which index.json knows 1.1.0.",
        "release.json disagrees: previous is None in release.json and '1.0.0' in index.json.",
        "release.json disagrees: release.json is of 1.0.0; the folder is called 1.1.0.",
    ]
    (out / INDEX).unlink()
    assert _said(out / "1.1.0") == ["release.json disagrees: release.json is of 1.0.0; the folder is called 1.1.0."]


def test_files_of_two_releases_mixed_are_found_though_each_hash_is_true(out: Path) -> None:
    for path in ("data/people.csv", "CHANGELOG.md"):
        shutil.copyfile(out / "1.0.0" / path, out / "1.1.0" / path)
    assert {line.partition(" ")[0] for line in _said(out / "1.1.0")} == {"data/people.csv", "CHANGELOG.md"}

    reseal(out / "1.1.0")
    assert {line.partition(" ")[0] for line in _said(out / "1.1.0")} == {
        SUMS, "data/people.csv", "CHANGELOG.md", "people",
    }  # fmt: skip


def test_a_release_that_the_index_does_not_name_was_not_published(out: Path, published: Path, tmp_path: Path) -> None:
    (out / "1.1.0").rename(out / "copy")
    assert verified(out / "copy").sound
    assert verified(out / "copy").remarks == (
        "the index.json beside it does not name copy, so the release was not compared with it",
    )

    (out / "copy").rename(out / "1.2.0")
    assert _said(out / "1.2.0")[0] == "index.json unpublished: The index.json beside the release does not name 1.2.0."


def test_an_index_that_is_damaged_or_of_another_package_vouches_for_nothing(out: Path) -> None:
    text = (out / INDEX).read_text()
    (out / INDEX).write_text(text.replace('"tiny"', '"huge"'))
    assert _said(out / "1.1.0") == ["release.json disagrees: name is 'tiny' in release.json and 'huge' in index.json."]

    (out / INDEX).write_text(text[:-9])
    assert _said(out / "1.1.0")[0].startswith("index.json damaged: ")
    (out / "1.1.0").rename(out / "copy")
    assert verified(out / "copy").sound
    assert verified(out / "copy").remarks[0].startswith("not compared with an index: ")


def test_a_withdrawn_release_is_sound_and_says_that_it_was_withdrawn(out: Path) -> None:
    yank(out, "1.0.0", "a swapped column")

    assert verified(out / "1.0.0").sound
    assert verified(out / "1.0.0").remarks == ("1.0.0 was withdrawn: a swapped column",)


def test_the_real_exports_are_compared_unless_told_otherwise(tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", "1.0.0")
    folder = release(tmp_path / "out", package, build=builder_of_exports(package)).folder
    assert verify(folder).faults == ()
    database = folder / "exports/tiny-1.0.0.sqlite"
    database.write_bytes(database.read_bytes().replace(b"Grace", b"Brace"))
    _true_again(folder, "exports/tiny-1.0.0.sqlite")
    found = {(fault.subject, fault.kind) for fault in verify(folder).faults}

    assert found == {(SUMS, "unpublished"), ("exports/tiny-1.0.0.sqlite", "differs")}
    assert {(fault.subject, fault.kind) for fault in verify(folder, differences=no_differences).faults} == {
        (SUMS, "unpublished")
    }
