"""Put the files of a new package into a folder: all of them or none, and never over anything."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from musterroll.errors import Unavailable
from musterroll.release.staging import sync

_MAY_BE_THERE = {".git"}  # an empty repository is where a package begins


def check_free(folder: Path) -> None:
    """See that a package can be begun in the folder, which need not exist.

    Raises `Unavailable` if it is no folder or holds anything but `.git`.
    """
    try:
        if folder.is_symlink() and not folder.exists():
            raise Unavailable(f"{folder} is a link to nothing; choose another folder")
        there = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    except OSError as error:
        raise Unavailable(f"{folder}: {error.strerror}") from error
    if taken := [name for name in there if name not in _MAY_BE_THERE]:
        raise Unavailable(f"{folder} is not empty (it holds {taken[0]!r}); choose a new or an empty folder")


def write_new(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files into a folder that has none; it and those above it are made. If one fails, all are taken back.

    Raises `Unavailable` as `check_free` does, and if the disk or the permissions do not
    allow it.
    """
    check_free(folder)
    made: list[Path] = []
    try:
        for path, data in tuple(files):  # what cannot be made fails before the first file is there
            _make_folder((folder / path).parent, made)
            _write(folder / path, data, made)
        for each in {path.parent for path in made}:
            sync(each)
        made.clear()  # all are there, and stay
    except OSError as error:
        raise Unavailable(f"{error.filename or folder}: {error.strerror}") from error
    finally:
        _take_back(made)


def _make_folder(folder: Path, made: list[Path]) -> None:
    for each in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        each.mkdir()
        made.append(each)


def _write(place: Path, data: bytes, made: list[Path]) -> None:
    with place.open("xb") as stream:  # what came meanwhile is not ours to replace
        made.append(place)
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _take_back(made: list[Path]) -> None:
    for path in reversed(made):
        path.rmdir() if path.is_dir() else path.unlink()
