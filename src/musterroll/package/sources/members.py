"""Which members make a zip archive unsafe to unpack."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from musterroll.errors import Refused
from musterroll.package import limits
from musterroll.package.paths import collision_key, member_fault

_ENCRYPTED = 0x1 | 0x40 | 0x2000  # plainly, strongly, or with a hidden list of members
_HEADER = 30  # the least that stands before the content of a member
_PLAIN = {0, stat.S_IFREG, stat.S_IFDIR}  # 0: made where files have no such modes


def refuse_unsafe(members: Sequence[ZipInfo], end: int, source: str) -> None:
    """Look at all members before any is unpacked; `end` is where the last must have ended.

    Raises `Refused` with the first reason found.
    """
    if len(members) > limits.PACKAGE_FILES:
        raise Refused(f"{source}: {len(members):,} members, more than {limits.PACKAGE_FILES:,}")
    seen: set[str] = set()
    for member in members:
        if fault := _fault(member):
            raise Refused(f"{source}: {member.orig_filename!r}: {fault}")
        if member.filename in seen:
            raise Refused(f"{source}: {member.filename!r} is in it twice")
        seen.add(member.filename)
    if _overlap(members, end):
        raise Refused(f"{source}: members lie over each other or beyond its end")


def refuse_collisions(paths: Iterable[str], source: str) -> None:
    """Raises `Refused` if two of the files would be one on some system, or one is a folder above another."""
    files: dict[str, str] = {}
    for path in paths:
        other = files.setdefault(collision_key(path), path)
        if other != path:
            raise Refused(f"{source}: {path!r} and {other!r} are one file on systems that ignore case or Unicode form")
    for key, path in files.items():
        above = next((files[name] for name in _folders_above(key) if name in files), None)
        if above is not None:
            raise Refused(f"{source}: {above!r} is both a file and the folder of {path!r}")


def _fault(member: ZipInfo) -> str | None:
    # The name as it is written: `filename` ends at a NUL.
    if fault := member_fault(member.orig_filename.removesuffix("/")):
        return fault
    if stat.S_IFMT(member.external_attr >> 16) not in _PLAIN:
        return "The member is a link, pipe or device."
    if member.flag_bits & _ENCRYPTED:
        return "The member is encrypted."
    if member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        # Python's bzip2 and LZMA unpack a whole block at once, however much comes out of it.
        return "The member is packed in another way than deflate."
    return None


def _folders_above(path: str) -> Iterator[str]:
    parts = path.split("/")
    return ("/".join(parts[:depth]) for depth in range(1, len(parts)))


def _overlap(members: Sequence[ZipInfo], end: int) -> bool:
    """Whether one stretch of the archive would be unpacked twice, which multiplies a bomb."""
    spans = sorted((member.header_offset, member.header_offset + _HEADER + member.compress_size) for member in members)
    return any(start < 0 for start, _ in spans) or any(
        stop > start for (_, stop), (start, _) in pairwise([*spans, (end, end)])
    )
