"""The structure layer in order: read strictly, let Frictionless judge what passed, then what it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from muster_validators.check import CheckInfo, DescriptorCheck, TableCheck, read_catalogue
from muster_validators.finding import Finding, NotRun
from muster_validators.guard import guarded
from muster_validators.structure import (
    bent_value,
    category,
    descriptor_empty,
    descriptor_unknown_key,
    descriptor_version,
    fields_match,
    frictionless_words,
    hash_algorithm,
    integrity,
    non_finite_number,
    pattern,
    primary_key_empty,
    profile_schema,
    schema_constraint,
    schema_pattern,
    schema_reference,
    unique_key,
)
from muster_validators.structure.one_cause import one_cause_each
from musterroll.package.descriptor import Package, Resource, read_package
from musterroll.package.folder import Folder
from musterroll.package.table import Table, as_names
from musterroll.package.table_reader import read_table

READING: Mapping[str, CheckInfo] = read_catalogue(__package__, "reading.toml", layer="structure")
FRICTIONLESS: Mapping[str, CheckInfo] = frictionless_words.CHECKS

DESCRIPTOR_CHECKS: tuple[DescriptorCheck, ...] = (
    descriptor_empty,
    descriptor_unknown_key,
    descriptor_version,
    fields_match,
    hash_algorithm,
    integrity,
    profile_schema,
    schema_constraint,
    schema_pattern,
    schema_reference,
)
TABLE_CHECKS: tuple[TableCheck, ...] = (
    bent_value,
    category,
    non_finite_number,
    pattern,
    primary_key_empty,
    unique_key,
)
CATALOGUE: Mapping[str, CheckInfo] = {
    **READING,
    **FRICTIONLESS,
    **{check.INFO.id: check.INFO for check in (*DESCRIPTOR_CHECKS, *TABLE_CHECKS)},
}


@dataclass
class Structure:
    """What the layer found, and the tables that later layers may rely on."""

    package: Package | None = None
    findings: list[Finding] = field(default_factory=list)
    not_run: list[NotRun] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)

    def is_spoilt(self, table: str) -> bool:
        """Whether an error was found that makes the rows of the table unfit for later checks."""
        return table not in self.tables or any(
            finding.table == table and finding.severity == "error" and CATALOGUE[finding.check].spoils
            for finding in self.findings
        )


def judge_structure(folder: Folder, on_table: Callable[[str], None] = lambda _: None) -> Structure:
    """Run the whole layer on the package in `folder`.

    `on_table` is told the name of each table before it is read. Raises
    `Unavailable` if a file cannot be opened for want of permission.
    """
    result = Structure()
    result.package, problems = read_package(folder)
    result.findings += [READING[problem.check].of(problem) for problem in problems]
    if result.package is None:
        result.not_run.append(NotRun("type-error", "the descriptor could not be read, so no table was"))
        return result
    if _judge_descriptor(result.package, result):
        _judge_tables(result.package, result, on_table)
    return result


def _judge_descriptor(package: Package, result: Structure) -> bool:
    """Whether the descriptor has the shape that the checks behind it rely on."""
    from muster_validators.structure.frictionless_metadata import judge_metadata

    metadata = guarded("package-error", lambda: judge_metadata(package), result.not_run)
    result.findings += metadata
    if metadata or result.not_run:
        result.not_run.append(NotRun("type-error", "the descriptor is not valid, so no table was judged"))
        return False
    for check in DESCRIPTOR_CHECKS:
        result.findings += guarded(check.INFO.id, lambda check=check: check.run(package), result.not_run)  # type: ignore[misc]
    return True


def _judge_tables(package: Package, result: Structure, on_table: Callable[[str], None]) -> None:
    from muster_validators.structure.frictionless_metadata import judge_inline
    from muster_validators.structure.frictionless_rows import judge_tables

    for resource in package.resources:
        if resource.is_table and "data" not in resource.descriptor:
            on_table(resource.name)
            _read(package, resource, result)
    found: list[Finding] = []
    for table in result.tables.values():
        for check in TABLE_CHECKS:
            found += guarded(
                check.INFO.id, lambda check=check, table=table: check.run(table), result.not_run, table.name
            )  # type: ignore[misc]
    references = {name: list(_judgeable(package, name, result)) for name in result.tables}
    found += guarded("type-error", lambda: judge_tables(result.tables, references), result.not_run)
    found += guarded("type-error", lambda: judge_inline(package), result.not_run)
    kept, unsure = one_cause_each(found, result.tables)
    result.findings += kept
    result.not_run += unsure


def _read(package: Package, resource: Resource, result: Structure) -> None:
    """Put the table into `result.tables`, or say why it cannot be judged."""
    if resource.missing:
        result.not_run.append(NotRun("type-error", "a file of it is missing", resource.name))
        return
    if not resource.is_csv:
        info = READING["format-unsupported"]
        message = f"{', '.join(resource.files) or resource.name} is not one CSV file, so its rows were not checked."
        place = package.document.place(("resources", resource.index, "path"))
        result.findings.append(info.finding(message, table=resource.name, place=(package.document.file, *place)))
        return
    if any(
        finding.table == resource.name and finding.severity == "error" and CATALOGUE[finding.check].spoils
        for finding in result.findings
    ):
        result.not_run.append(NotRun("type-error", "its schema has errors", resource.name))
        return
    reading = read_table(package, resource)
    result.findings += [READING[problem.check].of(problem, resource.name) for problem in reading.problems]
    if reading.table:
        result.tables[resource.name] = reading.table
    else:
        result.not_run.append(NotRun("type-error", "the file could not be read as a table", resource.name))


def _judgeable(package: Package, name: str, result: Structure) -> Iterator[Mapping[str, Any]]:
    """The table's foreign keys whose target was read; for the others it is said that they were not judged."""
    resource = package.resource(name)
    keys = result.tables[name].schema.descriptor.get("foreignKeys", [])
    for key in keys:
        target = schema_reference.referenced(package, resource, key["reference"]) if resource else None
        if target and target.name in result.tables:
            yield key
        else:
            columns = ", ".join(as_names(key["fields"]))
            reason = f"{target.name if target else 'the table'} that {columns} refers to could not be read"
            result.not_run.append(NotRun("foreign-key", reason, name))
