"""A private folder that a package from elsewhere is copied into: never outside it, never over a limit."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from pathlib import Path

from musterroll.errors import Refused, Unavailable
from musterroll.package import limits
from musterroll.package.folder import Folder

_CLASH = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR}


class Store:
    """Takes files by relative path, each once, and counts the bytes that really come.

    `source` is what it is a copy of, in the words of whoever asked for it.
    """

    def __init__(self, root: Path, source: str, most: int | None = None) -> None:
        root.mkdir()
        self.root = root
        self.source = source
        self._most = limits.PACKAGE_BYTES if most is None else min(most, limits.PACKAGE_BYTES)
        self._bytes = 0
        self._files = 0

    def folder(self, name: str) -> Folder:
        """What was stored, to be read."""
        return Folder(self.root, name, self.source)

    def write(self, path: str, blocks: Iterable[bytes]) -> None:
        """Write one file.

        Raises `Refused` over a limit, or if there is something of that name;
        `Unavailable` if the disk is full.
        """
        place = self._place(path)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as stream:
                size = 0
                for block in blocks:
                    size += len(block)
                    self._count(path, size, len(block))
                    stream.write(block)
        except OSError as error:
            raise self._explained(path, error) from error

    def link(self, path: str) -> None:
        """Put a link at `path`, for the reader to refuse.

        Links come last, so that nothing is written through one. Where the real
        one points to is of no interest, and this one leads nowhere.
        """
        place = self._place(path)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to("nowhere")
        except OSError as error:
            raise self._explained(path, error) from error

    def _place(self, path: str) -> Path:
        if {"", ".", ".."} & set(path.split("/")) or "\0" in path:
            raise Refused(f"{self.source}: {path!r} leads out of the package")
        self._files += 1
        if self._files > limits.PACKAGE_FILES:
            raise Refused(f"{self.source}: more than {limits.PACKAGE_FILES:,} files")
        return self.root / path

    def _count(self, path: str, size: int, more: int) -> None:
        self._bytes += more
        if size > limits.FILE_BYTES:
            raise Refused(f"{self.source}: {path!r} has more than {limits.FILE_BYTES:,} bytes")
        if self._bytes > self._most:
            raise Refused(f"{self.source}: more than {self._most:,} bytes come out of it")

    def _explained(self, path: str, error: OSError) -> Refused | Unavailable:
        if error.errno in _CLASH:
            return Refused(f"{self.source}: {path!r} is there twice, or both a file and a folder")
        if error.errno == errno.ENAMETOOLONG:
            return Refused(f"{self.source}: {path[:80]!r}… is too long for a file name")
        return Unavailable(f"{self.source}: {path}: {error.strerror}")
