"""The release to compare with: read strictly, not judged again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from musterroll.errors import Refused, Unavailable
from musterroll.package.inline import read_inline
from musterroll.package.opening import find_folder, read_package
from musterroll.package.problem import HARMLESS, Problem, is_refusal
from musterroll.package.table import Table
from musterroll.package.table_reader import read_table


@dataclass(frozen=True)
class Previous:
    """Name, version and tables of the release before."""

    name: str
    version: str | None
    tables: Mapping[str, Table]


def read_previous(target: Path) -> Previous:
    """The release in a folder.

    Raises `Unavailable` if any of it cannot be read, since a comparison with
    half a release would find no fault, and `Refused` if it is unsafe.
    """
    package, problems = read_package(find_folder(target))
    if package is None:
        raise _error(target, problems[0])
    tables: dict[str, Table] = {}
    for resource in package.resources:
        inline = read_inline(package, resource) if "data" in resource.descriptor else None
        if inline is not None:
            tables[resource.name] = inline
        elif resource.is_csv:
            if resource.missing:
                raise Unavailable(
                    f"{target}: {', '.join(sorted(resource.missing))} is missing from the previous release"
                )
            reading = read_table(package, resource)
            if reading.table is None:
                raise _error(target, next(item for item in reading.problems if item.check not in HARMLESS))
            tables[resource.name] = reading.table
    return Previous(package.name, package.version, tables)


def _error(target: Path, problem: Problem) -> Unavailable | Refused:
    kind = Refused if is_refusal(problem.check) else Unavailable
    return kind(f"{target}: the previous release cannot be read: {problem.place}: {problem.message}")
