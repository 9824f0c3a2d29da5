"""No property of the descriptor is a misspelling of a known one.

Why: readers skip a property that they do not know, so `primarykey` or `constraint` switches a check off without a word.

Example: `"primarykey": "id"` in a schema.

Remedy: Correct the spelling; a property of your own may have any name that is not close to a known one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.descriptor import Package, Part

INFO = describe(__name__, __doc__, layer="structure", spoils=False)

# The properties of Data Package v1 and v2, by the object in which they may stand.
_PACKAGE = {
    "$schema",
    "name",
    "id",
    "title",
    "description",
    "homepage",
    "version",
    "created",
    "keywords",
    "contributors",
    "licenses",
    "sources",
    "image",
    "resources",
    "profile",
    "format",
}
_RESOURCE = {
    "$schema",
    "name",
    "path",
    "data",
    "type",
    "title",
    "description",
    "format",
    "mediatype",
    "encoding",
    "bytes",
    "hash",
    "licenses",
    "sources",
    "schema",
    "dialect",
    "profile",
    "homepage",
    "compression",
    "extrapaths",
    "scheme",
}
_SCHEMA = {
    "$schema",
    "fields",
    "fieldsMatch",
    "primaryKey",
    "uniqueKeys",
    "foreignKeys",
    "missingValues",
    "title",
    "description",
    "name",
}
_FIELD = {
    "name",
    "type",
    "format",
    "title",
    "description",
    "example",
    "constraints",
    "categories",
    "categoriesOrdered",
    "missingValues",
    "rdfType",
    "trueValues",
    "falseValues",
    "decimalChar",
    "groupChar",
    "bareNumber",
    "itemType",
    "delimiter",
}
_CONSTRAINTS = {
    "required",
    "unique",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "jsonSchema",
    "pattern",
    "enum",
}


def run(package: Package) -> Iterator[Finding]:
    """Findings for every property whose name is nearly a known one."""
    whole = Part(package.descriptor, package.document)
    yield from _look(whole, (), package.descriptor, _PACKAGE, None)
    for resource in package.resources:
        at = ("resources", resource.index)
        yield from _look(whole, at, resource.descriptor, _RESOURCE, resource.name)
        if resource.schema:
            yield from _look_at_schema(resource.schema, resource.name)


def _look_at_schema(schema: Part, table: str) -> Iterator[Finding]:
    yield from _look(schema, (), schema.value, _SCHEMA, table)
    for index, field in enumerate(schema.value.get("fields", [])):
        at = ("fields", index)
        yield from _look(schema, at, field, _FIELD, table)
        yield from _look(schema, (*at, "constraints"), field.get("constraints", {}), _CONSTRAINTS, table)


def _look(
    part: Part, at: tuple[str | int, ...], value: Mapping[str, Any], known: set[str], table: str | None
) -> Iterator[Finding]:
    for key in value:
        close = _intended(key, known)
        if close:
            message = f"Nobody reads the property {key!r}; did you mean {close!r}?"
            yield INFO.finding(message, table=table, place=part.place(*at, key), value=key, expected=close)


def _intended(key: str, known: set[str]) -> str | None:
    if key in known or key.startswith("_") or ":" in key:
        return None
    folded = {name.casefold(): name for name in known}
    close = get_close_matches(key.casefold(), folded, n=1, cutoff=0.88)
    return folded[close[0]] if close else None
