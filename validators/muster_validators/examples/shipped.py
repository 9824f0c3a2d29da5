"""The examples that ship with the checks: one JSON file each, written by `pytest --accept` from a golden folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from muster_validators.check import CheckInfo
from muster_validators.examples.example import Example

# What the check itself says is not written down twice, and the rest is of use only while the package is judged.
_NOT_WRITTEN = {"check", "layer", "remedy", "row", "whole"}


def example_of(info: CheckInfo) -> Example | None:
    """The example of a check; None for a check that has none yet, which a test forbids."""
    import cattrs

    place = files(__package__) / info.layer / f"{info.id}.json"
    if not place.is_file():
        return None
    told = json.loads(place.read_text(encoding="utf-8"))
    told["finding"] |= {"check": info.id, "layer": info.layer, "remedy": info.remedy}
    return cattrs.structure(told, Example)


def written(example: Example) -> str:
    """The text of an example's file."""
    told = _without_defaults(asdict(example))
    told["finding"] = {name: value for name, value in told["finding"].items() if name not in _NOT_WRITTEN}
    return json.dumps(told, ensure_ascii=True, indent=1) + "\n"


def _without_defaults(told: Mapping[str, Any]) -> dict[str, Any]:
    """What is empty goes without saying; every field that can be empty is so by default."""
    return {
        name: _without_defaults(value) if isinstance(value, Mapping) else value
        for name, value in told.items()
        if name == "case" or value not in (None, 0, False, (), {})
    }
