"""A folder that is read without ever leaving it.

Every part of a path is opened relative to its parent's descriptor and never
through a link, so a link that is put there between the check and the read
changes nothing; a pipe or a device is not opened for reading.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from musterroll.errors import Unavailable
from musterroll.package.problem import Problem, Rejected

_BLOCK = 1 << 20
_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK  # non-blocking: a pipe must not hang us


class Folder:
    """Files below `root`, by relative path with `/`.

    A folder that is the copy of something else (an archive, a revision, a URL)
    goes by the `name` and the `source` of that: nobody knows its own place.
    """

    def __init__(self, root: Path, name: str | None = None, source: str | None = None) -> None:
        self.root = root
        self._name = name
        self._source = source

    @property
    def name(self) -> str:
        """What a package without a name of its own is called."""
        return self._name or self.root.resolve().name

    @property
    def is_copy(self) -> bool:
        """Whether its files lie here only while they are read."""
        return self._source is not None

    def __str__(self) -> str:
        return self._source or str(self.root)

    def shown(self, path: str) -> str:
        """A file of it, as people know where to find it."""
        return f"{self._source}: {path}" if self._source else str(self.root / path)

    def open(self, path: str) -> BinaryIO:
        """Open one regular file.

        Raises `Rejected` (path-symlink, path-not-regular, manifest-missing) or
        `Unavailable` if permission is lacking.
        """
        try:
            return os.fdopen(self._regular(path), "rb")
        except PermissionError as error:
            raise Unavailable(f"{self.shown(path)}: permission denied") from error

    def sha256(self, path: str) -> str:
        """The hash of a file's bytes, in hex; raises as `open` does."""
        digest = hashlib.sha256()
        with self.open(path) as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
        return digest.hexdigest()

    def listing(self, path: str = "") -> Iterator[tuple[str, int]]:
        """Names in one sub-folder (or in the root), sorted, each with its file type and mode; links are not followed.

        Raises as `open` does.
        """
        try:
            descriptor = self._descriptor(path, _DIRECTORY) if path else self._root(path)
        except PermissionError as error:
            raise Unavailable(f"{self.shown(path)}: permission denied") from error
        try:
            for name in sorted(os.listdir(descriptor)):  # noqa: PTH208 - by descriptor, which pathlib cannot
                yield name, os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_mode
        finally:
            os.close(descriptor)

    def is_hard_linked(self, path: str) -> bool:
        """Whether the file has a second name, possibly outside the package."""
        return (self.root / path).lstat().st_nlink > 1

    def files(self, *tops: str) -> Iterator[str]:
        """Relative paths of all files below the given sub-folders, sorted, links not followed."""
        for top in tops:
            for folder, folders, names in os.walk(self.root / top):
                folders.sort()
                relative = Path(folder).relative_to(self.root).as_posix()
                yield from (f"{relative}/{name}" for name in sorted(names))

    def _regular(self, path: str) -> int:
        found = self._descriptor(path, _FILE)
        if not stat.S_ISREG(os.fstat(found).st_mode):
            os.close(found)
            raise Rejected(Problem("path-not-regular", f"{path} is not a regular file.", path))
        return found

    def _descriptor(self, path: str, flags: int) -> int:
        *parents, name = path.split("/")
        parent = self._root(path)
        try:
            for part in parents:
                parent, old = self._step(parent, part, _DIRECTORY, path), parent
                os.close(old)
            return self._step(parent, name, flags, path)
        finally:
            os.close(parent)

    def _root(self, path: str) -> int:
        return self._step(None, str(self.root), _DIRECTORY & ~os.O_NOFOLLOW, path)

    def _step(self, parent: int | None, part: str, flags: int, path: str) -> int:
        try:
            return os.open(part, flags, dir_fd=parent)
        except OSError as error:
            if error.errno == errno.ENOENT:
                raise Rejected(Problem("manifest-missing", f"{path} is listed but does not exist.", path)) from error
            if error.errno == errno.ENAMETOOLONG:
                raise Rejected(Problem("path-form", f"{part[:40]}… is too long for a file name.", path)) from error
            if error.errno == errno.ENXIO:  # a socket
                raise Rejected(Problem("path-not-regular", f"{path} is not a regular file.", path)) from error
            if error.errno in {errno.ELOOP, errno.ENOTDIR}:
                raise Rejected(Problem(*_link_or_file(parent, part), path)) from error
            raise


def _link_or_file(parent: int | None, part: str) -> tuple[str, str]:
    if stat.S_ISLNK(os.stat(part, dir_fd=parent, follow_symlinks=False).st_mode):
        return "path-symlink", f"{part} is a symbolic link; links are not followed."
    return "manifest-missing", f"{part} is a file, not a folder."
