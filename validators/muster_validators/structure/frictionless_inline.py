"""Tables that are written into the descriptor itself: they have rows, but no lines, and Frictionless alone judges them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from muster_validators.finding import Finding
from muster_validators.structure.frictionless_metadata import inlined
from muster_validators.structure.frictionless_rows import without_own_rules
from muster_validators.structure.frictionless_words import info_of, sentence
from musterroll.package.descriptor import Package, Part

if TYPE_CHECKING:
    from frictionless import Error

_NO_LIMIT = 10**9
_CELL_ERRORS = {"type-error", "constraint-error"}


def judge_inline(package: Package) -> Iterator[Finding]:
    """Errors of inline tables, all at the place of their data."""
    import frictionless

    for resource in package.resources:
        if "data" not in resource.descriptor or not resource.is_table:
            continue
        descriptor = inlined(resource.descriptor, resource.schema, resource.dialect)
        if resource.schema:
            descriptor["schema"] = without_own_rules(resource.schema.value)
        version = "v2" if "$schema" in package.descriptor else "v1"
        inline = frictionless.Resource.from_descriptor(descriptor, datapackage_version=version)
        report = inline.validate(limit_errors=_NO_LIMIT)
        place = Part(package.descriptor, package.document).place("resources", resource.index, "data")
        for error in _causes([*report.errors, *(error for task in report.tasks for error in task.errors)]):
            yield info_of(error).finding(sentence(error.message), table=resource.name, place=place)


def _causes(errors: list[Error]) -> Iterator[Error]:
    """The errors without those of keys in rows of which a cell was refused already."""
    refused = {_row(error) for error in errors if error.type in _CELL_ERRORS}
    yield from (error for error in errors if error.type in _CELL_ERRORS or _row(error) not in refused)


def _row(error: Error) -> int | None:
    return getattr(error, "row_number", None)


def unjudged_inline(package: Package) -> Iterator[tuple[str, str]]:
    """Table and check, for what an inline table's schema asks and nobody answers: rows without lines are not ours."""
    for resource in package.resources:
        if "data" not in resource.descriptor or not resource.schema:
            continue
        fields = resource.schema.value.get("fields", [])
        asked = {
            "category": any("categories" in field for field in fields),
            "pattern": any("pattern" in field.get("constraints", {}) for field in fields),
            "unique-key": "uniqueKeys" in resource.schema.value,
            "foreign-key": bool(resource.schema.value.get("foreignKeys")),
        }
        yield from ((resource.name, check) for check, is_asked in asked.items() if is_asked)
