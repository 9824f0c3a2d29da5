"""Frictionless judges the descriptor, the schemas and the tables that are written into the descriptor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from muster_validators.finding import Finding
from muster_validators.structure.frictionless_words import info_of, sentence
from musterroll.package.descriptor import DESCRIPTOR, Package, Part

if TYPE_CHECKING:
    from frictionless import Error

_NO_LIMIT = 10**9
_PROFILES = {"Schema": "tableschema", "Dialect": "tabledialect", "Resource": "dataresource"}
_PLAIN_PROFILES = {"data-package", "tabular-data-package", "data-resource", "tabular-data-resource"}


def judge_metadata(package: Package) -> Iterator[Finding]:
    """What Frictionless says about the descriptor, each schema at its own place."""
    seen = set()
    for resource in package.resources:
        entry = Part(resource.descriptor, package.document, ("resources", resource.index))
        for name, part in (("Schema", resource.schema), ("Dialect", resource.dialect), ("Resource", entry)):
            for error in _metadata_errors(name, _versioned(part, package, name)) if part else ():
                seen.add(error.message)
                yield info_of(error).finding(
                    sentence(error.note), table=resource.name, place=_metadata_place(part, error)
                )
    whole = Part(package.descriptor, package.document)
    for error in _metadata_errors("Package", _whole(package)):
        if error.message not in seen:
            yield info_of(error).finding(sentence(error.note), place=_metadata_place(whole, error))


def judge_inline(package: Package) -> Iterator[Finding]:
    """Tables that are written into the descriptor itself; they have rows, but no lines."""
    from frictionless import Resource

    for resource in package.resources:
        if "data" not in resource.descriptor or not resource.is_table:
            continue
        descriptor = _inlined(resource.descriptor, resource.schema, resource.dialect)
        schema = descriptor.get("schema")
        if isinstance(schema, dict):  # between inline tables and files; not judged, said by the caller
            schema.pop("foreignKeys", None)
        report = Resource.from_descriptor(descriptor).validate(limit_errors=_NO_LIMIT)
        place = Part(package.descriptor, package.document).place("resources", resource.index, "data")
        for error in report.task.errors:
            yield info_of(error).finding(sentence(error.message), table=resource.name, place=place)


def _metadata_errors(kind: str, descriptor: Mapping[str, Any]) -> list[Error]:
    import frictionless

    try:
        getattr(frictionless, kind).from_descriptor(descriptor)
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
            _inlined(item, by_index[n].schema, by_index[n].dialect) if isinstance(item, dict) else item
            for n, item in enumerate(listed)
        ]
    if descriptor.get("profile") not in _PLAIN_PROFILES:
        descriptor.pop("profile", None)
    return descriptor


def _inlined(descriptor: Mapping[str, Any], schema: Part | None, dialect: Part | None) -> dict[str, Any]:
    result = {**descriptor}
    for name, part in (("schema", schema), ("dialect", dialect)):
        if part:
            result[name] = dict(part.value)
        elif isinstance(result.get(name), str):
            del result[name]  # it is missing, which is a finding of its own
    if result.get("profile") not in _PLAIN_PROFILES:
        result.pop("profile", None)
    return result


def _versioned(part: Part | None, package: Package, name: str) -> dict[str, Any]:
    """A part judged by itself follows the version of its package, as it does inside it."""
    value = dict(part.value) if part else {}
    if name == "Resource":  # its schema and dialect are judged by themselves
        value = _inlined({key: item for key, item in value.items() if key not in {"schema", "dialect"}}, None, None)
    if "$schema" in package.descriptor:
        value["$schema"] = f"https://datapackage.org/profiles/2.0/{_PROFILES[name]}.json"
    else:
        value.pop("$schema", None)
    return value


def _metadata_place(part: Part | None, error: Error) -> tuple[str, int, int]:
    """As near as the note allows: Frictionless names properties, not places."""
    if part is None:
        return DESCRIPTOR, 1, 1
    found = re.search(r" at property '(?P<path>[^']+)'", error.note)
    pointer = [int(step) if step.isdigit() else step for step in found["path"].split("/")] if found else []
    return part.place(*pointer)
