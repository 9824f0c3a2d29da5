"""Folders of pages that we write and may replace; a folder that holds anything else is left alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from musterroll.errors import Unavailable
from musterroll.package.atomic import write_atomically

_MARK = '<meta name="generator" content="musterroll">'


def write_pages(pages: Mapping[str, str], folder: Path) -> None:
    """Write pages by file name into `folder`, and take away pages of an earlier run that are not among them.

    Raises `Unavailable` if the folder holds files that we did not write, or
    cannot be written.
    """
    earlier = prepare(folder)
    try:
        for name, text in pages.items():
            write_atomically(folder / name, text.encode())
        for path in earlier:
            if path.name not in pages:
                path.unlink()
    except OSError as error:
        raise Unavailable(f"{folder}: {error.strerror}") from error


def prepare(folder: Path) -> list[Path]:
    """Make the folder if need be, and name the pages of an earlier run in it.

    Raises `Unavailable` if it cannot be had for our pages: better before the
    work whose result they show than behind it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        earlier = sorted(folder.iterdir())
        foreign = [path.name for path in earlier if not _is_ours(path)]
        writable = os.access(folder, os.W_OK | os.X_OK)
    except OSError as error:
        raise Unavailable(f"{folder}: {error.strerror}") from error
    if foreign:
        raise Unavailable(f"{folder}: {foreign[0]} is not a page of ours; choose an empty folder")
    if not writable:
        raise Unavailable(f"{folder}: permission denied")
    return earlier


def _is_ours(path: Path) -> bool:
    if path.name.startswith(".") and ".html." in path.name:
        return True  # what a run that was killed left behind
    return path.suffix == ".html" and path.is_file() and _MARK in path.read_text(encoding="utf-8", errors="replace")
