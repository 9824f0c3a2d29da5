"""Which files a package needs, by its descriptor."""

from __future__ import annotations

from musterroll.package.descriptor import DESCRIPTOR, Package
from musterroll.package.folder import Folder
from musterroll.package.manifest import named_paths, refusals
from musterroll.package.opening import read_json
from musterroll.package.problem import Rejected


def wanted_paths(folder: Folder) -> frozenset[str] | None:
    """The paths that the descriptor names, or None if nothing more need be had.

    That is so if the descriptor cannot be read, or names an unsafe path: the
    reader then opens no other file, and reports why.
    """
    try:
        document = read_json(folder, DESCRIPTOR)
    except Rejected:
        return None
    if not isinstance(document.value, dict) or any(refusals(Package(folder, document))):
        return None
    return frozenset(path for _, path in named_paths(document.value))


def is_needed(path: str, wanted: frozenset[str]) -> bool:
    """Whether the descriptor names it or leads through it (a link), or it lies where every file should be named."""
    return path.startswith(("data/", "schemas/")) or any(name == path or name.startswith(f"{path}/") for name in wanted)
