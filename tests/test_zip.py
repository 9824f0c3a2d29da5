"""A zip archive cannot make us write elsewhere, unpack without end, or take damaged data for sound ones."""

from __future__ import annotations

import contextlib
import os
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from elsewhere import Members, zip_folder, zip_of
from golden import build_base
from muster_validators import validate
from musterroll.errors import MusterError, Refused, Unavailable, Unusable
from musterroll.package import limits
from musterroll.package.sources import opened
from running import muster

DESCRIPTOR = b'{"name": "x", "resources": [{"name": "a", "path": "data/a.csv"}]}'
PLAIN: Members = {"datapackage.json": DESCRIPTOR, "data/a.csv": b"a\n1\n"}


def _open(archive: Path) -> None:
    with opened(str(archive)):
        pass


@pytest.mark.parametrize(
    "name",
    [
        "/etc/cron.d/x", "../x.csv", "data/../../x.csv", "..", "data/./x.csv", "data//x.csv", "data\\x.csv", "C:/x.csv",
        "data/x\n.csv", "data/\x1b[2J.csv", "data/\u202ex.csv", "x" * 2000, "data/" + "x" * 300,
    ],
)  # fmt: skip
def test_a_name_that_leads_out_or_deceives_is_refused_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    archive = zip_of(tmp_path / "x.zip", {**PLAIN, name: b"1"})
    before = sorted(tmp_path.rglob("*"))

    result = muster("validate", archive)

    assert (result.code, result.stdout) == (3, "")
    assert len(result.stderr.splitlines()) == 1
    assert "\x1b" not in result.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_a_name_that_goes_on_behind_a_nul_is_refused(tmp_path: Path) -> None:
    archive = zip_of(tmp_path / "x.zip", {**PLAIN, "data/b.csv#.txt": b"1"})
    archive.write_bytes(archive.read_bytes().replace(b"b.csv#", b"b.csv\0"))

    with pytest.raises(Refused, match="control character"):
        _open(archive)


@pytest.mark.parametrize("mode", [0o120777, 0o010644, 0o020644, 0o140644], ids=["link", "pipe", "device", "socket"])
def test_a_member_that_is_no_plain_file_is_refused(mode: int, tmp_path: Path) -> None:
    member = zipfile.ZipInfo("data/b.csv")
    member.external_attr = mode << 16

    with pytest.raises(Refused, match=r"data/b\.csv.*link, pipe or device"):
        _open(zip_of(tmp_path / "x.zip", {**PLAIN, member: b"/etc/passwd"}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("data/a.csv", "twice"),
        ("data/A.csv", "ignore case or Unicode"),
        ("DATAPACKAGE.json", None),
        ("data/a.csv/b.csv", "both a file and the folder"),
        ("docs/a", None),
    ],
)
def test_members_that_would_be_one_file_are_refused_if_they_are_needed(
    name: str, words: str | None, tmp_path: Path
) -> None:
    archive = tmp_path / "x.zip"
    with zipfile.ZipFile(archive, "w") as content:
        for path in ("datapackage.json", "data/a.csv", "docs/A", name):
            content.writestr(path, PLAIN.get(path, b"a\n1\n"))

    if words is None:
        _open(archive)
    else:
        with pytest.raises(Refused, match=words):
            _open(archive)


def test_two_unicode_forms_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Unicode form"):
        _open(zip_of(tmp_path / "x.zip", {**PLAIN, "data/\u00e9.csv": b"", "data/e\u0301.csv": b""}))


def _patched(archive: Path, offset: int, local: int, value: bytes) -> Path:
    """The archive with a field of its last member changed, in the list of members and before the member itself."""
    data = bytearray(archive.read_bytes())
    for signature, place in ((b"PK\1\2", offset), (b"PK\3\4", local)):
        at = data.rindex(signature) + place
        data[at : at + len(value)] = value
    archive.write_bytes(data)
    return archive


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="encrypted"):
        _open(_patched(zip_of(tmp_path / "x.zip", PLAIN), 8, 6, struct.pack("<H", 1)))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 9])
def test_a_member_packed_in_a_way_that_cannot_be_bounded_is_refused(method: int, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="another way than deflate"):
        _open(_patched(zip_of(tmp_path / "x.zip", PLAIN), 10, 8, struct.pack("<H", method)))


def test_a_bomb_is_refused_after_little_of_it_came_out(tmp_path: Path) -> None:
    bomb = zip_of(tmp_path / "x.zip", {**PLAIN, "data/b.csv": bytes(100 * limits.MIB)})
    assert bomb.stat().st_size < 200_000

    with pytest.raises(Refused, match="come out of it"):
        _open(bomb)


def test_a_size_that_lies_does_not_get_past_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 1000)
    bomb = zip_of(tmp_path / "x.zip", {**PLAIN, "data/b.csv": bytes(10_000)})

    with pytest.raises(Refused, match="has more than 1,000 bytes"):
        _open(bomb)
    with pytest.raises(Unusable, match="damaged"):  # a smaller size is believed, and then the checksum is wrong
        _open(_patched(bomb, 24, 22, struct.pack("<L", 10)))


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [
        ("PACKAGE_FILES", 2, "3 members, more than 2"),
        ("PACKAGE_BYTES", 100, "more than 100 bytes come out"),
        ("ARCHIVE_DIRECTORY_BYTES", 100, "list of members"),
    ],
)
def test_an_archive_over_a_limit_is_3(
    limit: str, value: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, limit, value)

    result = muster("validate", zip_of(tmp_path / "x.zip", {**PLAIN, "data/b.csv": bytes(90)}))

    assert result.code == 3
    assert words in result.stderr


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    archive = zip_of(tmp_path / "x.zip", {**PLAIN, "data/b.csv": bytes(range(256)) * 4})
    data = bytearray(archive.read_bytes())
    for name in (b"data/a.csv", b"data/b.csv"):  # the list of members gives both the place and size of the larger
        at = data.rindex(b"PK\1\2", 0, data.rindex(name))
        data[at + 20 : at + 24] = struct.pack("<L", 200)
    archive.write_bytes(data)

    with pytest.raises(Refused, match="lie over each other"):
        _open(archive)


