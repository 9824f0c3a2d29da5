"""What a release holds before anything is made of it: the package in canonical form, and its tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from musterroll.errors import Unusable
from musterroll.package.canonical import canonical_files
from musterroll.package.descriptor import DESCRIPTOR, Package
from musterroll.package.folder import Folder
from musterroll.package.manifest import named_paths
from musterroll.package.opening import require_package
from musterroll.package.problem import Rejected, as_error
from musterroll.package.table import Table
from musterroll.package.tables import table_of
from musterroll.record.loading import record_of_tables
from musterroll.record.profile import follows_profile
from musterroll.record.record import Record


@dataclass(frozen=True)
class ReleasedFile:
    """A file of a release: its path in the release folder, size in bytes, hash in hex, and what it is."""

    path: str
    bytes: int
    sha256: str
    mediatype: str
    title: str


@dataclass(frozen=True)
class Content:
    """The package of a release as it lies in the release's folder, and every table that this library reads."""

    package: Package
    tables: Mapping[str, Table]

    @property
    def name(self) -> str:
        """The package's name."""
        return self.package.name

    @property
    def version(self) -> str:
        """The data version; a release has one."""
        return str(self.package.version)

    @property
    def stem(self) -> str:
        """What files that hold the whole release are called, without suffix: haiti-mss-1.0.0."""
        return f"{self.name}-{self.version}"

    @property
    def paths(self) -> Sequence[str]:
        """Every file of the package, sorted."""
        return sorted({DESCRIPTOR, *(path for _, path in named_paths(self.package.descriptor))})

    @cached_property
    def record(self) -> Record | None:
        """The record of a mission that the tables hold; None for a package of another profile."""
        return record_of_tables(self.package, self.tables) if follows_profile(self.package.profile) else None


def stage_package(package: Package, folder: Path) -> Content:
    """Write the package into `folder` in canonical form, and read it back.

    Raises `Unusable` if it cannot be had in canonical form or has no version or no name.
    """
    for name in ("name", "version"):
        if not isinstance(package.descriptor.get(name), str):
            raise Unusable(f"a release needs a {name}; datapackage.json has none")
    for path, data in _canonical(package):
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return read_content(folder)


def canonical_hashes(package: Package) -> Mapping[str, str]:
    """Path and hash in hex of every file that `stage_package` would write: what a package is known by.

    Raises `Unusable` as it does.
    """
    return {path: hashlib.sha256(data).hexdigest() for path, data in _canonical(package)}


def read_content(folder: Path | Folder) -> Content:
    """The content of a release from its folder.

    Raises `Unusable` if a table cannot be read reliably, `Refused` if a path in the descriptor is unsafe.
    """
    package = require_package(folder if isinstance(folder, Folder) else Folder(folder))
    try:
        tables = {resource.name: table_of(package, resource) for resource in package.resources}
    except Rejected as rejection:
        raise as_error(rejection.problem) from rejection
    return Content(package, {name: table for name, table in tables.items() if table is not None})


def _canonical(package: Package) -> Iterator[tuple[str, bytes]]:
    canonical = dict(canonical_files(package))
    for path in sorted({DESCRIPTOR, *(path for _, path in named_paths(package.descriptor))}):
        yield path, canonical[path] if path in canonical else _copied(package, path)


def _copied(package: Package, path: str) -> bytes:
    try:
        with package.folder.open(path) as stream:
            return stream.read()
    except Rejected as rejection:
        raise as_error(rejection.problem) from rejection
