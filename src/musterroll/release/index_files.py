"""`index.json` and `latest.json` are written beside a release in the making, and then renamed to their places."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from musterroll.errors import Unavailable
from musterroll.release.index import INDEX, LATEST, Index, render_index, render_latest
from musterroll.release.staging import sync, write


def stage_index(stage: Path, index: Index) -> None:
    """Write both files as they shall be into a stage."""
    write(stage / INDEX, render_index(index))
    latest = render_latest(index)
    if latest is not None:
        write(stage / LATEST, latest)


def put_latest(out: Path, stage: Path) -> None:
    """Bring `latest.json` from the stage to its place, behind the index, which it only repeats.

    The same bytes are left alone. Raises `Unavailable` if that fails: then the index is in its place already.
    """
    new, old = stage / LATEST, out / LATEST
    try:
        if not new.exists():
            old.unlink(missing_ok=True)
        elif not old.is_file() or old.read_bytes() != new.read_bytes():
            new.rename(old)
        sync(out)
    except OSError as error:
        why = error.strerror or error
        raise Unavailable(f"{out / INDEX} is as it should be, but not {LATEST} ({why}); run this again") from error


@contextmanager
def told(out: Path) -> Iterator[None]:
    """Turns an error of the operating system, before anything was changed in `out`, into `Unavailable`."""
    try:
        yield
    except OSError as error:
        raise Unavailable(f"{error.filename or out}: {error.strerror or error}; nothing was changed") from error
