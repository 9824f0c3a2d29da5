"""The release to compare with: read strictly, not judged again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from musterroll.errors import Refused, Unavailable
from musterroll.package.descriptor import Package, Resource
from musterroll.package.folder import Folder
from musterroll.package.opening import find_folder, read_package
from musterroll.package.problem import HARMLESS, Problem, Rejected, is_refusal
from musterroll.package.table import Table
from musterroll.package.tables import table_of
from musterroll.record.loading import record_of_tables
from musterroll.record.profile import follows_profile
from musterroll.record.record import Record


@dataclass(frozen=True)
class Previous:
    """The release before, and its tables."""

    package: Package
    tables: Mapping[str, Table]

    @property
    def name(self) -> str:
        """What its descriptor calls it."""
        return self.package.name

    @property
    def version(self) -> str | None:
        """The version that its descriptor states."""
        return self.package.version

    def record(self) -> Record | None:
        """The record of a mission that it holds, None if it holds none; raises `Unusable` if it cannot be read."""
        return record_of_tables(self.package, self.tables) if follows_profile(self.package.profile) else None


def read_previous(target: Path | Folder) -> Previous:
    """The release in a folder.

    Raises `Unavailable` if any of its tables cannot be read, or there is none,
    since a comparison with half a release would find no fault, and `Refused` if
    it is unsafe.
    """
    package, problems = read_package(find_folder(target))
    if package is None:
        raise _error(target, problems[0])
    tables: dict[str, Table] = {}
    for resource in package.resources:
        if resource.is_table or "data" in resource.descriptor:
            if resource.name in tables:
                raise _unreadable(target, f"{resource.name} names two tables")
            try:
                tables[resource.name] = _table(package, resource)
            except Rejected as rejection:
                raise _error(target, rejection.problem) from rejection
    if not tables:
        raise _unreadable(target, "it has no table to compare with")
    return Previous(package, tables)


def _table(package: Package, resource: Resource) -> Table:
    table = table_of(package, resource, HARMLESS)
    if table is None:
        message = f"{resource.name} is not one CSV file and not rows of JSON, so nothing can be compared with it."
        raise Rejected(Problem("format-unsupported", message, ", ".join(resource.files) or package.document.file))
    return table


def _error(target: Path | Folder, problem: Problem) -> Unavailable | Refused:
    if is_refusal(problem.check):
        return Refused(f"{target}: the previous release is refused: {problem.place}: {problem.message}")
    return _unreadable(target, f"{problem.place}: {problem.message}")


def _unreadable(target: Path | Folder, why: str) -> Unavailable:
    return Unavailable(f"{target}: the previous release cannot be read: {why}")
