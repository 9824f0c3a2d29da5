"""No property of the descriptor is a misspelling of a known one.

Why: readers skip a property that they do not know, so `primarykey` or `constraint` switches a check off without a word.

Example: `"primarykey": "id"` in a schema.

Remedy: Correct the spelling; a property of your own may have any name that is not close to a known one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from importlib.resources import files
from typing import Any

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.descriptor import Package, Part

INFO = describe(__name__, __doc__, layer="structure", spoils=False)

_KNOWN: Mapping[str, list[str]] = tomllib.loads((files(__package__) / "known_properties.toml").read_text("utf-8"))


def run(package: Package) -> Iterator[Finding]:
    """Findings for every property whose name is nearly a known one: warnings where only a text is lost."""
    whole = Part(package.descriptor, package.document)
    yield from _look(whole, (), package.descriptor, "package", None)
    for resource in package.resources:
        at = ("resources", resource.index)
        yield from _look(whole, at, resource.descriptor, "resource", resource.name)
        if resource.schema:
            yield from _look_at_schema(resource.schema, resource.name)


def _look_at_schema(schema: Part, table: str) -> Iterator[Finding]:
    yield from _look(schema, (), schema.value, "schema", table)
    for index, field in enumerate(schema.value.get("fields", [])):
        at = ("fields", index)
        yield from _look(schema, at, field, "field", table)
        yield from _look(schema, (*at, "constraints"), field.get("constraints", {}), "constraints", table)


def _look(
    part: Part, at: tuple[str | int, ...], value: Mapping[str, Any], kind: str, table: str | None
) -> Iterator[Finding]:
    for key in value:
        close = _intended(key, _KNOWN[kind])
        if close:
            message = f"Nobody reads the property {key!r}; did you mean {close!r}?"
            finding = INFO.finding(message, table=table, place=part.place(*at, key), value=key, expected=close)
            yield replace(finding, severity="warning") if close in _KNOWN["texts"] else finding


def _intended(key: str, known: list[str]) -> str | None:
    if key in known or key.startswith("_") or ":" in key:
        return None
    folded = {name.casefold(): name for name in known}
    close = get_close_matches(key.casefold(), folded, n=1, cutoff=0.87)
    return folded[close[0]] if close else None
