"""Write a file so that a reader, or a crash, sees the old content or the new, never a part."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from musterroll.errors import Unavailable


def write_atomically(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Replace the content of `path`; raises `Unavailable` if the disk or the permissions do not allow it.

    A link stays a link: what it points at is replaced. What is no regular file
    (a pipe, a device) is written to as it is.
    """
    temporary = None
    pieces = [data] if isinstance(data, bytes) else data
    try:
        path = path.resolve()
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                stream.writelines(pieces)
            return
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            temporary = Path(stream.name)
            stream.writelines(pieces)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise Unavailable(f"{path}: {error.strerror}") from error
    finally:
        if temporary is not None:  # gone already, unless something went wrong
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    """The process' mask for new files, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync(folder: Path) -> None:
    """Make the rename itself durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
