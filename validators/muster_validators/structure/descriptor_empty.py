"""A data package lists at least one resource, and a schema at least one column.

Why: where nothing is listed there is nothing to check, and "valid" would mean nothing; Frictionless calls it valid.

Example: `"resources": []`; a schema with `"fields": []`.

Remedy: List every file of the package under `resources`, with name, path and schema, and every column in its schema. A table that is not to be described needs no schema.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.descriptor import Package, Part

INFO = describe(__name__, __doc__, layer="structure")


def run(package: Package) -> Iterator[Finding]:
    """A finding if there is no resource, and for every schema without a column."""
    if not package.resources:
        place = Part(package.descriptor, package.document).place("resources")
        yield INFO.finding("The package lists no resource.", place=place)
    for resource in package.resources:
        if resource.schema and resource.schema.value.get("fields") == []:
            place = resource.schema.place("fields")
            yield INFO.finding("The schema lists no column.", table=resource.name, place=place)
