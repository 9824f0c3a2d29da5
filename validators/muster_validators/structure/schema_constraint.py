"""Constraints, categories and codes in a schema are themselves values of the column's type and can be met.

Why: a minimum that is not a number makes Frictionless crash in the middle of a table, and a minimum above the maximum forbids every value.

Example: `"minimum": "abc"` on an integer column; a category of an integer column that is a text.

Remedy: Correct the constraint in the schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.structure.frictionless_values import read_value
from musterroll.package.descriptor import Package

INFO = describe(__name__, __doc__, layer="structure")

_LOWER, _UPPER = ("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")


def run(package: Package) -> Iterator[Finding]:
    """Findings for every constraint that cannot be applied."""
    for resource in package.resources:
        if resource.schema is None:
            continue
        for index, field in enumerate(resource.schema.value.get("fields", [])):
            for pointer, value, message in _faults(field):
                place = resource.schema.place("fields", index, *pointer)
                yield INFO.finding(message, table=resource.name, place=place, value=str(value))


def _faults(field: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], object, str]]:
    constraints = field.get("constraints", {})
    kind = field.get("type", "string")
    bounds = {name: constraints[name] for name in (*_LOWER, *_UPPER) if name in constraints}
    read = {name: read_value(field, value) for name, value in bounds.items()}
    for name, value in bounds.items():
        if read[name] is None:
            yield ("constraints", name), value, f"The {name} {value!r} is not a value of type {kind}."
    for position, value in enumerate(constraints.get("enum") or []):
        if read_value(field, value) is None:
            yield ("constraints", "enum", position), value, f"{value!r} in enum is not a value of type {kind}."
    for low in _LOWER:
        for high in _UPPER:
            if read.get(low) is None or read.get(high) is None:
                continue
            if read[low] > read[high] or (read[low] == read[high] and "exclusive" in low + high):
                message = f"The {low} {bounds[low]} and the {high} {bounds[high]} leave no value between them."
                yield ("constraints", low), bounds[low], message
    shortest, longest = constraints.get("minLength", 0), constraints.get("maxLength")
    if longest is not None and shortest > longest:
        message = f"The minLength {shortest} is above the maxLength {longest}: no value can satisfy both."
        yield ("constraints", "minLength"), shortest, message
    yield from _category_faults(field)


def _category_faults(field: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], object, str]]:
    seen = set()
    for position, item in enumerate(field.get("categories") or []):
        value = item.get("value") if isinstance(item, dict) else item
        if value in seen:
            yield ("categories", position), value, f"The category {value!r} is listed twice."
        elif read_value(field, value) is None:
            yield (
                ("categories", position),
                value,
                f"The category {value!r} is not a value of type {field.get('type', 'string')}.",
            )
        seen.add(value)
