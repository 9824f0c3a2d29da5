"""The shapes that reading relies on: an object where one is looked into, a list where one is walked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from musterroll.package.descriptor import Package, Part, owner
from musterroll.package.problem import Problem

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError


def shape_problems(package: Package) -> Iterator[Problem]:
    """A problem for every value of the wrong shape, in the descriptor and in the schemas and dialects it names."""
    parts: list[tuple[Part, str, str | None]] = [(Part(package.descriptor, package.document), "package", None)]
    for resource in package.resources:
        for part, kind in ((resource.schema, "schema"), (resource.dialect, "dialect")):
            if part and part.document is not package.document:
                parts.append((part, kind, resource.name))
    seen = set()  # one value, one cause; and a schema may serve several tables
    for part, kind, name in parts:
        for error in _validator(kind).iter_errors(part.value):
            place = part.place(*error.absolute_path)
            if place not in seen:
                seen.add(place)
                table = name or owner(package.descriptor, list(error.absolute_path))
                yield Problem("descriptor-shape", _words(error), *place, expected=_expected(error), table=table)


@cache
def _validator(kind: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator
    from referencing import Registry

    shapes = json.loads((files(__package__) / "shapes.json").read_text("utf-8"))
    return Draft202012Validator({**shapes, "$ref": f"#/$defs/{kind}"}, registry=Registry())  # fetches nothing


def _words(error: ValidationError) -> str:
    name = ".".join(str(step) for step in error.absolute_path) or "the value"
    if error.validator == "required":
        return f"{name}: {error.message}."
    return f"{name} must be {_expected(error)}."


def _expected(error: ValidationError) -> str:
    allowed: Any = error.validator_value
    if error.validator == "type":
        words = {"object": "an object", "array": "a list", "string": "a text", "integer": "an integer"}
        return " or ".join(words[kind] for kind in (allowed if isinstance(allowed, list) else [allowed]))
    return f"{error.validator} {allowed}"