def test_a_wrong_checksum_is_named_with_its_member_and_is_1(tmp_path: Path) -> None:
    package = build_base("plain", tmp_path / "package")
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:  # stored, so that a byte can be changed
        for path in package.rglob("*.*"):
            archive.write(path, path.relative_to(package))
    data = (tmp_path / "x.zip").read_bytes()
    text = (package / "data/people.csv").read_bytes()
    (tmp_path / "x.zip").write_bytes(data.replace(text, text[:-2] + b"!\n"))

    result = muster("validate", tmp_path / "x.zip")
    compared = muster("validate", package, "--against", tmp_path / "x.zip")

    assert (result.code, result.stdout) == (1, "")
    assert "'data/people.csv' is damaged" in result.stderr
    assert (compared.code, compared.stdout) == (4, "")
    assert "the previous release cannot be read" in compared.stderr


@pytest.mark.parametrize("size", [0, 10, 60, -1, -30], ids=str)
def test_what_is_no_archive_or_a_part_of_one_is_1(size: int, tmp_path: Path) -> None:
    archive = zip_of(tmp_path / "x.zip", PLAIN)
    archive.write_bytes(archive.read_bytes()[:size])

    result = muster("validate", archive)

    assert result.code == 1
    assert "no zip archive, or damaged" in result.stderr


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_changed_in_an_archive_it_is_opened_or_refused(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    sound = zip_of(tmp_path / "x.zip", PLAIN).read_bytes()
    for _ in range(150):
        data = bytearray(sound)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        (tmp_path / "x.zip").write_bytes(data)
        with contextlib.suppress(MusterError):  # anything else would be a bug of ours
            _open(tmp_path / "x.zip")


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"data/a.csv": b""}, "there is no datapackage.json"),
        ({"one/two/datapackage.json": DESCRIPTOR}, "there is no datapackage.json"),
        ({"one/datapackage.json": DESCRIPTOR, "two/datapackage.json": DESCRIPTOR}, "several packages: one, two"),
    ],
)
def test_an_archive_without_one_package_is_4(members: Members, words: str, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=words):
        _open(zip_of(tmp_path / "x.zip", members))


def test_the_package_at_the_root_wins_over_examples_in_its_folders(tmp_path: Path) -> None:
    with opened(str(zip_of(tmp_path / "x.zip", {**PLAIN, "example/datapackage.json": b"{}"}))) as folder:
        assert (folder.root / "datapackage.json").read_bytes() == DESCRIPTOR


def test_of_a_source_tree_only_the_package_is_unpacked(tmp_path: Path) -> None:
    tree: Members = {f"top/{path}": data for path, data in PLAIN.items() if isinstance(path, str)}
    archive = zip_of(tmp_path / "x.zip", {**tree, "top/docs/a.md": b"", "top/.gitignore": b"", "__MACOSX/top/._a": b""})

    with opened(str(archive)) as folder:
        found = sorted(path.relative_to(folder.root).as_posix() for path in folder.root.rglob("*.*"))
        assert validate(folder).package == "x"

    assert found == ["data/a.csv", "datapackage.json"]


@pytest.mark.parametrize(
    ("make", "words"),
    [(Path.mkdir, "no datapackage.json"), (os.mkfifo, "not a regular")],
)
def test_what_is_only_called_zip_is_4_and_does_not_hang(
    make: Callable[[Path], None], words: str, tmp_path: Path
) -> None:
    make(tmp_path / "x.zip")

    result = muster("validate", tmp_path / "x.zip")

    assert result.code == 4
    assert words in result.stderr


def test_zeros_that_compress_well_are_fine_as_long_as_they_are_few(tmp_path: Path) -> None:
    data = b"a\n" + b"0\n" * 500_000
    assert len(zlib.compress(data)) * limits.ARCHIVE_RATIO < len(data)

    with opened(str(zip_of(tmp_path / "x.zip", {**PLAIN, "data/a.csv": data}))) as folder:
        assert (folder.root / "data/a.csv").read_bytes() == data


def test_what_the_descriptor_makes_unsafe_is_a_finding_and_nothing_else_is_unpacked(tmp_path: Path) -> None:
    descriptor = DESCRIPTOR.replace(b"data/a.csv", b"../a.csv")

    with opened(str(zip_of(tmp_path / "x.zip", {**PLAIN, "datapackage.json": descriptor}))) as folder:
        assert [finding.check for finding in validate(folder)] == ["path-parent"]
        assert [path.name for path in folder.root.iterdir()] == ["datapackage.json"]


def test_an_archive_with_folders_as_members_is_opened(tmp_path: Path) -> None:
    package = build_base("plain", tmp_path / "package")

    with opened(str(zip_folder(package, tmp_path / "x.zip", "one/"))) as folder:
        assert validate(folder, ("structure",)).valid
