"""`exports/<name>-<version>.zip`: the package in canonical form, with its changelog, citation and codebook.

Members are sorted, dated 1980-01-01 and of mode 0644, so that equal files make
an equal archive. It is written last, once the files that go into it are there.
"""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from musterroll.release.content import Content
from musterroll.release.exports.comparison import capped, shown, unreadable
from musterroll.release.exports.exporter import ExportFile
from musterroll.release.exports.names import safe_stem

NAME = "zip"

BESIDE = ("CHANGELOG.md", "CITATION.cff", "codebook.md")  # as far as they exist
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_BLOCK = 1 << 20


def files(content: Content) -> list[ExportFile]:
    """The one archive."""
    return [ExportFile(_path(content), "application/zip", "The whole package as an archive")]


def write(content: Content, folder: Path) -> None:
    """Pack the files as they lie in the folder."""
    place = folder / _path(content)
    place.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(place, "w") as archive:
        for path in _members(content, folder):
            with (folder / path).open("rb") as source, archive.open(_member(path, folder / path), "w") as target:
                shutil.copyfileobj(source, target, _BLOCK)


def differences(content: Content, folder: Path) -> Iterator[str]:
    """Compare every member with the file in the folder, byte by byte."""
    path = _path(content)
    yield from capped(path, _faults(path, folder, _members(content, folder)))


def _path(content: Content) -> str:
    return f"exports/{safe_stem(content.stem)}.zip"


def _members(content: Content, folder: Path) -> Sequence[str]:
    return sorted({*content.paths, *(path for path in BESIDE if (folder / path).is_file())})


def _member(path: str, place: Path) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, _EPOCH)
    info.create_system = _UNIX
    info.external_attr = (stat.S_IFREG | 0o644) << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    info.file_size = place.stat().st_size  # from which the format of large files follows
    return info


def _faults(path: str, folder: Path, expected: Sequence[str]) -> Iterator[str]:
    try:
        with zipfile.ZipFile(folder / path) as archive:
            found = archive.namelist()
            yield from (f"{path}: {shown(name)} is missing in it" for name in expected if name not in found)
            yield from (f"{path}: {shown(name)} does not belong in it" for name in found if name not in expected)
            if len({*found}) != len(found) or found != sorted(found):
                yield f"{path}: its members are not in order, or one is there twice"
            for name in expected:
                if name in found and not _is_equal(archive, name, folder / name):
                    yield f"{path}: {shown(name)} is not the file of the release"
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError):
        yield unreadable(path, folder / path, "zip archive")


def _is_equal(archive: zipfile.ZipFile, name: str, place: Path) -> bool:
    """Whether a member has the file's bytes; no more of it is unpacked than the file is long."""
    with archive.open(name) as member, place.open("rb") as file:
        while True:
            one, other = member.read(_BLOCK), file.read(_BLOCK)
            if one != other:
                return False
            if not one:
                return True
