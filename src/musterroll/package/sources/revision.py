"""A package as it was in a git revision."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from musterroll.errors import Unavailable
from musterroll.package.descriptor import DESCRIPTOR
from musterroll.package.folder import Folder
from musterroll.package.sources import git
from musterroll.package.sources.named import is_needed, wanted_paths
from musterroll.package.sources.store import Store
from musterroll.package.sources.target import split_revision

_LINK = "120000"
_SUBMODULE = "160000"
_OBJECT = re.compile(r"[0-9a-f]{40,64}")  # `^REV` would give ^ and the object: a range, not a revision


@dataclass(frozen=True)
class _Entry:
    """One file of a tree: its mode and the name of its content."""

    mode: str
    object_id: str


def check_out(target: str, root: Path) -> Folder:
    """The package `PATH@REV`, copied into the new folder `root` without touching the checkout.

    The bytes are those that were committed: no filter and no line end conversion
    is applied, and what LFS holds elsewhere is a pointer. Raises `Unavailable` if
    there is no such checkout, revision or package, or no git; `Refused` over a limit.
    """
    folder, revision = _divided(target)
    entries = _entries(folder, _tree(folder, revision, target), target)
    if DESCRIPTOR not in entries:
        raise Unavailable(f"{target}: there is no {DESCRIPTOR} in this folder in that revision")
    store = Store(root, target)
    found = store.folder(folder.resolve().name)
    with git.blobs(folder) as blobs:
        _copy({DESCRIPTOR: entries.pop(DESCRIPTOR)}, store, blobs)
        wanted = wanted_paths(found)
        if wanted is not None:
            _copy({path: entry for path, entry in entries.items() if is_needed(path, wanted)}, store, blobs)
    return found


def _divided(target: str) -> tuple[Path, str]:
    divided = split_revision(target)
    if divided:
        return divided
    name, _, revision = target.partition("@")
    if not Path(name or ".").is_dir():
        raise Unavailable(f"{name}: no such folder")
    raise Unavailable(f"{name or 'this folder'} is not in a git checkout, so there is no revision {revision} of it")


def _tree(folder: Path, revision: str, target: str) -> str:
    """The folder's tree in that revision, as git names it."""
    prefix, complaint = git.ask(folder, "rev-parse", "--show-prefix")
    if prefix is None:
        raise Unavailable(f"{target}: git says: {complaint}")
    commit, _ = git.ask(folder, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    found = (commit or b"").decode().strip()
    if not revision or not _OBJECT.fullmatch(found):
        raise Unavailable(
            f"{target}: git knows no revision {revision!r} here (git tag lists them, git fetch --tags gets them)"
        )
    return f"{found}:{os.fsdecode(prefix).removesuffix(chr(10)).removesuffix('/')}"


def _entries(folder: Path, tree: str, target: str) -> dict[str, _Entry]:
    """Every file and link below the tree, by its path; submodules are other repositories and left out."""
    listing, _ = git.ask(folder, "ls-tree", "-r", "-z", "--full-tree", tree)
    if listing is None:
        raise Unavailable(f"{target}: this folder is not in that revision")
    entries = {}
    for line in listing.split(b"\0")[:-1]:
        about, _, path = line.partition(b"\t")
        mode, _, object_id = about.decode().split(" ")
        if mode != _SUBMODULE:
            entries[os.fsdecode(path)] = _Entry(mode, object_id)
    return entries


def _copy(entries: Mapping[str, _Entry], store: Store, blobs: git.Blobs) -> None:
    for path, entry in _files_first(entries):
        if entry.mode == _LINK:
            store.link(path)
        else:
            store.write(path, blobs.read(entry.object_id))


def _files_first(entries: Mapping[str, _Entry]) -> Iterator[tuple[str, _Entry]]:
    """Links after files: nothing is ever written through a link."""
    yield from ((path, entry) for path, entry in entries.items() if entry.mode != _LINK)
    yield from ((path, entry) for path, entry in entries.items() if entry.mode == _LINK)
