"""A version whose folder is there already: is it, whole, the release that is to be published?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from musterroll.errors import Unusable
from musterroll.package.folder import Folder
from musterroll.package.problem import Rejected
from musterroll.release.checksums import SUMS, read_sums
from musterroll.release.index import INDEX, Entry
from musterroll.release.verifying.files import read_files


def require_same(folder: Path, known: Entry | None, package: Mapping[str, str]) -> None:
    """Go on only if `folder` holds a release of just these files (hash by path) and every byte of it is true.

    `known` is what the index says of it; None if it does not name it. Raises
    `Unusable` if it is damaged, another release, or none.
    """
    place = Folder(folder)
    if folder.is_symlink():
        raise Unusable(f"{folder} is there and is a link, not a release; remove it")
    try:
        data, sums = read_sums(place)
    except Rejected as rejection:
        raise Unusable(f"{folder} is there and is no release: {rejection.problem.message} Remove it") from rejection
    if known and hashlib.sha256(data).hexdigest() != known.sha256sums:
        raise Unusable(f"{folder / SUMS} is damaged: it is not the one that {INDEX} knows; restore the release")
    if any(sums.get(path) != sha256 for path, sha256 in package.items()):
        raise Unusable(_other_content(folder, known))
    if faults := sorted(read_files(place, sums).faults):
        raise Unusable(f"{folder} is damaged: {faults[0].message} Restore it; muster verify says all that is wrong")


def _other_content(folder: Path, known: Entry | None) -> str:
    if known:
        return f"version {known.version} is published with other content; give the new content a new version"
    return (
        f"{folder} holds a release with other content that {INDEX} does not name; "
        "give the new content a new version, or, if that one was never published, remove the folder"
    )
