"""A copy of a package in which faults are planted and taken back, one at a time.

Only the files that a fault changes are written, and put back afterwards. The copy
is described as the next release, made a day later with a new second number for
a stated reason, so that a gate has nothing to say of the version unless the
fault breaks what readers rely on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from semver import Version

from musterroll.errors import Unusable
from musterroll.package.descriptor import DESCRIPTOR
from musterroll.package.folder import Folder
from musterroll.package.manifest import named_paths
from musterroll.package.opening import require_package

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # for a package that does not say when it was made
_NOTES = "What changed since the release before."


class WorkingCopy:
    """The copy in the folder `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = Folder(root)

    @contextmanager
    def holding(self, files: Mapping[str, bytes | None]) -> Iterator[Folder]:
        """The copy with these files (None: gone), which are put back in the end."""
        before = {path: self._read(path) for path in files}
        try:
            self._write(files)
            yield self.folder
        finally:
            self._write(before)

    def _read(self, path: str) -> bytes | None:
        place = self.root / path
        return place.read_bytes() if place.is_file() else None

    def _write(self, files: Mapping[str, bytes | None]) -> None:
        for path, data in files.items():
            place = self.root / path
            if data is None:
                place.unlink(missing_ok=True)
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)


def copy_package(folder: Folder, root: Path, *, as_next: bool) -> WorkingCopy:
    """A copy of what the descriptor names; `as_next` describes it as the release behind that one.

    Raises `Unusable` if something that is named is missing, `Refused` if the package is unsafe.
    """
    package = require_package(folder)
    absent = [name for resource in package.resources for name in sorted(resource.missing)]
    if absent:
        raise Unusable(f"{absent[0]} is missing; faults are planted in a sound package only")
    copy = WorkingCopy(root)
    paths = sorted({path for _, path in named_paths(package.descriptor)})
    copy._write({path: _bytes(folder, path) for path in paths})
    descriptor = _next(package.descriptor) if as_next else package.descriptor
    copy._write({DESCRIPTOR: f"{json.dumps(descriptor, ensure_ascii=False, indent=2)}\n".encode()})
    return copy


def made(descriptor: Mapping[str, Any]) -> datetime:
    """When a package was made, as it says itself; a fixed moment where it does not."""
    try:
        moment = datetime.fromisoformat(str(descriptor.get("created")))
    except ValueError:
        return _EPOCH
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _bytes(folder: Folder, path: str) -> bytes:
    with folder.open(path) as stream:
        return stream.read()


def _next(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    version = str(descriptor.get("version"))
    if not Version.is_valid(version):
        return dict(descriptor)
    new = str(Version.parse(version).finalize_version().bump_minor())
    return {
        **descriptor,
        "version": new,
        "versionReason": _NOTES,
        "created": (made(descriptor) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "release": {"version": new, "briefly": _NOTES},
    }
