"""Every byte that is not as it was published is found, by the name of its file, and so is every contradiction."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from musterroll.errors import MusterError, Refused, Unavailable, Unusable
from musterroll.release.checksums import SUMS, parse_sums, sha256_of
from musterroll.release.index import INDEX
from musterroll.release.manifest import MANIFEST
from musterroll.release.verify import verify
from musterroll.release.verifying.fault import Fault
from releases import builder_of_exports, no_differences, release, reseal, tree, verified, write_package


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two releases, which no test changes."""
    place = tmp_path_factory.mktemp("published")
    release(place / "out", write_package(place / "old", "1.0.0", "1,Ada\n"))
    release(place / "out", write_package(place / "new", "1.1.0"), "1.0.0")
    return place / "out"


@pytest.fixture
def out(published: Path, tmp_path: Path) -> Path:
    """A copy of it, to break."""
    return Path(shutil.copytree(published, tmp_path / "out"))


@pytest.fixture
def folder(out: Path) -> Path:
    """The release 1.1.0 in it."""
    return out / "1.1.0"


def faults(folder: Path) -> list[tuple[str, str]]:
    """Subject and kind of everything that is wrong."""
    return [(fault.subject, fault.kind) for fault in verified(folder).faults]


def test_a_release_as_it_was_published_is_sound_wherever_it_lies(folder: Path, tmp_path: Path) -> None:
    elsewhere = shutil.copytree(folder, tmp_path / "downloads/tiny")
    steps: list[str] = []

    result = verify(folder, differences=no_differences, on_step=steps.append)

    assert result.sound
    assert (result.name, result.version, result.files, result.tables) == ("tiny", "1.1.0", 10, 3)
    assert result.bytes == sum((folder / path).stat().st_size for path in parse_sums((folder / SUMS).read_text()))
    assert result.remarks == ()
    assert steps[:-1] == sorted(parse_sums((folder / SUMS).read_text()))
    assert verified(elsewhere) == result


def test_every_file_with_a_flipped_bit_cut_off_longer_or_gone_is_named(tmp_path: Path) -> None:
    chance = random.Random(20261122)
    package = write_package(tmp_path / "package", "1.1.0")
    folder = release(tmp_path / "out", package, build=builder_of_exports(package)).folder
    files = {path: data for path, data in tree(folder).items() if data is not None}
    for path, data in files.items():
        for damage in (_flipped, _flipped, _cut, _longer, None):
            if damage is None:
                (folder / path).unlink()
            else:
                (folder / path).write_bytes(damage(data, chance))

            assert path in _named(folder), (path, damage)
            (folder / path).write_bytes(data)
    assert len(files) > 15
    assert verified(folder).sound


def _flipped(data: bytes, chance: random.Random) -> bytes:
    bit = chance.randrange(len(data) * 8)
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[:-1]


def _longer(data: bytes, chance: random.Random) -> bytes:
    return data + b"\n"


def _named(folder: Path) -> str:
    """Everything that is said to be wrong."""
    try:
        return " ".join(fault.subject for fault in verified(folder).faults)
    except (Refused, Unavailable) as error:
        return str(error)


