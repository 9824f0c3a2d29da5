"""Feeds of two packages, and the canonical files that they must lead to."""

from __future__ import annotations

from pathlib import Path

from musterroll.changes.diff import compared
from musterroll.changes.feed import feed
from musterroll.package.canonical import canonical_files
from musterroll.package.folder import Folder
from musterroll.package.opening import read_package


def canonical(package: Path) -> dict[str, bytes]:
    """What `muster fmt` makes of every file of a package."""
    opened, _ = read_package(Folder(package))
    assert opened is not None
    return dict(canonical_files(opened))


def lines_of(old: Path, new: Path) -> list[str]:
    with compared(Folder(old), Folder(new)) as diff:
        return list(feed(diff))
