"""From a package to its record, for commands that ask the record something."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from musterroll.errors import Refused, Unusable
from musterroll.package.descriptor import Package
from musterroll.package.folder import Folder
from musterroll.package.opening import find_folder, read_package
from musterroll.package.problem import HARMLESS, Problem, is_refusal
from musterroll.package.table_reader import read_table
from musterroll.record.plain_cells import verify
from musterroll.record.profile import follows_profile, is_readable_version, profile_schemas
from musterroll.record.record import Record


def load_record(target: Path | Folder) -> Record:
    """The record in a folder.

    Raises `Unavailable` if there is no package, `Refused` if it is unsafe,
    `Unusable` if it is no mission record or its tables cannot be read.
    """
    package, problems = read_package(find_folder(target))
    if package is None:
        raise _error(problems[0])
    if not follows_profile(package.profile):
        raise Unusable(f"{package.name} does not follow the mission-record profile (conformsTo in datapackage.json)")
    if not is_readable_version(str(package.profile)):
        raise Unusable(f"{package.name} follows {package.profile}, which this version of muster does not know")
    tables = {}
    for name in profile_schemas():
        resource = package.resource(name)
        if resource is None or not resource.is_csv or resource.missing:
            raise Unusable(f"{package.name} has no table {name}; muster validate says what is wrong")
        reading = read_table(package, resource)
        if reading.table is None:
            raise _error(next(problem for problem in reading.problems if problem.check not in HARMLESS))
        verify(reading.table)
        tables[name] = reading.table
    return Record(tables, horizon_of(package))


def horizon_of(package: Package) -> date | None:
    """The day up to which the record claims to be complete, if it says so."""
    declared = package.descriptor.get("horizon")
    try:
        return date.fromisoformat(str(declared)) if declared is not None else None
    except ValueError as error:
        raise Unusable(f"the descriptor's horizon is {declared!r}, not a date") from error


def _error(problem: Problem) -> Unusable | Refused:
    kind = Refused if is_refusal(problem.check) else Unusable
    return kind(f"{problem.place}: {problem.message} (muster validate says more)")
