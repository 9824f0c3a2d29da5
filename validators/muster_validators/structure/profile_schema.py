"""A package that says it follows the mission-record profile has the profile's tables, columns, types, keys and codes.

Why: the checks on facts read those columns; a table that is missing or a code with another meaning would make them judge something else.

Example: `conformsTo` is mission-record, but `deployments` has no column `date_latest`.

Remedy: Restore the table or column as in the profile's schemas, without `fieldsMatch`; columns of your own go at the end of a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.structure.category import category_values
from musterroll.package.descriptor import Package, Part
from musterroll.package.header import fields_match
from musterroll.record.profile import SPELLINGS, follows_profile, profile_schemas

INFO = describe(__name__, __doc__, layer="structure")

_SETTINGS = ("type", "constraints", "trueValues", "falseValues", "missingValues")
_KEYS = ("primaryKey", "foreignKeys", "uniqueKeys", "missingValues")


def run(package: Package) -> Iterator[Finding]:
    """Findings for every difference from the profile that readers would notice (not titles and texts)."""
    if not follows_profile(package.profile):
        return
    whole = Part(package.descriptor, package.document)
    for name, expected in profile_schemas().items():
        resource = package.resource(name)
        if resource is None or resource.schema is None:
            yield INFO.finding(f"The profile's table {name} is missing.", table=name, place=whole.place("resources"))
            continue
        for pointer, message in _differences(name, resource.schema.value, expected):
            yield INFO.finding(message, table=name, place=resource.schema.place(*pointer))


def _differences(
    table: str, schema: Mapping[str, Any], expected: Mapping[str, Any]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    fields = schema.get("fields", [])
    for index, wanted in enumerate(expected["fields"]):
        if index >= len(fields) or fields[index].get("name") != wanted["name"]:
            yield ("fields", index), f"Column {index + 1} should be {wanted['name']!r}."
            return
        for setting in _SETTINGS:
            if fields[index].get(setting) != wanted.get(setting):
                yield ("fields", index, setting), f"{wanted['name']}: {setting} is not the profile's."
        if category_values(fields[index]) not in _codes(table, wanted):
            yield ("fields", index, "categories"), f"{wanted['name']}: the codes are not the profile's."
    mode = fields_match(schema.get("fieldsMatch"))
    if mode not in ("exact", None):  # that it is no mode at all, another check says
        yield ("fieldsMatch",), f"fieldsMatch is {mode!r}; a table of the profile has every column, in order: 'exact'."
    for key in _KEYS:
        if schema.get(key) != expected.get(key):
            yield (key,), f"{key} is not the profile's."


def _codes(table: str, wanted: Mapping[str, Any]) -> list[list[str]]:
    """The profile's codes of a column; of a code with two spellings, a schema may leave out either."""
    codes = category_values(wanted)
    spellings = SPELLINGS.get((table, wanted["name"]), ())
    return [codes, *([code for code in codes if code != spelling] for spelling in spellings)]
