"""The structure layer in order: read strictly, let Frictionless judge what passed, then what it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from muster_validators.finding import Finding, NotRun
from muster_validators.guard import Guard
from muster_validators.structure import fields_match
from muster_validators.structure.catalogue import (
    CATALOGUE,
    DESCRIPTOR_CHECKS,
    FRICTIONLESS_METADATA_CHECKS,
    FRICTIONLESS_ROW_CHECKS,
    READING,
    ROW_CHECKS,
    TABLE_CHECKS,
)
from muster_validators.structure.in_cells import in_cells
from muster_validators.structure.one_cause import one_cause_each
from muster_validators.structure.schema_reference import faults_of_reference, referenced
from musterroll.package.descriptor import Package, Part, Resource
from musterroll.package.folder import Folder
from musterroll.package.inline import read_inline
from musterroll.package.opening import read_package
from musterroll.package.row_stream import header_faults
from musterroll.package.table import Table, as_names
from musterroll.package.table_reader import read_table

# Read in our own way, never shown to Frictionless, hence judged even where Frictionless refuses the descriptor.
_SELF_RELIANT = (fields_match,)
_OF_DESCRIPTOR = tuple(check.INFO.id for check in DESCRIPTOR_CHECKS)
_OTHER_COLUMNS = "its columns are not those of its schema"


@dataclass
class Structure:
    """What the layer found, and the tables that later layers may rely on."""

    package: Package | None = None
    findings: list[Finding] = field(default_factory=list)
    not_run: list[NotRun] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)

    def is_spoilt(self, table: str) -> bool:
        """Whether the rows of the table are unfit for later checks."""
        return table not in self.tables or self.has_error(table)

    def has_error(self, table: str, besides: str | None = None) -> bool:
        """Whether an error was found that makes the table's rows doubtful, `besides` those of one check."""
        return any(
            finding.table == table and finding.severity == "error" and CATALOGUE[finding.check].spoils
            for finding in self.findings
            if finding.check != besides
        )

    def skip(self, checks: Iterable[str], reason: str, table: str | None = None) -> None:
        """Note that checks should have run and did not."""
        self.not_run += [NotRun(check, reason, table) for check in checks]


def judge_structure(folder: Folder, on_table: Callable[[str], None] = lambda _: None) -> Structure:
    """Run the whole layer on the package in `folder`.

    `on_table` is told the name of each table before it is read. Raises
    `Unavailable` if a file cannot be opened for want of permission.
    """
    result = Structure()
    _read_descriptor(folder, result)
    if result.package is None:
        result.skip([*_OF_DESCRIPTOR, *ROW_CHECKS], "the descriptor could not be read")
    elif _judge_descriptor(result.package, result):
        _read_tables(result.package, result, on_table)
        _judge_tables(result.package, result)
    return result


def _read_descriptor(folder: Folder, result: Structure) -> None:
    """Read it and note its problems; if the reader itself fails, nothing at all was judged."""
    failed = Guard([])
    for package, problems in failed.run("descriptor-shape", lambda: [read_package(folder)]):
        result.package = package
        result.findings += [READING[problem.check].of(problem) for problem in problems]
    result.not_run += failed.kept_from(READING)


def _judge_descriptor(package: Package, result: Structure) -> bool:
    """Whether the descriptor has the shape that the checks behind it rely on."""
    guard, failed = Guard(result.not_run), Guard([])
    found = failed.run("package-error", _frictionless_on_metadata, package)
    result.findings += found
    result.not_run += failed.kept_from(FRICTIONLESS_METADATA_CHECKS)
    is_valid = not found and not result.not_run
    for check in DESCRIPTOR_CHECKS if is_valid else _SELF_RELIANT:
        result.findings += guard.run(check.INFO.id, check.run, package)
    if not is_valid:
        judged = {check.INFO.id for check in _SELF_RELIANT}
        kept_from = [id for id in (*_OF_DESCRIPTOR, *ROW_CHECKS) if id not in judged]
        result.skip(kept_from, "the descriptor is not valid")
    return is_valid


