"""Folders of pages that we write and may replace; a folder that holds anything else is left alone."""

from __future__ import annotations

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
    try:
        folder.mkdir(parents=True, exist_ok=True)
        earlier = list(folder.iterdir())
        foreign = [path.name for path in earlier if not _is_ours(path)]
        if foreign:
            raise Unavailable(f"{folder}: {foreign[0]} is not a page of ours; choose an empty folder")
        for name, text in pages.items():
            write_atomically(folder / name, text.encode())
        for path in earlier:
            if path.name not in pages:
                path.unlink()
    except OSError as error:
        raise Unavailable(f"{folder}: {error.strerror}") from error


def _is_ours(path: Path) -> bool:
    return path.suffix == ".html" and path.is_file() and _MARK in path.read_text(encoding="utf-8", errors="replace")
