"""From a package to its record, for commands that ask the record something."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from musterroll.errors import Unusable
from musterroll.package.descriptor import Package
from musterroll.package.folder import Folder
from musterroll.package.opening import find_folder, require_package
from musterroll.package.problem import HARMLESS, Rejected, as_error
from musterroll.package.table import Table
from musterroll.package.tables import table_of
from musterroll.record.host import host_of
from musterroll.record.plain_cells import verify
from musterroll.record.profile import follows_profile, profile_fault, profile_schemas
from musterroll.record.record import Record
from musterroll.record.searches import searches_of


def load_record(target: Path | Folder) -> Record:
    """The record in a folder.

    Raises `Unavailable` if there is no package, `Refused` if it is unsafe,
    `Unusable` if it is no mission record or its tables cannot be read.
    """
    package = require_package(find_folder(target))
    check_profile(package)
    tables = {}
    for name in profile_schemas():
        resource = package.resource(name)
        if resource is not None and resource.is_csv and not resource.missing:
            try:
                table = table_of(package, resource, HARMLESS)
            except Rejected as rejection:
                raise as_error(rejection.problem) from rejection
            if table is not None:
                tables[name] = table
    return record_of_tables(package, tables)


def record_of_tables(package: Package, tables: Mapping[str, Table]) -> Record:
    """The record that the tables of a package hold; raises `Unusable` if they hold none."""
    check_profile(package)
    for name in profile_schemas():
        if name not in tables:
            raise Unusable(f"{package.name} has no table {name}; muster validate says what is wrong")
        _check_columns(tables[name])
        verify(tables[name])
    return Record(
        {name: tables[name] for name in profile_schemas()}, horizon_of(package), searches_of(package), host_of(package)
    )


def _check_columns(table: Table) -> None:
    """Raises `Unusable` if the table lacks a column of the profile, whatever its schema allows."""
    for field in profile_schemas()[table.name]["fields"]:
        if field["name"] not in table.index:
            lack = f"{table.file} has no column {field['name']}, which the mission-record profile requires"
            raise Unusable(f"{lack}; muster validate says what is wrong")


def check_profile(package: Package) -> None:
    """Raises `Unusable`, with what to do, if the package is no mission record that this toolkit can read."""
    if not follows_profile(package.profile):
        raise Unusable(f"{package.name} does not follow the mission-record profile (conformsTo in datapackage.json)")
    if fault := profile_fault(str(package.profile)):
        raise Unusable(f"{package.name} {package.version or ''}".rstrip() + f" {fault}")


def horizon_of(package: Package) -> date | None:
    """The day up to which the record claims to be complete, if it says so."""
    declared = package.descriptor.get("horizon")
    try:
        return date.fromisoformat(str(declared)) if declared is not None else None
    except ValueError as error:
        raise Unusable(f"the descriptor's horizon is {declared!r}, not a date") from error
