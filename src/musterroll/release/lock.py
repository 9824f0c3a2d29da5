"""Only one process at a time changes a folder of releases; those who read it need no lock."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from musterroll.errors import Unavailable

LOCK = ".lock"
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


@contextmanager
def exclusive(out: Path) -> Iterator[None]:
    """Hold the folder `out`, which is there, to oneself.

    The lock is the kernel's (flock) and ends with the process that holds it,
    however that ends: a file that a killed process left locks nobody out. Raises
    `Unavailable` at once if another process holds it.
    """
    path = out / LOCK
    while True:
        with _opened(path) as descriptor:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Unavailable(f"another release is being made in {out}; wait until it is done") from error
            if not _is_still(path, descriptor):
                continue  # its last holder took it away between our opening it and our locking it
            try:
                yield
            finally:
                with contextlib.suppress(OSError):  # what is left would only be litter
                    path.unlink()
            return


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    descriptor = os.open(path, _FLAGS, 0o644)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
