"""What comes from a shelf is proved before it is used: the index gives the hash of SHA256SUMS, that file all others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from musterroll.errors import Unavailable, Unusable
from musterroll.package import limits
from musterroll.release.checksums import SUMS, parse_sums
from musterroll.release.exports.names import safe_stem
from musterroll.release.index import Entry
from musterroll.release.shelf import Shelf

# Told which file is coming, how many bytes of it just came, and how many there will be at most.
OnBytes = Callable[[str, int, int], None]


def archive_of(name: str, version: str) -> str:
    """Path of the zip archive in a release: the whole package, as it is opened by its name."""
    return f"exports/{safe_stem(f'{name}-{version}')}.zip"


def proved_sums(shelf: Shelf, entry: Entry) -> tuple[bytes, Mapping[str, str]]:
    """The bytes of SHA256SUMS, and hash by path.

    Raises `Unusable` if it is not the one that the index promises, `Refused` if
    it names an unsafe path or too many, `Unavailable` if it is not there.
    """
    shown = f"{shelf.shown}: {entry.version}/{SUMS}"
    data = shelf.read(entry.version, SUMS)
    if hashlib.sha256(data).hexdigest() != entry.sha256sums:
        raise Unusable(f"{shown} is not the one that {_promise(shelf)}; nothing of this release is used")
    return data, parse_sums(data.decode(errors="replace"))


def save(
    shelf: Shelf,
    version: str,
    path: str,
    sha256: str,
    target: Path,
    *,
    size: int | None = None,
    most: int = limits.FILE_BYTES,
    on_bytes: OnBytes = lambda _path, _came, _of: None,
) -> None:
    """Copy one file of a release to the new file `target`, if its bytes have that hash; `size` is how many there are.

    `target` lies in a folder that goes if this fails. Raises `Unusable` if the
    bytes are others, `Refused` if there are more than `most`, `Unavailable` if the
    file is not there, cannot be had or cannot be written.
    """
    digest, came = hashlib.sha256(), 0
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with shelf.file(version, path, most) as blocks, target.open("xb") as stream:
            for block in blocks:
                on_bytes(path, len(block), most if size is None else size)
                came += len(block)
                if size is not None and came > size:
                    break  # there may be no end to it
                digest.update(block)
                stream.write(block)
    except OSError as error:
        raise Unavailable(f"{target}: {error.strerror}") from error
    if (size is not None and came > size) or digest.hexdigest() != sha256:
        raise Unusable(f"{shelf.shown}: {version}/{path} is not what {SUMS} says: damaged, cut off or another file")


def _promise(shelf: Shelf) -> str:
    return "was fetched" if shelf.kind == "cache" else "the index promises"
