"""The tables as Croissant's record sets: fields, keys, references and enumerations.

Records are drawn from the Parquet exports: the loaders' CSV reader guesses types,
and would make 28 of the code 028 and nothing of Namibia's NA.

A column with categories has an enumeration, `<table>/<column>/categories`. A
reference is given where loaders can follow it, which costs some: not to the table
itself nor from one that others refer to (they would go in circles, and lose its
rows when they need them twice), not on a part of a key (the join would multiply
rows), and not from a column without values (they take it for one of numbers).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from musterroll.release.content import Content
from musterroll.release.exports.foreign_keys import ForeignKey, foreign_keys
from musterroll.release.metadata.linked import Node, one_or_all, without_empty
from musterroll.release.metadata.tables import Column, DescribedTable, described_tables
from musterroll.typed.columns import Kind, TypedColumn, typed_columns

_TYPES: Mapping[Kind, str] = {
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "text": "sc:Text",
}
_WHOLE = re.compile(r"-?[0-9]{1,18}")
# What could mean something else in an IRI, or is a space: loaders undo %20 and then refuse it.
_NOT_IN_IDS = re.compile(r"[\x00-,/:-@\[-^`{-\xa0\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]|^\.+$")


class RecordSets:
    """The record sets of a release; `sources` tells the Parquet file of each table."""

    def __init__(self, content: Content, sources: Mapping[str, str]) -> None:
        self._content = content
        self._sources = sources
        self._tables = described_tables(content)

    def nodes(self) -> Iterator[Node]:
        """Every table, after the enumerations of its columns."""
        for table in self._tables:
            stored = self._stored[table.name]
            yield from (_enumeration(column, stored[column.name]) for column in table.columns if column.categories)
            yield self._record_set(table, stored)

    def file_id(self, path: str) -> str:
        """The id of a file: its path, unless a column goes by that."""
        found = "/".join(map(_id, path.split("/")))
        return f"file={found}" if found in self._taken else found

    @cached_property
    def _stored(self) -> Mapping[str, Mapping[str, TypedColumn]]:
        """How each column of each table is stored."""
        return {table.name: {column.name: column for column in typed_columns(table.table)} for table in self._tables}

    @cached_property
    def _taken(self) -> frozenset[str]:
        """The ids of everything that is no file."""
        tables = [_id(table.name) for table in self._tables]
        columns = [_id(table.name, name) for table in self._tables for name in table.table.header]
        endings = ("", "/categories", "/categories/value", "/categories/name")
        return frozenset([*tables, *(column + ending for column in columns for ending in endings)])

    @cached_property
    def _followed(self) -> Mapping[str, Sequence[ForeignKey]]:
        """The foreign keys that loaders can follow, by table."""
        keys = {table.name: foreign_keys(table.table, self._content.tables) for table in self._tables}
        return {name: [key for key in listed if self._can_follow(name, key)] for name, listed in keys.items()}

    def _can_follow(self, table: str, key: ForeignKey) -> bool:
        if key.parent is None or key.resource == table or key.columns != key.parent.schema.primary_key[:1]:
            return False
        column, target = self._stored[table][key.fields[0]], self._stored[key.resource][key.columns[0]]
        is_whole = len(key.parent.schema.primary_key) == 1
        return is_whole and column.kind == target.kind and any(value is not None for value in column.values)

    @cached_property
    def _referred_to(self) -> frozenset[str]:
        return frozenset(key.resource for keys in self._followed.values() for key in keys)

    def _references(self, table: DescribedTable) -> Mapping[str, str]:
        """Where the values of a column stand, by column: in another table, if need be, else in its enumeration."""
        if table.name in self._referred_to:
            return {}
        enumerated = {
            column.name: _id(table.name, column.name, "categories", "value")
            for column in table.columns
            if column.categories and _enumerated_as(column, self._stored[table.name][column.name]) is not None
        }
        return {
            **enumerated,
            **{key.fields[0]: _id(key.resource, key.columns[0]) for key in self._followed[table.name]},
        }

    def _record_set(self, table: DescribedTable, stored: Mapping[str, TypedColumn]) -> Node:
        keys = [{"@id": _id(table.name, name)} for name in table.table.schema.primary_key if name in stored]
        references = self._references(table)
        return without_empty(
            {
                "@type": "cr:RecordSet",
                "@id": _id(table.name),
                "name": table.name,
                "description": table.description or table.title,
                "key": one_or_all(keys),
                "field": [
                    self._field(column, stored[column.name].kind, references.get(column.name))
                    for column in table.columns
                ],
            }
        )

    def _field(self, column: Column, kind: Kind, reference: str | None) -> Node:
        file = {"@id": self.file_id(self._sources[column.table])}
        return without_empty(
            {
                "@type": "cr:Field",
                "@id": _id(column.table, column.name),
                "name": column.name,
                "description": column.description or column.title,
                "dataType": _TYPES[kind],
                "source": {"fileObject": file, "extract": {"column": column.name}},
                "references": {"field": {"@id": reference}} if reference else None,
            }
        )


def _enumeration(column: Column, stored: TypedColumn) -> Node:
    """The categories of a column, as records in the document itself."""
    own = (column.table, column.name, "categories")
    value, name = _id(*own, "value"), _id(*own, "name")
    kind = _enumerated_as(column, stored) or "text"
    labels = {item.value: item.label or item.value for item in column.categories}
    return {
        "@type": "cr:RecordSet",
        "@id": _id(*own),
        "name": f"categories of {column.name} in {column.table}",
        "dataType": "sc:Enumeration",
        "key": {"@id": value},
        "field": [
            {"@type": "cr:Field", "@id": value, "name": "value", "dataType": _TYPES[kind]},
            {"@type": "cr:Field", "@id": name, "name": "name", "dataType": _TYPES["text"]},
        ],
        "data": [{value: int(text) if kind == "integer" else text, name: label} for text, label in labels.items()],
    }


def _enumerated_as(column: Column, stored: TypedColumn) -> Kind | None:
    """The type of a column that its categories have as well; None if they cannot."""
    if stored.kind == "integer" and all(_WHOLE.fullmatch(item.value) for item in column.categories):
        return "integer"
    return "text" if stored.kind == "text" else None


def _id(*names: str) -> str:
    """An IRI of names, with ~ and hex digits where an IRI would have %."""
    return "/".join(_NOT_IN_IDS.sub(_hex, name) for name in names)


def _hex(match: re.Match[str]) -> str:
    return "".join(f"~{byte:02X}" for byte in match[0].encode())
