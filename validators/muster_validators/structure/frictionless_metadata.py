"""Frictionless judges the descriptor and the schemas, each part at its own place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from muster_validators.finding import Finding
from muster_validators.structure.frictionless_words import info_of, sentence
from musterroll.package.descriptor import Package, Part, Resource
from musterroll.package.header import fields_match

if TYPE_CHECKING:
    from frictionless import Error

_PLAIN_PROFILES = {"data-package", "tabular-data-package", "data-resource", "tabular-data-resource"}


def judge_metadata(package: Package) -> Iterator[Finding]:
    """What Frictionless says about the descriptor.

    Frictionless names no places. If it finds fault with the whole, each column,
    schema, dialect and resource is judged by itself, at its own place; what was
    said of a part is not repeated for the whole.
    """
    if not _metadata_errors("Package", _whole(package)):
        return
    seen: set[str] = set()
    for part, kind, resource in _parts(package):
        entry = resource if kind == "Resource" else None
        for error in _metadata_errors(kind, _versioned(part, package, kind, entry)):
            if error.message not in seen:
                seen.add(error.message)
                table = resource.name if resource else None
                place = _metadata_place(part, error)
                yield info_of(error).finding(sentence(error.note), table=table, place=place)


def _parts(package: Package) -> Iterator[tuple[Part, str, Resource | None]]:
    """Every part that Frictionless can judge by itself, with its kind and its resource; the whole comes last."""
    for resource in package.resources:
        if resource.schema:
            for index, field in enumerate(resource.schema.value.get("fields", [])):
                pointer = (*resource.schema.pointer, "fields", index)
                yield Part(field, resource.schema.document, pointer), "Field", resource
            yield resource.schema, "Schema", resource
        if resource.dialect:
            yield resource.dialect, "Dialect", resource
        entry = Part(resource.descriptor, package.document, ("resources", resource.index))
        yield entry, "Resource", resource
    yield Part(_whole(package), package.document), "Package", None


def _metadata_errors(kind: str, descriptor: Mapping[str, Any]) -> list[Error]:
    import frictionless

    options = {"datapackage_version": descriptor["$version"]} if "$version" in descriptor else {}
    bare = {key: value for key, value in descriptor.items() if key != "$version"}
    try:
        getattr(frictionless, kind).from_descriptor(bare, **options)
    except frictionless.FrictionlessException as problem:
        return list(problem.reasons) or [problem.error]
    return []


def _whole(package: Package) -> dict[str, Any]:
    """The descriptor with schemas and dialects put in, and no profile that would have to be fetched."""
    descriptor = dict(package.descriptor)
    by_index = {resource.index: resource for resource in package.resources}
    listed = descriptor.get("resources")
    if isinstance(listed, list):
        descriptor["resources"] = [
            inlined(item, by_index[n].schema, by_index[n].dialect) if isinstance(item, dict) else item
            for n, item in enumerate(listed)
        ]
    if descriptor.get("profile") not in _PLAIN_PROFILES:
        descriptor.pop("profile", None)
    return descriptor


def inlined(descriptor: Mapping[str, Any], schema: Part | None, dialect: Part | None) -> dict[str, Any]:
    """The entry of a resource with its schema and dialect put in, and no profile that would have to be fetched."""
    result = {**descriptor}
    for name, part in (("schema", schema), ("dialect", dialect)):
        if part:
            result[name] = dict(part.value)
            if "fieldsMatch" in part.value:  # both ways to write it are read; the check fields-match says which
                result[name]["fieldsMatch"] = fields_match(part.value["fieldsMatch"]) or "exact"
        elif isinstance(result.get(name), str):
            del result[name]  # it is missing, which is a finding of its own
    if result.get("profile") not in _PLAIN_PROFILES:
        result.pop("profile", None)
    return result


def _versioned(part: Part, package: Package, kind: str, resource: Resource | None) -> dict[str, Any]:
    """A part judged by itself follows the version of its package, as it does inside it."""
    import frictionless

    value = dict(part.value)
    if kind == "Package":
        return value
    if resource:
        value = inlined(value, resource.schema, resource.dialect)
    if kind == "Schema" and "fieldsMatch" in value:
        value["fieldsMatch"] = fields_match(value["fieldsMatch"]) or "exact"
    value.pop("$schema", None)
    return {**value, "$version": frictionless.Package.effective_datapackage_version(dict(package.descriptor), None)}


def _metadata_place(part: Part, error: Error) -> tuple[str, int, int]:
    """As near as the note allows: it may name a property."""
    found = re.search(r" at property '(?P<path>[^']+)'", error.note)
    pointer = [int(step) if step.isdigit() else step for step in found["path"].split("/")] if found else []
    return part.place(*pointer)
