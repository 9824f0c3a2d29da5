"""What the text that names a package means; the disk is asked, git and the network are not."""

from __future__ import annotations

import os.path
import re
from enum import Enum, auto
from pathlib import Path

LATEST = "latest"

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")  # one part of a path, wherever releases are kept
_VERSION_CHARS = 100


class Kind(Enum):
    """The ways to name a package."""

    FOLDER = auto()  # or the datapackage.json in it
    ARCHIVE = auto()
    REVISION = auto()
    URL = auto()
    RELEASE = auto()


def kind_of(target: str) -> Kind:
    """How `target` is meant; a path that exists wins over every other reading."""
    if not _exists(target):
        if _URL.match(target):
            return Kind.URL
        if "@" in target:
            return Kind.REVISION if split_revision(target) or _is_path(target.partition("@")[0]) else Kind.RELEASE
    is_archive = target.lower().endswith(".zip") and not Path(target).is_dir()
    return Kind.ARCHIVE if is_archive else Kind.FOLDER


def split_revision(target: str) -> tuple[Path, str] | None:
    """Folder and revision of `PATH@REV`, or None if no PATH in it is a folder in a git checkout.

    Both sides may hold an @ (`HEAD@{1}`), so the first that fits divides them.
    """
    for place in re.finditer("@", target):
        folder = Path(target[: place.start()] or ".")
        if folder.is_dir() and is_in_checkout(folder):
            return folder, target[place.end() :]
    return None


def split_release(target: str) -> tuple[str, str] | None:
    """Name and version of `NAME@VERSION`, or None if it is no such text; the version may be `latest`."""
    name, _, version = target.partition("@")
    return (name, version) if is_release_name(name) and _is_version(version) else None


def is_release_name(name: str) -> bool:
    """Whether releases of a package of this name can be found by their name."""
    return bool(_NAME.fullmatch(name))


def is_url(target: str) -> bool:
    """Whether it is a URL rather than a path; which of them are fetched is not asked here."""
    return bool(_URL.match(target)) and not _exists(target)


def is_in_checkout(folder: Path) -> bool:
    """Whether the folder or one above it holds a `.git` (a file in worktrees and submodules)."""
    path = folder.resolve()
    return any(_exists(str(above / ".git")) for above in (path, *path.parents))


def _is_version(text: str) -> bool:
    from semver import Version

    return text == LATEST or (len(text) <= _VERSION_CHARS and Version.is_valid(text))


def _is_path(name: str) -> bool:
    """Whether this can be a path only: releases have plain names."""
    return name in {"", ".", ".."} or "/" in name


def _exists(path: str) -> bool:
    """Unlike `Path.exists`, this answers no instead of raising where a name is too long or may not be looked up."""
    return os.path.exists(path)  # noqa: PTH110
