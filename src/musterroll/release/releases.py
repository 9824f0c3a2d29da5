"""A folder of releases as it lies on the disk: its index, and whether the two agree."""

from __future__ import annotations

import json
from pathlib import Path

from musterroll.errors import Refused, Unavailable, Unusable
from musterroll.package import limits
from musterroll.package.folder import Folder
from musterroll.package.problem import Rejected
from musterroll.release.checksums import SUMS, sha256_of
from musterroll.release.index import INDEX, Index, parse_index, parsed, render_index


def read_index(out: Path) -> Index | None:
    """The index of a folder of releases; None if there is none.

    Raises `Unusable` if it is damaged, `Refused` if it is a link or no file.
    """
    data = _bytes(out)
    return None if data is None else parse_index(data, str(out / INDEX))


def index_to_change(out: Path) -> Index | None:
    """The index of a folder of releases that is to be written anew; None if there is none.

    Raises `Unavailable` if it is damaged or says more than this version of
    musterroll would write: nobody can then say what was published.
    """
    data = _bytes(out)
    if data is None:
        return None
    try:
        index = parse_index(data, str(out / INDEX))
    except Unusable as error:
        raise Unavailable(f"{error}. Restore it; without it nobody can say what was published") from error
    if json.loads(render_index(index)) != json.loads(data):
        raise Unavailable(f"{out / INDEX} says more than this version of musterroll understands; use a newer one")
    return index


def current_index(out: Path, name: str, version: str | None = None) -> Index:
    """The index of the folder `out`, in which releases of the package `name` are made; of none yet if it is new.

    Raises `Unusable` if it is the folder of another package; `Unavailable` as
    `index_to_change` does, and if index and folder do not agree: a release that
    the index names is not there, or one is there that it does not name. Only
    `version`, which is being made, may be there without being named: a run that
    was cut off leaves it like that.
    """
    index = index_to_change(out) or Index(name)
    if index.name != name:
        raise Unusable(f"{out} holds releases of {index.name}, not of {name}")
    for entry in index.releases:
        sums = out / entry.version / SUMS
        if not sums.is_file():
            raise Unavailable(f"{out / INDEX} names {entry.version}, but there is no {sums}; restore that release")
        if entry.version != version and sha256_of(sums) != entry.sha256sums:
            raise Unavailable(f"{sums} is not the one that {INDEX} knows {entry.version} by; restore that release")
    if strays := sorted(_folders(out) - {entry.version for entry in index.releases} - {version}):
        message = f"{out / strays[0]} is there, but {INDEX} does not name it; restore {INDEX}"
        raise Unavailable(f"{message}, or, if that version was never published, remove the folder")
    return index


def _bytes(out: Path) -> bytes | None:
    try:
        with Folder(out).open(INDEX) as stream:
            return stream.read(limits.LISTING_BYTES + 1)
    except Rejected as rejection:
        if rejection.problem.check == "manifest-missing":
            return None
        raise Refused(f"{out / INDEX}: {rejection.problem.message}") from rejection


def _folders(out: Path) -> set[str]:
    """Folders that are called as a version."""
    found = out.iterdir() if out.is_dir() else ()
    return {path.name for path in found if path.is_dir() and is_version(path.name)}


def is_version(name: str) -> bool:
    """Whether a folder of this name would be that of a release."""
    try:
        parsed(name)
    except Unusable:
        return False
    return True