@pytest.mark.parametrize("path", ["extra.txt", "data/extra.csv", ".hidden", "exports/flat/.DS_Store", "new/deep/file"])
def test_a_file_too_many_is_found_wherever_it_hides(folder: Path, path: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text("x")

    assert faults(folder) == [("new" if path.startswith("new") else path, "extra")]


def test_folders_links_and_pipes_are_no_part_of_a_release_and_are_not_opened(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes((folder / "CHANGELOG.md").read_bytes())
    (folder / "CHANGELOG.md").unlink()
    (folder / "CHANGELOG.md").symlink_to(tmp_path / "secret")
    (folder / "exports/flat").rename(tmp_path / "flat")
    (folder / "exports/flat").symlink_to(tmp_path / "flat")
    (folder / "empty").mkdir()
    (folder / "link").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    (folder / ".zenodo.json").unlink()
    os.mkfifo(folder / ".zenodo.json")

    assert faults(folder) == [
        (".zenodo.json", "unsafe"),
        ("CHANGELOG.md", "unsafe"),
        ("empty", "extra"),
        ("exports/flat/people.csv", "unsafe"),
        ("link", "extra"),
        ("pipe", "extra"),
    ]


def test_a_folder_in_the_place_of_a_file_and_a_file_in_the_place_of_a_folder_are_found(folder: Path) -> None:
    (folder / "CHANGELOG.md").unlink()
    (folder / "CHANGELOG.md").mkdir()
    shutil.rmtree(folder / "exports/flat")
    (folder / "exports/flat").write_text("x")

    assert faults(folder) == [("CHANGELOG.md", "unsafe"), ("exports/flat/people.csv", "missing")]


def test_a_name_that_is_no_text_is_told_as_text(folder: Path) -> None:
    os.close(os.open(os.fsencode(folder) + b"/\xff", os.O_CREAT))

    assert faults(folder) == [("\\xff", "extra")]


@pytest.mark.parametrize(
    ("change", "kind", "said"),
    [
        (lambda data: data.upper(), "damaged", "SHA256SUMS:1: no hash and path"),
        (lambda data: b"\xff" + data, "damaged", "byte 0 is not UTF-8"),
        (lambda data: data[:-1], "damaged", "is cut off"),
        (lambda data: data + data.splitlines(keepends=True)[0], "damaged", "names a file twice"),
        (lambda data: data + data.splitlines(keepends=True)[-1].upper(), "damaged", "no hash and path"),
        (lambda data: b"".join(reversed(data.splitlines(keepends=True))), "damaged", "is not sorted"),
        (lambda data: data + b"0" * 64 + b"  schemas/PEOPLE.json\n", "damaged", "names a file twice"),
        (lambda data: b"0" * 64 + b"  SHA256SUMS\n", "damaged", "names itself"),
        (lambda data: b"", "damaged", "no hash and path"),
    ],
)
def test_a_list_that_is_not_just_as_it_is_written_is_damaged(
    folder: Path, change: Callable[[bytes], bytes], kind: str, said: str
) -> None:
    (folder / SUMS).write_bytes(change((folder / SUMS).read_bytes()))

    (fault,) = verified(folder).faults

    assert (fault.subject, fault.kind) == (SUMS, kind)
    assert said in fault.message


@pytest.mark.parametrize("path", ["../1.0.0/release.json", "/etc/passwd", "a\\b", ".git/config", "http://x/y"])
def test_a_list_that_leads_out_of_the_folder_is_refused(folder: Path, path: str) -> None:
    (folder / SUMS).write_text(f"{'0' * 64}  {path}\n")

    with pytest.raises(Refused, match=r"SHA256SUMS:1: The path"):
        verified(folder)


def test_a_list_with_the_line_ends_of_another_system_is_refused(folder: Path) -> None:
    (folder / SUMS).write_bytes((folder / SUMS).read_bytes().replace(b"\n", b"\r\n"))

    with pytest.raises(Refused, match=r"SHA256SUMS:1: The path holds a control character"):
        verified(folder)


def test_what_is_no_release_is_said_to_be_none(out: Path, tmp_path: Path) -> None:
    said: dict[Path, tuple[type[MusterError], str]] = {
        tmp_path / "nowhere": (Unavailable, "is no release: there is no SHA256SUMS in it$"),
        out / INDEX: (Unavailable, "is no release"),
        out: (Unavailable, "it holds releases: name one of them"),
    }
    for place, (kind, message) in said.items():
        with pytest.raises(kind, match=message):
            verified(place)
    (out / "1.0.0" / SUMS).unlink()
    (out / "1.0.0" / SUMS).symlink_to(out / "1.1.0" / SUMS)
    with pytest.raises(Refused, match="symbolic link"):
        verified(out / "1.0.0")
    with pytest.raises(Unusable, match="a file of allowed signers has to say"):
        verify(out / "1.1.0", identity="somebody")


def test_a_list_beyond_all_measure_is_not_read(folder: Path) -> None:
    with (folder / SUMS).open("wb") as stream:
        stream.truncate(11 << 20)

    with pytest.raises(Refused, match="has more than 10,485,760 bytes"):
        verified(folder)


def test_faults_are_told_all_at_once_and_each_once(folder: Path) -> None:
    (folder / "CHANGELOG.md").write_text("x")
    (folder / "extra").write_text("x")
    (folder / "data/people.csv").write_text("x")
    (folder / ".zenodo.json").unlink()

    result = verified(folder)

    assert [fault.subject for fault in result.faults] == [".zenodo.json", "CHANGELOG.md", "data/people.csv", "extra"]
    assert result.remarks == ("tables and exports were not compared, because files of the package are not whole",)
    assert (result.files, result.tables) == (7, 0)


def test_what_is_said_of_exports_is_told_once_of_each_file(folder: Path) -> None:
    said = [
        "exports/flat/people.csv: row 1 is missing",
        "exports/tiny-1.1.0.zip, data: no",
        "exports/parquet/people.parquet: the file is missing",
        "something else",
    ]
    (folder / "exports/flat/people.csv").write_text("x")

    result = verify(folder, differences=lambda *_: iter(said))

    assert [(fault.subject, fault.kind) for fault in result.faults] == [
        ("exports/", "differs"),
        ("exports/flat/people.csv", "changed"),
        ("exports/parquet/people.parquet", "differs"),
        ("exports/tiny-1.1.0.zip", "differs"),
    ]
    assert result.faults[-1] == Fault("exports/tiny-1.1.0.zip", "differs", "exports/tiny-1.1.0.zip, data: no.")


def test_the_manifest_is_the_only_file_that_lists_all_others(folder: Path) -> None:
    listed = {file["path"] for file in json.loads((folder / MANIFEST).read_text())["files"]}

    assert listed | {MANIFEST} == set(parse_sums((folder / SUMS).read_text()))
    reseal(folder)
    assert verified(folder).sound


def test_what_another_version_of_the_toolkit_made_is_judged_by_what_it_lists(folder: Path) -> None:
    """An export that a newer one would add is not missing; derived tables that it would make otherwise are remarked."""
    (folder / "exports/derived").mkdir(parents=True)
    (folder / "exports/derived/balance.csv").write_text("as it was made then\n")
    place = folder / MANIFEST
    document = json.loads(place.read_text())
    document["tool"]["version"] = "0.0.1"
    listed = {"path": "exports/derived/balance.csv", "bytes": 20, "mediatype": "text/csv", "title": "Balance"}
    listed["sha256"] = sha256_of(folder / "exports/derived/balance.csv")
    document["files"] = sorted([*document["files"], listed], key=lambda file: file["path"])
    place.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    reseal(folder)
    (folder.parent / INDEX).unlink()

    def differences(*_: object) -> Iterator[str]:
        yield "exports/derived/balance.csv: the header is another one"
        yield "exports/derived/strength.csv: is missing"
        yield "exports/tiny-1.1.0.zip: is not what it says"

    result = verify(folder, differences=differences)

    assert [(fault.subject, fault.kind) for fault in result.faults] == [("exports/tiny-1.1.0.zip", "differs")]
    assert len(result.remarks) == 1
    assert result.remarks[0].startswith("exports/derived/balance.csv is as musterroll 0.0.1 makes it")
