"""Folders in which a release is made before anybody sees it, and how it is made durable there."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from musterroll.errors import Unusable
from musterroll.release.checksums import SUMS, parse_sums, render_sums, sha256_of

_PREFIX = ".stage-"
_FILE_MODE, _FOLDER_MODE = 0o644, 0o755


@contextmanager
def made(out: Path) -> Iterator[None]:
    """Have the folder `out`; if it has to be made and stays empty, it is taken away again."""
    missing = [folder for folder in (out, *out.parents) if not folder.exists()]
    try:
        for folder in reversed(missing):
            folder.mkdir(exist_ok=True)
            folder.chmod(_FOLDER_MODE)
            sync(folder.parent)
        yield
    finally:
        for folder in missing:
            with contextlib.suppress(OSError):
                folder.rmdir()


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """A new folder in `out`, on the same disk; what is still in it at the end goes."""
    stage = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=out))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)  # what is left is swept by the next release


def sweep(out: Path) -> None:
    """Take away what killed processes left; the caller holds the lock of `out`, so nobody is at work in it."""
    for path in [path for path in out.iterdir() if path.name.startswith(_PREFIX)]:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def write(path: Path, text: str) -> None:
    """A new file, durable, of mode 644."""
    path.write_text(text, encoding="utf-8", newline="\n")
    settle(path)


def write_sums(folder: Path) -> dict[str, str]:
    """Write `SHA256SUMS` of a finished folder, in which empty folders go; returns hash by path.

    Raises `Unusable` if it holds what a release cannot: a link, a device, two
    files that are one on some system; `Refused` if a path is not safe everywhere.
    """
    hashes = {}
    for path in _within(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            raise Unusable(f"{name} is neither a file nor a folder, so it cannot be released")
        if path.is_file():
            hashes[name] = sha256_of(path)
        elif not any(path.iterdir()):
            path.rmdir()
    text = render_sums(hashes)
    (folder / SUMS).write_text(text, encoding="utf-8", newline="\n")
    return parse_sums(text)


def _within(folder: Path) -> Iterator[Path]:
    """Everything in a folder, what is in another one before that; rglob would pass over what it may not read."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from _within(path)
        yield path


def settle(path: Path) -> None:
    """Give a file, or a folder and all in it, the modes of a release whatever the umask, and see it on the disk."""
    if path.is_dir():
        for item in sorted(path.iterdir()):
            settle(item)
    path.chmod(_FOLDER_MODE if path.is_dir() else _FILE_MODE)
    sync(path)


def sync(path: Path) -> None:
    """Wait until the content of a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
