"""Keys and references name columns and tables that exist, and are of the same type at both ends.

Why: Frictionless reports a reference to a column that does not exist, or from an integer to a text, as if every row of the data were wrong; the fault is one line in a schema.

Example: a foreign key to the table `countrys`; a unique key over a column that was renamed.

Remedy: Correct the name in the schema, or give both columns the same type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.descriptor import Package, Part, Resource
from musterroll.package.table import Schema, as_names

INFO = describe(__name__, __doc__, layer="structure")


def run(package: Package) -> Iterator[Finding]:
    """Findings for unique keys and foreign keys (a primary key's columns are Frictionless' matter)."""
    for resource in package.resources:
        if resource.schema is None:
            continue
        schema = Schema(resource.schema.value, resource.schema.document.file)
        for index, names in enumerate(schema.unique_keys):
            for name in names:
                if name not in schema.fields:
                    message = f"The unique key names the column {name!r}, which is not in the schema."
                    place = resource.schema.place("uniqueKeys", index)
                    yield INFO.finding(message, table=resource.name, place=place, value=name)
        for index, key in enumerate(resource.schema.value.get("foreignKeys", [])):
            for message in faults_of_reference(package, resource, key):
                yield INFO.finding(message, table=resource.name, place=resource.schema.place("foreignKeys", index))


def faults_of_reference(package: Package, resource: Resource, key: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a foreign key of a table that has a schema, whatever its rows hold."""
    own, reference = as_names(key.get("fields")), key.get("reference", {})
    target = referenced(package, resource, reference)
    if resource.schema is None or (target is not None and target.schema is None):
        return  # a missing schema file is a finding of its own; without a schema the header decides
    if target is None or target.schema is None:
        yield f"The foreign key refers to the table {reference.get('resource')!r}, which the package does not have."
        return
    schema, there = _schema(resource.schema), _schema(target.schema)
    for name, other in zip(own, as_names(reference.get("fields")), strict=False):
        if other not in there.fields:
            yield f"The foreign key refers to the column {other!r}, which {target.name} does not have."
        elif name in schema.fields and not _comparable(_type(schema, name), _type(there, other)):
            yield f"{name} is of type {_type(schema, name)}, but {target.name}.{other} is of type {_type(there, other)}."


def referenced(package: Package, resource: Resource, reference: Mapping[str, Any]) -> Resource | None:
    """The table that a foreign key points at; without a name it is the table itself."""
    name = reference.get("resource") or resource.name
    return package.resource(str(name))


def _schema(part: Part) -> Schema:
    return Schema(part.value, part.document.file)


def _comparable(one: str, other: str) -> bool:
    return one == other or {one, other} == {"integer", "number"}


def _type(schema: Schema, name: str) -> str:
    return str(schema.fields[name].get("type", "string"))
