"""The descriptor of a mission record says of which country it is, up to which day it is complete, and under which licence.

Why: readers rely on these properties: `host` names the country in every text, `horizon` says from when on a missing row means nothing, `licenses` what may be done with the data. The JSON Schema of the profile asks for them since version 0.1.1.

Example: `"host": {"code": "xaa", "title": "Exampleland"}`, or no `horizon`.

Remedy: Write the property as the message says; docs/reference/mission-record.md has all of them, and `muster init` writes them into a new package.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.descriptor import Package, Part
from musterroll.record.profile import descriptor_schema, follows_profile, profile_fault

if TYPE_CHECKING:
    from jsonschema import Draft7Validator
    from jsonschema.exceptions import ValidationError

INFO = describe(__name__, __doc__, layer="structure", spoils=False)


def run(package: Package) -> Iterator[Finding]:
    """A finding for every property that the profile asks for and that is missing or of another form.

    Tables are judged by `profile-schema`, the rest of the descriptor by Frictionless.
    """
    if not follows_profile(package.profile) or profile_fault(str(package.profile)):
        return
    whole, seen = Part(package.descriptor, package.document), set()
    for error in _validator().iter_errors(package.descriptor):
        steps, expected = _subject(error)
        if steps not in seen:
            seen.add(steps)
            is_there = len(steps) == len(error.absolute_path)
            name = ".".join(map(str, steps))
            message = f"{name} must be {expected}." if is_there else f"{name} is missing: {expected}."
            value = json.dumps(error.instance, ensure_ascii=False) if is_there else None
            yield INFO.finding(message, place=whole.place(*error.absolute_path), value=value, expected=expected)


@cache
def _validator() -> Draft7Validator:
    from jsonschema import Draft7Validator, FormatChecker
    from referencing import Registry

    part = descriptor_schema()["definitions"]["descriptor"]
    return Draft7Validator(part, registry=Registry(), format_checker=FormatChecker(["date"]))  # fetches nothing


def _subject(error: ValidationError) -> tuple[tuple[str | int, ...], str]:
    """The property that an error is about, and what it must be in the words of the JSON Schema."""
    schema: Any = error.schema
    if error.validator != "required":
        return tuple(error.absolute_path), schema["description"]
    missing = next(name for name in schema["required"] if f"{name!r} is" in error.message)
    return (*error.absolute_path, missing), schema["properties"][missing]["description"]
