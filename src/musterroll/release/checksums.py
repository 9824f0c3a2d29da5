"""`SHA256SUMS`, as `sha256sum --check` reads it: one line per file, hash, two spaces, path."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from musterroll.errors import Refused, Unusable
from musterroll.package import limits
from musterroll.package.folder import Folder
from musterroll.package.paths import collision_key, path_fault

SUMS = "SHA256SUMS"
SIGNATURE = f"{SUMS}.sig"  # stands in no list: it is made of the list
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_BLOCK = 1 << 20


def render_sums(hashes: Mapping[str, str]) -> str:
    """The text of the file, by path in code point order."""
    return "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(hashes.items()))


def parse_sums(text: str) -> dict[str, str]:
    """Hash by path.

    Raises `Unusable` if it is not, to the byte, what `render_sums` writes, if it
    names itself or its signature, or if two paths in it are one file on some
    system; `Refused` if a path is unsafe (it leads out of the folder, say).
    """
    hashes: dict[str, str] = {}
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise Unusable(f"{SUMS}:{number}: no hash and path")
        sha256, path = match.groups()
        if fault := unsafe(path):
            raise Refused(f"{SUMS}:{number}: {fault}")
        hashes[path] = sha256
    if len({collision_key(path) for path in hashes}) != len(hashes) or render_sums(hashes) != text:
        raise Unusable(f"{SUMS} names a file twice, is not sorted, or is cut off")
    if {SUMS, SIGNATURE} & set(hashes):
        raise Unusable(f"{SUMS} names itself or its signature")
    return hashes


def read_sums(folder: Folder) -> tuple[bytes, dict[str, str]]:
    """The bytes of a folder's `SHA256SUMS`, and the hash by path that they give.

    Raises as `parse_sums` does, and `Rejected` if it cannot be opened (is not there, is a link).
    """
    with folder.open(SUMS) as stream:
        data = stream.read(limits.LISTING_BYTES + 1)
    if len(data) > limits.LISTING_BYTES:
        raise Refused(f"{SUMS} has more than {limits.LISTING_BYTES:,} bytes; such a list is not read")
    try:
        return data, parse_sums(data.decode())
    except UnicodeDecodeError as error:
        raise Unusable(f"{SUMS}: byte {error.start} is not UTF-8") from error


def unsafe(path: str) -> str | None:
    """What is wrong with the path of a file of a release; its one hidden file is the deposit's metadata."""
    fault = path_fault(path.removeprefix(".") if path == ".zenodo.json" else path)
    return fault[1] if fault else None


def sha256_of(path: Path) -> str:
    """The hash of a file, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
