"""Values as Frictionless reads them, for judging what a schema says about itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def read_value(field: Mapping[str, Any], value: object) -> Any:
    """The value as the field's type, or None if it is not one (or is missing)."""
    from frictionless import Field

    bare = {key: item for key, item in field.items() if key not in {"constraints", "categories", "example"}}
    reader = Field.from_descriptor({"type": "string", **bare}).create_value_reader()
    return reader(value)
