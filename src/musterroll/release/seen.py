"""What each shelf has offered before, so that an old copy of it cannot pass for the newest state.

In the user's cache folder, one small file per shelf: the highest stable version
that its index has named. A release that is withdrawn stays in the index, marked
so; an index that no longer names what it has named is older than one seen before.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from musterroll.errors import Refused, Unavailable, Unusable
from musterroll.package.atomic import write_atomically
from musterroll.package.json_reader import parse
from musterroll.package.problem import Rejected
from musterroll.release.cache import cache_folder
from musterroll.release.index import Entry, Index, parsed
from musterroll.release.shelf import Shelf

_FORMAT = "musterroll/shelf/1"


def refuse_older(shelf: Shelf) -> None:
    """Raises `Refused` if the shelf has offered a higher version, or the same with other content, before."""
    seen = _seen(shelf)
    if seen is None:
        return
    version, sha256sums = seen
    entry = shelf.index.entry(version)
    what = "which its index no longer names" if entry is None else "whose content was another"
    if entry is None or entry.sha256sums != sha256sums:
        raise Refused(
            f"{shelf.shown} has offered {shelf.index.name} {version} before, {what}: this is an old or another copy. "
            "Ask who publishes it; name a version to get just that one, "
            f"or delete {_file(shelf)} to trust what is there now"
        )


def remember(shelf: Shelf) -> None:
    """Note the highest stable version of the index, if it is higher than the one noted before.

    Raises `Unavailable` if the cache cannot be written.
    """
    highest, seen = _highest(shelf.index), _seen(shelf)
    if highest is None or (seen and parsed(highest.version) <= parsed(seen[0])):
        return
    told = {"format": _FORMAT, "place": shelf.place, "name": shelf.index.name}
    file = _file(shelf)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(f"{file.parent}: {error.strerror}") from error
    noted = {**told, "version": highest.version, "sha256sums": highest.sha256sums}
    write_atomically(file, (json.dumps(noted, indent=2) + "\n").encode())


def _highest(index: Index) -> Entry | None:
    """Also if it was withdrawn since: it has been there."""
    stable = [entry for entry in index.releases if entry.channel == "stable"]
    return stable[-1] if stable else None


def _seen(shelf: Shelf) -> tuple[str, str] | None:
    """Version and hash; None if nothing was noted of this shelf and package, or nothing that can be understood."""
    try:
        told = parse(_file(shelf).read_bytes(), "").value
        if told["name"] != shelf.index.name:
            return None
        parsed(told["version"])
        return told["version"], told["sha256sums"]
    except (FileNotFoundError, Rejected, KeyError, TypeError, Unusable):
        return None
    except OSError as error:
        raise Unavailable(f"{_file(shelf)}: {error.strerror}") from error


def _file(shelf: Shelf) -> Path:
    return cache_folder() / "shelves" / f"{hashlib.sha256(shelf.place.encode()).hexdigest()[:32]}.json"
