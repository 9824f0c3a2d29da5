"""Put a site on the disk: all of it or nothing, and never over files that are not ours."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from musterroll.errors import Unavailable
from musterroll.release.staging import made, staged

MARK, FORMAT = "site.json", "musterroll/site/1"
_FILE_MODE, _FOLDER_MODE = 0o644, 0o755


def prepare(out: Path) -> None:
    """See that a site may be put into the folder: better before the work than behind it.

    Raises `Unavailable` if it holds anything but a site of ours.
    """
    try:
        if out.is_symlink() or (out.exists() and not out.is_dir()):
            raise Unavailable(f"{out} is not a folder; choose another")
        if foreign := sorted(_files(out) - _ours(out)) if out.exists() else []:
            raise Unavailable(f"{out}: {foreign[0]} is not part of a site of ours; choose an empty folder")
    except OSError as error:
        raise Unavailable(f"{out}: {error.strerror}") from error


def write_site(files: Iterable[tuple[str, bytes]], out: Path) -> tuple[int, int]:
    """Replace the site in the folder `out`; returns how many files and bytes it has.

    It is made beside the old one, and takes its place when it is whole. Raises
    `Unavailable` as `prepare` does, and if the disk does not allow it.
    """
    out = out.resolve()
    prepare(out)
    try:
        with made(out.parent), staged(out.parent) as stage:
            new, old = stage / "new", stage / "old"
            sizes = {path: _write(new / path, data) for path, data in files}
            mark = {"format": FORMAT, "files": sorted([*sizes, MARK])}
            sizes[MARK] = _write(new / MARK, (json.dumps(mark, indent=1) + "\n").encode())
            new.chmod(_FOLDER_MODE)
            if out.exists():
                out.rename(old)
            new.rename(out)
    except OSError as error:
        raise Unavailable(f"{out}: {error.strerror}") from error
    return len(sizes), sum(sizes.values())


def _write(path: Path, data: bytes) -> int:
    """A file of mode 644, whatever the umask. Nobody waits for the disk: a site can be made again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size = path.write_bytes(data)
    path.chmod(_FILE_MODE)
    return size


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()}


def _ours(folder: Path) -> set[str]:
    """The files that an earlier run says it wrote; none if there was no earlier run."""
    try:
        mark = json.loads((folder / MARK).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return set()
    listed = mark.get("files") if isinstance(mark, dict) and mark.get("format") == FORMAT else None
    return set(map(str, listed)) if isinstance(listed, list) else set()
