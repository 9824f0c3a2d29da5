"""The releases of a package as the site tells of them, proved to be what the index of their folder promises."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from musterroll.changes.change import Bump
from musterroll.errors import Unusable
from musterroll.package import limits
from musterroll.package.descriptor import DESCRIPTOR
from musterroll.package.folder import Folder
from musterroll.package.json_reader import parse
from musterroll.package.problem import Rejected, as_error
from musterroll.release.by_name import RELEASES
from musterroll.release.index import INDEX, Entry
from musterroll.release.manifest import MANIFEST, Manifest, parse_manifest
from musterroll.release.metadata.saying import as_day, text, texts
from musterroll.release.proof import proved_sums
from musterroll.release.releases import is_version
from musterroll.release.shelf import Shelf, open_shelf

_CHANGELOG = "CHANGELOG.md"
_COMPARED = (DESCRIPTOR, "data/", "schemas/")  # what two releases are compared by


@dataclass(frozen=True)
class Published:
    """A release: its entry in the index, its manifest, its descriptor, its changelog in Markdown, and where it lies."""

    entry: Entry
    manifest: Manifest
    descriptor: Mapping[str, Any]
    changelog: str
    package: Folder

    @property
    def version(self) -> str:
        """The data version."""
        return self.entry.version

    @property
    def created(self) -> str | None:
        """The day on which it was made: year, month, day."""
        return as_day(self.manifest.created)

    @property
    def bump(self) -> Bump | None:
        """What the changes since the release before require; None of a first release."""
        return self.manifest.required_bump

    @property
    def rows(self) -> int:
        """How many rows its tables have."""
        return sum(table.rows for table in self.manifest.tables)

    @property
    def briefly(self) -> str | None:
        """The maintainer's sentence about it."""
        return text(self._notes.get("briefly"))

    @property
    def problems(self) -> tuple[str, ...]:
        """What the maintainer says is known to be wrong or missing."""
        return texts(self._notes.get("knownProblems"))

    @property
    def _notes(self) -> Mapping[str, Any]:
        """The notes on this release; those that were left standing from another version are not about it."""
        notes = self.descriptor.get("release")
        return notes if isinstance(notes, dict) and notes.get("version", self.version) == self.version else {}


def releases_beside(package: Folder) -> Path | None:
    """The folder of releases in which a package lies as one of them, or that lies beside it; None if there is none."""
    if package.is_copy:
        return None
    root = package.root.resolve()
    places = [*([root.parent] if is_version(root.name) else []), root / RELEASES]
    return next((place for place in places if (place / INDEX).exists()), None)


def published(place: Path, name: str) -> tuple[Published, ...]:
    """The releases of a package in a folder, the oldest first; none if no index names any.

    Raises `Unusable` if they are those of another package, or one is not what the
    index promises, `Unavailable` or `Refused` if one cannot be read.
    """
    if not (place / INDEX).exists():
        return ()
    with open_shelf(str(place)) as shelf:
        if shelf.index.name != name:
            raise Unusable(f"{shelf.shown} holds releases of {shelf.index.name}, not of {name}")
        return tuple(_release(shelf, entry) for entry in shelf.index.releases)


def _release(shelf: Shelf, entry: Entry) -> Published:
    _, hashes = proved_sums(shelf, entry)
    files = {
        path: _proved(shelf, entry, path, sha256)
        for path, sha256 in hashes.items()
        if path.startswith((*_COMPARED, MANIFEST, _CHANGELOG))
    }
    shown = f"{shelf.shown}/{entry.version}"
    try:
        manifest = parse_manifest(files[MANIFEST], f"{shown}/{MANIFEST}")
        descriptor = parse(files[DESCRIPTOR], DESCRIPTOR).value
        changelog = files[_CHANGELOG].decode()
    except KeyError as error:
        raise Unusable(f"{shown} has no {error.args[0]}, so it is no release") from error
    except UnicodeDecodeError as error:
        raise Unusable(f"{shown}/{_CHANGELOG}: byte {error.start} is not UTF-8") from error
    except Rejected as rejection:
        raise as_error(rejection.problem) from rejection
    described = descriptor if isinstance(descriptor, dict) else {}
    return Published(entry, manifest, described, changelog, Folder(Path(shelf.place) / entry.version))


def _proved(shelf: Shelf, entry: Entry, path: str, sha256: str) -> bytes:
    data = shelf.read(entry.version, path, limits.FILE_BYTES)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Unusable(f"{shelf.shown}/{entry.version}/{path} is not what was published; muster verify says more")
    return data
