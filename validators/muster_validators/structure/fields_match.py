"""`fieldsMatch` has one of its five values, written as the standard's text says.

Why: the text of the standard writes it as a string, its published profile as a list of one; a reader that knows only the other form falls back to its default without a word.

Example: `"fieldsMatch": ["equal"]`, or `"fieldsMatch": "same"`.

Remedy: Write one of exact, equal, subset, superset, partial as a string.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.descriptor import Package
from musterroll.package.header import fields_match

INFO = describe(__name__, __doc__, layer="structure")


def run(package: Package) -> Iterator[Finding]:
    """A finding per schema whose `fieldsMatch` is a list (a warning) or no known mode (an error)."""
    for resource in package.resources:
        declared = resource.schema.value.get("fieldsMatch") if resource.schema else None
        if resource.schema and (isinstance(declared, list) or fields_match(declared) is None):
            place = resource.schema.place("fieldsMatch")
            known = fields_match(declared)
            message = f"fieldsMatch is {declared!r}; it is read as {known or 'exact'!r}."
            finding = INFO.finding(message, table=resource.name, place=place, value=str(declared))
            yield replace(finding, severity="warning") if known else finding
