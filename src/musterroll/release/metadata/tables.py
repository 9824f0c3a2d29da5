"""What the schemas say of tables and columns, in the form that every description of them needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from musterroll.package.table import Table
from musterroll.release.content import Content
from musterroll.release.metadata.saying import text

# What people call a constraint; others are told by their names.
CONSTRAINTS: Mapping[str, str] = {
    "enum": "one of",
    "exclusiveMaximum": "less than",
    "exclusiveMinimum": "more than",
    "maximum": "at most",
    "maxLength": "characters at most",
    "minimum": "at least",
    "minLength": "characters at least",
    "pattern": "matches",
}


@dataclass(frozen=True)
class Category:
    """A value that a column may have or that stands for a missing one, and what it is called."""

    value: str
    label: str | None
    description: str | None


@dataclass(frozen=True)
class Column:
    """A column, by its field descriptor; of a table without a schema only the name is known."""

    table: str
    name: str
    field: Mapping[str, Any]
    missing: tuple[Category, ...]

    @property
    def type(self) -> str:
        """The Table Schema type; what has none is text."""
        return str(self.field.get("type", "string"))

    @property
    def title(self) -> str | None:
        """The heading for people."""
        return text(self.field.get("title"))

    @property
    def description(self) -> str | None:
        """What the column holds."""
        return text(self.field.get("description"))

    @property
    def constraints(self) -> Mapping[str, Any]:
        """Its constraints, by name."""
        constraints: Mapping[str, Any] = self.field.get("constraints", {})
        return constraints

    @property
    def categories(self) -> Sequence[Category]:
        """The values that are listed, in their order."""
        return [_category(item) for item in self.field.get("categories") or []]


@dataclass(frozen=True)
class DescribedTable:
    """A table, by its resource and its schema."""

    table: Table
    resource: Mapping[str, Any]
    path: str | None  # None: it stands in the descriptor itself

    @property
    def name(self) -> str:
        """The resource's name."""
        return self.table.name

    @property
    def title(self) -> str:
        """The heading for people; the name, if there is none."""
        return text(self.resource.get("title")) or text(self.table.schema.descriptor.get("title")) or self.name

    @property
    def description(self) -> str | None:
        """What the table holds."""
        return text(self.resource.get("description")) or text(self.table.schema.descriptor.get("description"))

    @cached_property
    def columns(self) -> Sequence[Column]:
        """The columns in the order of the file."""
        schema = self.table.schema
        return [self._column(name, schema.fields.get(name, {})) for name in self.table.header]

    @property
    def missing(self) -> tuple[Category, ...]:
        """What stands for a missing value where a column does not say otherwise."""
        return tuple(map(_category, self.table.schema.descriptor.get("missingValues", [""])))

    def _column(self, name: str, field: Mapping[str, Any]) -> Column:
        own = field.get("missingValues")
        return Column(self.name, name, field, self.missing if own is None else tuple(map(_category, own)))


def described_tables(content: Content) -> Sequence[DescribedTable]:
    """The tables in the order of the descriptor."""
    resources = {resource.name: resource for resource in content.package.resources}
    return [
        DescribedTable(table, resources[name].descriptor, next(iter(resources[name].files), None))
        for name, table in content.tables.items()
    ]


def _category(item: object) -> Category:
    if isinstance(item, dict):
        return Category(str(item["value"]), text(item.get("label")), text(item.get("description")))
    return Category(str(item), None, None)