def _read_tables(package: Package, result: Structure, on_table: Callable[[str], None]) -> None:
    for resource in package.resources:
        if resource.is_table:
            on_table(resource.name)
            failed = Guard([])
            for reason in failed.run("encoding", lambda item: [_read(package, item, result)], resource):
                if reason:
                    result.skip(ROW_CHECKS, reason, resource.name)
            result.not_run += failed.kept_from((*READING, *ROW_CHECKS), resource.name)  # the reader itself failed


def _read(package: Package, resource: Resource, result: Structure) -> str | None:
    """Put the table into `result.tables`, or return why it cannot be judged."""
    if resource.missing:
        return "a file of it is missing"
    if result.has_error(resource.name, besides="schema-reference"):
        return "its schema has errors"
    inline = read_inline(package, resource) if "data" in resource.descriptor else None
    if inline is None and not resource.is_csv:
        where = ", ".join(resource.files) or "data in the descriptor"
        message = f"The table is not one CSV file and not rows of JSON ({where}), so its rows were not checked."
        what = "data" if "data" in resource.descriptor else "path"
        place = (package.document.file, *package.document.place(("resources", resource.index, what)))
        result.findings.append(READING["format-unsupported"].finding(message, table=resource.name, place=place))
        return "it is not one CSV file"
    if inline is not None:
        faults = header_faults(inline)
        result.findings += [READING[problem.check].of(problem, resource.name) for problem in faults]
        if not faults:
            result.tables[resource.name] = inline
            inline.entry = _entry(package, resource)
        return _OTHER_COLUMNS if faults else None
    reading = read_table(package, resource)
    problems = (READING[problem.check].of(problem, resource.name) for problem in reading.problems)
    result.findings += in_cells(problems, reading.judgeable)
    if reading.judgeable is None:
        is_header = any(problem.check.startswith("header-") for problem in reading.problems)
        return _OTHER_COLUMNS if is_header else "the file could not be read as a table"
    result.tables[resource.name] = reading.judgeable
    reading.judgeable.entry = _entry(package, resource)
    return None


def _entry(package: Package, resource: Resource) -> Part:
    return Part(resource.descriptor, package.document, ("resources", resource.index))


def _judge_tables(package: Package, result: Structure) -> None:
    guard = Guard(result.not_run)
    found: list[Finding] = []
    for table in result.tables.values():
        for check in TABLE_CHECKS:
            found += guard.run(check.INFO.id, check.run, table)
    references = {name: list(_judgeable(package, name, result)) for name in result.tables}
    failed = Guard([])
    judges = failed.run("type-error", _frictionless_on_rows, result.tables, references)
    result.not_run += failed.kept_from(FRICTIONLESS_ROW_CHECKS)
    for name, judge in judges:
        failed = Guard([])
        found += failed.run("type-error", judge)
        result.not_run += failed.kept_from(FRICTIONLESS_ROW_CHECKS, name)
    kept, unsure = one_cause_each(found, result.tables)
    result.findings += kept
    result.not_run += unsure


def _judgeable(package: Package, name: str, result: Structure) -> Iterator[Mapping[str, Any]]:
    """The table's sound foreign keys whose target was read; of the others it is noted that they were not judged."""
    resource = package.resource(name)
    for key in result.tables[name].schema.descriptor.get("foreignKeys", []):
        columns = ", ".join(as_names(key["fields"]))
        target = referenced(package, resource, key["reference"]) if resource else None
        if resource is None or target is None or any(faults_of_reference(package, resource, key)):
            result.skip(["foreign-key"], f"the foreign key of {columns} is wrong in the schema", name)
        elif target.name not in result.tables:
            result.skip(["foreign-key"], f"{target.name}, which {columns} refers to, could not be read", name)
        else:
            yield key


# Frictionless is imported only here, when it is needed, so that its absence is a check that could not run.
def _frictionless_on_metadata(package: Package) -> Iterator[Finding]:
    from muster_validators.structure.frictionless_metadata import judge_metadata

    return judge_metadata(package)


def _frictionless_on_rows(
    tables: Mapping[str, Table], references: Mapping[str, list[Mapping[str, Any]]]
) -> Iterator[tuple[str, Callable[[], Iterator[Finding]]]]:
    from muster_validators.structure.frictionless_rows import judges_of

    return judges_of(tables, references)
