"""The JSON Schemas that are published in docs/formats."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from running import ROOT

FORMATS = ROOT / "docs/formats"


@cache
def schema(name: str) -> Draft202012Validator:
    """A published schema; nothing but the other published ones can be reached from it."""
    contents = {path.name: json.loads(path.read_text()) for path in FORMATS.glob("*.schema.json")}
    content = contents[f"{name}.schema.json"]
    Draft202012Validator.check_schema(content)
    resources = [(key, Resource.from_contents(value)) for key, value in contents.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator(content, registry=registry)
