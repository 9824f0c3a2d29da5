"""Every kind of fault is planted as it says: few files, the right place, the same again with the same seed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from golden import build_base, put_in_form
from musterroll.errors import Unusable
from musterroll.faults.fault import LEVELS, Fault, Kind
from musterroll.faults.kinds import BY_ID, KINDS
from musterroll.faults.original import Original, read_original
from musterroll.faults.stamp import stamped
from musterroll.faults.working_copy import copy_package, made
from musterroll.package.descriptor import DESCRIPTOR
from musterroll.package.folder import Folder
from running import ROOT

_RELEASE = ROOT / "releases/1.1.0"
_MOST = 2  # files that one edit changes: a table and its evidence


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """The frozen release, described as the next one."""
    copy = copy_package(Folder(_RELEASE), tmp_path_factory.mktemp("record") / "copy", as_next=True)
    return read_original(copy.folder)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """A small package that is no record."""
    package = build_base("plain", tmp_path_factory.mktemp("plain") / "package")
    put_in_form(package)
    return read_original(Folder(package))


def planted(kind: Kind, original: Original, seed: int = 0) -> Fault | None:
    return kind.inject(original, Random(f"{seed}:{kind.id}"))


def test_kinds_have_ids_of_their_own_and_say_what_they_are() -> None:
    assert len(BY_ID) == len(KINDS) >= 90
    for kind in KINDS:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind.id), kind.id
        assert kind.level in LEVELS
        assert not kind.says.endswith("."), kind.id
        assert not kind.needs_previous.endswith("."), kind.id


def test_no_module_with_kinds_is_forgotten() -> None:
    folder = ROOT / "src/musterroll/faults"
    written = {path.stem for path in folder.glob("*.py") if "\nKINDS: tuple[Kind, ...]" in path.read_text()} - {"kinds"}

    assert written == set(re.findall(r"\*(\w+?)_?\.KINDS", (folder / "kinds.py").read_text()))


@pytest.mark.slow
def test_every_kind_plants_one_fault_in_the_real_record_and_the_same_with_the_same_seed(record: Original) -> None:
    for kind in KINDS:
        fault = planted(kind, record)
        assert fault is not None, kind.id
        assert planted(kind, record) == fault, kind.id
        assert fault.says, kind.id
        assert fault.places, kind.id
        changed = [path for path, data in fault.files.items() if data is None or data != _content(record, path)]
        assert changed == list(fault.files), f"{kind.id} writes files that it does not change"
        assert len(fault.files) <= _MOST, kind.id


def test_another_seed_plants_another_fault(record: Original) -> None:
    faults = [planted(BY_ID["digit-mistyped"], record, seed) for seed in range(5)]

    assert len({fault.says for fault in faults if fault}) > 1


def test_a_kind_that_finds_nothing_to_change_says_so(plain: Original) -> None:
    found = {kind.id: planted(kind, plain) is not None for kind in KINDS}

    assert found["row-twice"]
    assert found["space-behind-code"]
    assert not found["arrival-deleted"]
    assert not found["asserted-value-mistyped"]


@pytest.mark.parametrize("schema", [{"fields": [{"name": "id"}, {"name": "x", "type": "integer"}]}, "schema.json"])
def test_in_a_package_that_says_hardly_anything_kinds_plant_little_and_never_fail(
    schema: object, tmp_path: Path
) -> None:
    original = bare(tmp_path, schema)
    found = {kind.id for kind in KINDS if planted(kind, original)}

    assert {"all-rows-deleted", "json-trailing-comma", "semicolons", "header-twice"} <= found
    assert not {"hash-wrong", "row-twice", "property-misspelt", "licence-removed", "version-backwards"} & found
    assert ("schema-cut" in found) == (schema == "schema.json")


def test_one_column_of_plain_letters_offers_even_less(tmp_path: Path) -> None:
    original = bare(tmp_path, {"fields": [{"name": "id"}]}, "id\na\nb\n")
    found = {kind.id for kind in KINDS if planted(kind, original)}

    assert not {"latin", "row-short", "header-twice", "columns-exchanged", "semicolons", "cells-shifted"} & found
    assert {"byte-order-mark", "header-renamed", "leftover-file"} <= found


def test_a_package_that_lacks_a_file_is_not_sound(tmp_path: Path) -> None:
    bare(tmp_path, {"fields": []})
    (tmp_path / "a.csv").unlink()

    with pytest.raises(Unusable, match="sound package"):
        copy_package(Folder(tmp_path), tmp_path / "copy", as_next=True)


def test_a_package_without_a_version_is_described_as_it_is(tmp_path: Path) -> None:
    original = bare(tmp_path / "package", {"fields": []})
    copy = copy_package(original.package.folder, tmp_path / "copy", as_next=True)

    assert json.loads((copy.root / DESCRIPTOR).read_text()) == original.package.descriptor
    assert made(original.package.descriptor) == made({"created": "some day"})


def test_planting_leaves_the_original_as_it_was(plain: Original) -> None:
    before = {name: [list(cells) for cells in table.rows] for name, table in plain.tables.items()}
    for kind in KINDS:
        planted(kind, plain)

    assert {name: table.rows for name, table in plain.tables.items()} == before


def test_a_place_is_the_line_and_the_sign_at_which_the_cell_stands_then(plain: Original) -> None:
    for kind in _of_cells(plain):
        fault = planted(kind, plain, seed=1)
        for place in fault.places if fault else ():
            data = fault.files.get(place.file) if fault else None
            if data is not None and place.line and place.column:
                line = data.decode().split("\n")[place.line - 1]
                assert place.column == 1 or line[place.column - 2] == ",", (kind.id, place)


def test_hash_and_size_are_true_after_a_fault(record: Original) -> None:
    fault = planted(BY_ID["tenfold"], record)
    assert fault is not None
    files = stamped(record, fault.files)

    (path,) = fault.files
    descriptor = json.loads(files[DESCRIPTOR] or b"")
    (entry,) = [item for item in descriptor["resources"] if item["path"] == path]
    assert entry["hash"] == f"sha256:{hashlib.sha256(files[path] or b'').hexdigest()}"
    assert entry["bytes"] == len(files[path] or b"")


def test_a_fault_of_the_descriptor_is_not_mended_by_the_stamp(record: Original) -> None:
    fault = planted(BY_ID["hash-wrong"], record)
    assert fault is not None

    assert stamped(record, fault.files) == fault.files


def test_a_package_without_hashes_gets_none(plain: Original, tmp_path: Path) -> None:
    copy = copy_package(plain.package.folder, tmp_path / "copy", as_next=False)
    descriptor = json.loads((copy.root / DESCRIPTOR).read_text())
    for item in descriptor["resources"]:
        item.pop("hash", None)
        item.pop("bytes", None)
    (copy.root / DESCRIPTOR).write_text(json.dumps(descriptor))
    original = read_original(copy.folder)
    fault = planted(BY_ID["row-twice"], original)
    assert fault is not None

    assert stamped(original, fault.files) == fault.files


def test_a_working_copy_takes_a_fault_back(tmp_path: Path) -> None:
    copy = copy_package(Folder(_RELEASE), tmp_path / "copy", as_next=False)
    before = _bytes(copy.root)
    with copy.holding({"data/events.csv": b"gone", "data/missions.csv": None, "data/new.csv": b"new"}):
        assert (copy.root / "data/new.csv").exists()
        assert not (copy.root / "data/missions.csv").exists()

    assert _bytes(copy.root) == before


def test_a_copy_of_the_next_release_differs_in_the_descriptor_alone(tmp_path: Path) -> None:
    copy = copy_package(Folder(_RELEASE), tmp_path / "copy", as_next=True)
    descriptor = json.loads((copy.root / DESCRIPTOR).read_text())

    assert descriptor["version"] == "1.2.0"
    assert descriptor["release"]["version"] == "1.2.0"
    assert descriptor["created"] > json.loads((_RELEASE / DESCRIPTOR).read_text())["created"]
    assert all(data == (_RELEASE / path).read_bytes() for path, data in _bytes(copy.root).items() if path != DESCRIPTOR)


def bare(folder: Path, schema: object, text: str = "id,x\n1,\n2,\n3,\n") -> Original:
    """One table, and no more said of it than its columns."""
    folder.mkdir(exist_ok=True)
    (folder / "a.csv").write_text(text)
    (folder / "schema.json").write_text('{"fields": [{"name": "id"}, {"name": "x"}]}')
    descriptor = {"name": "bare", "resources": [{"name": "a", "path": "a.csv", "schema": schema}]}
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor))
    return read_original(Folder(folder))


def _of_cells(original: Original) -> Iterator[Kind]:
    yield from (kind for kind in KINDS if kind.level == "cell" and planted(kind, original, seed=1))


def _content(original: Original, path: str) -> bytes | None:
    place = original.package.folder.root / path
    return place.read_bytes() if place.exists() else None


def _bytes(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
