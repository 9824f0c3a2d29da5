"""What a check offers: its description for people, and a way to make findings.

A check with logic of its own is a module: its id is its file name, its
docstring is its description, `INFO` makes its findings and `run` yields them.
The error types of a judge (our reader, Frictionless) are rows of a TOML table.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Protocol

from muster_validators.finding import Finding, Related, Severity
from musterroll.package.descriptor import Package
from musterroll.package.problem import Problem
from musterroll.package.table import Table
from musterroll.record.record import Record

_SECTION = re.compile(r"^(Why|Example|Remedy): ", re.MULTILINE)


@dataclass(frozen=True)
class CheckInfo:
    """A check as the catalogue shows it, and the maker of its findings."""

    id: str
    layer: str
    severity: Severity
    holds: str
    why: str
    example: str
    remedy: str
    exit_code: int = 1
    spoils: bool = True  # whether an error makes the table unfit for later checks

    def finding(
        self,
        message: str,
        *,
        table: str | None = None,
        key: Mapping[str, str] | None = None,
        field: str | None = None,
        place: tuple[str | None, int | None, int | None] = (None, None, None),
        value: str | None = None,
        expected: str | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding about a descriptor, a schema, a file or a column as a whole."""
        file, line, column = place
        return Finding(
            check=self.id,
            layer=self.layer,
            severity=severity or self.severity,
            message=message,
            remedy=self.remedy,
            table=table,
            key=key or {},
            field=field,
            file=file,
            line=line,
            column=column,
            value=value,
            expected=expected,
        )

    def at(
        self,
        table: Table,
        row: int,
        field: str | None,
        message: str,
        *,
        expected: str | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding about a row of a table, or about one cell of it."""
        line, column = table.place(row, field)
        return Finding(
            check=self.id,
            layer=self.layer,
            severity=severity or self.severity,
            message=message,
            remedy=self.remedy,
            table=table.name,
            key=table.key(row),
            field=field,
            file=table.file,
            line=line,
            column=column,
            value=None if field is None else table.cell(row, field),
            expected=expected,
            row=row,
        )

    @staticmethod
    def related(table: Table, row: int, field: str | None, says: str) -> Related:
        """A row of a table, or one cell of it, that a finding wants to be read beside."""
        line, column = table.place(row, field)
        return Related(table=table.name, key=table.key(row), says=says, file=table.file, line=line, column=column)

    def of(self, problem: Problem, table: str | None = None) -> Finding:
        """A finding made from what the reader reports."""
        place = (problem.file, problem.line, problem.column)
        table = table or problem.table
        return self.finding(problem.message, table=table, place=place, value=problem.value, expected=problem.expected)


class DescriptorCheck(Protocol):
    """Judges the descriptor and the schemas, before any table is read."""

    INFO: CheckInfo

    def run(self, package: Package) -> Iterator[Finding]:
        """All findings, in no particular order."""
        ...


class TableCheck(Protocol):
    """Judges the cells of one table that was read cleanly."""

    INFO: CheckInfo

    def run(self, table: Table) -> Iterator[Finding]:
        """All findings, in no particular order."""
        ...


class RecordCheck(Protocol):
    """Judges what the tables of a mission record say together."""

    INFO: CheckInfo
    NEEDS: tuple[str, ...]  # the tables without which it cannot run

    def run(self, record: Record) -> Iterator[Finding]:
        """All findings, in no particular order."""
        ...


def describe(
    module: str, doc: str | None, *, layer: str, severity: Severity = "error", spoils: bool = True
) -> CheckInfo:
    """The description of a check from its module's name and docstring.

    The docstring's first paragraph says what must hold; paragraphs that begin
    with "Why:", "Example:" and "Remedy:" say the rest.
    """
    holds, *rest = _SECTION.split((doc or "").strip())
    sections = {name: _sentence(text) for name, text in zip(rest[::2], rest[1::2], strict=True)}
    return CheckInfo(
        id=module.rpartition(".")[2].replace("_", "-"),
        layer=layer,
        severity=severity,
        holds=_one_line(holds),
        why=sections["Why"],
        example=sections["Example"],
        remedy=sections["Remedy"],
        spoils=spoils,
    )


def read_catalogue(package: str, name: str, *, layer: str) -> Mapping[str, CheckInfo]:
    """The checks that a judge makes, from the TOML table beside its adapter, by id."""
    entries = tomllib.loads((files(package) / name).read_text(encoding="utf-8"))
    return {
        key: CheckInfo(
            id=key,
            layer=layer,
            severity=entry.get("severity", "error"),
            holds=_one_line(entry["holds"]),
            why=_one_line(entry["why"]),
            example=_one_line(entry["example"]),
            remedy=_one_line(entry["remedy"]),
            exit_code=entry.get("exit_code", 1),
            spoils=entry.get("spoils", True),
        )
        for key, entry in entries.items()
    }


def _sentence(text: str) -> str:
    line = _one_line(text)
    return line[:1].upper() + line[1:]


def _one_line(text: str) -> str:
    return " ".join(text.split())
