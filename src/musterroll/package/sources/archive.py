"""A package in a zip archive."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from musterroll.errors import Refused, Unavailable, Unusable
from musterroll.package import limits
from musterroll.package.descriptor import DESCRIPTOR
from musterroll.package.folder import Folder
from musterroll.package.sources.members import refuse_collisions, refuse_unsafe
from musterroll.package.sources.named import is_needed, wanted_paths
from musterroll.package.sources.store import Store

_BLOCK = 1 << 18
# All that `zipfile` raises on archives that are no archive, cut off, or changed; a test with thousands of them says so.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError)


def unpack(archive: Path, root: Path, source: str, name: str) -> Folder:
    """The package in `archive`, unpacked into the new folder `root`; `source` is the archive in the user's words.

    A package without a name of its own is called `name`. All members are looked
    at, but unpacked is only what the package needs: archives of whole source
    trees hold much else, and what is not unpacked can do no harm. Raises
    `Unavailable` if there is no archive or no package in it, `Refused` if a member
    is unsafe or a limit is passed, `Unusable` if what is needed is damaged.
    """
    with _opened(archive, source) as content:
        members = content.infolist()
        refuse_unsafe(members, content.start_dir, source)
        files = _files(members, source)
        # Counted over all members against the archive's real size, since the sizes written in it may lie.
        most = max(limits.ARCHIVE_FREE_BYTES, limits.ARCHIVE_RATIO * archive.stat().st_size)
        store = Store(root, source, most)
        found = store.folder(name)
        store.write(DESCRIPTOR, _blocks(content, files.pop(DESCRIPTOR), source))
        wanted = wanted_paths(found)
        needed = [] if wanted is None else [path for path in files if is_needed(path, wanted)]
        refuse_collisions([DESCRIPTOR, *needed], source)
        for path in needed:
            store.write(path, _blocks(content, files[path], source))
    return found


class _Bounded(io.FileIO):
    """A file of which nobody takes too much at once, as `zipfile` would for a hostile list of members."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > limits.ARCHIVE_DIRECTORY_BYTES:
            raise Refused(f"its list of members has more than {limits.ARCHIVE_DIRECTORY_BYTES:,} bytes")
        return super().read(-1 if size is None else size)


@contextmanager
def _opened(archive: Path, source: str) -> Iterator[zipfile.ZipFile]:
    if archive.exists() and not archive.is_file():  # a pipe would make us wait
        raise Unavailable(f"{source}: not a regular file")
    try:
        file = _Bounded(archive)
    except OSError as error:
        raise Unavailable(f"{source}: {error.strerror}") from error
    with file:
        try:
            content = zipfile.ZipFile(file)
        except _DAMAGE as error:
            raise Unusable(f"{source} is no zip archive, or damaged: {error}") from error
        except Refused as error:
            raise Refused(f"{source}: {error}") from error
        with content:
            yield content


def _files(members: Sequence[zipfile.ZipInfo], source: str) -> dict[str, zipfile.ZipInfo]:
    """The files in the package's folder, by their path in it."""
    names = [member.filename for member in members]
    tops = [
        name.removesuffix(DESCRIPTOR) for name in names if name.split("/")[-1] == DESCRIPTOR and name.count("/") <= 1
    ]
    if len(tops) > 1 and "" not in tops:
        raise Unavailable(f"{source}: holds several packages: {', '.join(sorted(top[:-1] for top in tops))}")
    if not tops:
        raise Unavailable(f"{source}: there is no {DESCRIPTOR} in it, or in the one folder at its top")
    top = min(tops)  # the root comes before any folder
    return {
        member.filename[len(top) :]: member
        for member in members
        if member.filename.startswith(top) and not member.is_dir()
    }


def _blocks(content: zipfile.ZipFile, member: zipfile.ZipInfo, source: str) -> Iterator[bytes]:
    try:
        with content.open(member) as stream:
            while block := stream.read(_BLOCK):
                yield block
    except _DAMAGE as error:
        raise Unusable(f"{source}: {member.filename!r} is damaged: {error}") from error
