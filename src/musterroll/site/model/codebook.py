"""What tables and columns mean: those of the package, by their schemas, and those that are computed from it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from musterroll.record.derived.tables import DERIVED
from musterroll.release.exports.foreign_keys import foreign_keys
from musterroll.release.metadata.tables import CONSTRAINTS, Category, Column, DescribedTable, described_tables
from musterroll.site.addresses import codebook_anchor, in_codebook, of_table
from musterroll.site.model.rows import TABLES
from musterroll.site.subject import Subject


@dataclass(frozen=True)
class Described:
    """A column: its anchor, and all that the schema says of it; `leads_to` are the columns that it refers to."""

    anchor: str
    name: str
    title: str
    type: str
    description: str
    rules: tuple[str, ...]
    codes: tuple[Category, ...]
    leads_to: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chapter:
    """A table: its anchor, what it is, its key, its columns, and the page with its rows, if there is one."""

    anchor: str
    name: str
    title: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Described, ...]
    rows: int | None
    address: str | None


def chapters(subject: Subject) -> list[Chapter]:
    """The tables of the package, in the order of the descriptor."""
    return [_chapter(subject, table) for table in described_tables(subject.content)]


def derived(subject: Subject) -> list[Chapter]:
    """The tables that releases hold beside them, but for one that the package itself has; nobody edits these."""
    return [
        Chapter(
            anchor=codebook_anchor(table.name),
            name=table.name,
            title=table.title,
            description=table.description,
            key=table.key,
            columns=tuple(
                _computed(table.name, column.name, column.field(subject.record.host)) for column in table.columns
            ),
            rows=None,
            address=None,
        )
        for table in DERIVED
        if table.name not in subject.content.tables
    ]


def _chapter(subject: Subject, table: DescribedTable) -> Chapter:
    targets: dict[str, list[tuple[str, str]]] = {}
    for key in foreign_keys(table.table, subject.content.tables):
        for name, column in zip(key.fields, key.columns, strict=True):
            targets.setdefault(name, []).append((f"{key.resource}.{column}", in_codebook(key.resource, column)))
    return Chapter(
        anchor=codebook_anchor(table.name),
        name=table.name,
        title=table.title,
        description=table.description or "",
        key=table.table.schema.primary_key,
        columns=tuple(_described(table, column, targets.get(column.name, [])) for column in table.columns),
        rows=len(table.table.rows),
        address=of_table(table.name) if table.name in TABLES else None,
    )


def _described(table: DescribedTable, column: Column, targets: Sequence[tuple[str, str]]) -> Described:
    return Described(
        anchor=codebook_anchor(table.name, column.name),
        name=column.name,
        title=column.title or column.name,
        type=column.type,
        description=column.description or "",
        rules=tuple(_rules(column)),
        codes=tuple(column.categories),
        leads_to=tuple(targets),
    )


def _computed(table: str, name: str, field: Mapping[str, Any]) -> Described:
    column = Column(table, name, field, ())
    return Described(
        anchor=codebook_anchor(table, name),
        name=name,
        title=column.title or name,
        type=column.type,
        description=column.description or "",
        rules=tuple(_rules(column)),
        codes=tuple(column.categories),
        leads_to=(),
    )


def _rules(column: Column) -> Iterator[str]:
    for name, value in column.constraints.items():
        if name in {"required", "unique"}:
            yield from [name] if value is True else []
        else:
            yield f"{CONSTRAINTS.get(name, name)} {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
