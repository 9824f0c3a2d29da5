"""Frictionless judges rows and cells: the same bytes that our reader passed, in memory, without network or files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from muster_validators.finding import Finding
from muster_validators.structure.frictionless_words import error_words, info_of, sentence
from musterroll.package.header import fields_match
from musterroll.package.inline import InlineTable
from musterroll.package.table import Table

if TYPE_CHECKING:
    from frictionless import Error, Resource
    from frictionless.resources import TableResource

_NO_LIMIT = 10**9
_VERSION: Literal["v2"] = "v2"  # knows all that version 1 knows; what the package may use was judged before


def judges_of(
    tables: Mapping[str, Table], references: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Iterator[tuple[str, Callable[[], Iterator[Finding]]]]:
    """A judge of rows and cells for each table, so that one that fails takes no other with it.

    `references` are the foreign keys that can be judged, by table.
    """
    from frictionless import Package as FrictionlessPackage

    resources: list[Resource] = [_resource(table, references.get(name, ())) for name, table in tables.items()]
    package = FrictionlessPackage(name="package", resources=resources)  # so that references find their tables
    for resource, (name, table) in zip(package.resources, tables.items(), strict=True):
        yield name, partial(judge_rows, resource, table)


def judge_rows(resource: Resource, table: Table) -> Iterator[Finding]:
    """Errors of rows and cells; those of one cell that come from several constraints are one finding."""
    report = resource.validate(limit_errors=_NO_LIMIT)
    yield from _findings([*report.errors, *(error for task in report.tasks for error in task.errors)], table)


def without_own_rules(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A schema without patterns, which we match with RE2, and without references, which are judged where they can be."""
    fields = [
        {
            **field,
            "constraints": {key: value for key, value in field.get("constraints", {}).items() if key != "pattern"},
        }
        for field in schema.get("fields", [])
    ]
    result = {**schema, "fields": fields, "foreignKeys": []}
    if "fieldsMatch" in result:
        result["fieldsMatch"] = fields_match(result["fieldsMatch"]) or "exact"
    result.pop("$schema", None)
    return result


def _resource(table: Table, references: Sequence[Mapping[str, Any]]) -> TableResource:
    from frictionless import Dialect, Schema
    from frictionless.formats import CsvControl
    from frictionless.resources import TableResource

    schema = Schema.from_descriptor(_schema_for_rows(table, references), datapackage_version=_VERSION)
    if isinstance(table, InlineTable):
        rows = [list(table.header), *map(list, table.values)]
        return TableResource(name=table.name, datapackage_version=_VERSION, schema=schema, data=rows)

    control = CsvControl(
        delimiter=table.dialect.delimiter,
        quote_char=table.dialect.quote,
        double_quote=True,
        skip_initial_space=table.dialect.skip_initial_space,
        line_terminator=table.dialect.line_terminator or "\r\n",
    )
    return TableResource(
        name=table.name,
        datapackage_version=_VERSION,
        schema=schema,
        data=table.data,
        format="csv",
        encoding=table.encoding,
        dialect=Dialect(header=table.dialect.header, header_case=table.dialect.header_case, controls=[control]),
    )


def _schema_for_rows(table: Table, references: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The schema without what we judge ourselves (patterns) and what cannot be judged (broken references)."""
    schema = {**without_own_rules(table.schema.descriptor), "foreignKeys": list(references)}
    if not schema["fields"]:  # Frictionless would guess types from the first rows
        schema["fields"] = [{"name": label, "type": "string"} for label in table.header]
    return schema


def _findings(errors: Sequence[Error], table: Table) -> Iterator[Finding]:
    seen = set()
    for error in errors:
        number = getattr(error, "row_number", None)
        if error.type == "error":  # it could not begin; so far only because a library of its own is not there
            raise ImportError(error.note, name=error.note.partition('"')[2].rstrip('"') or None)
        if number is None:
            yield info_of(error).finding(sentence(error.message), table=table.name, place=(table.file, 1, None))
            continue
        row = table.row_at(number - (2 if table.dialect.header else 1))
        if row is None:  # the reader said what is wrong with it
            continue
        name = _field_of(error, table)
        cause = (error.type, row, name)
        if cause not in seen:
            seen.add(cause)
            message, expected = error_words(error, table, row, name)
            yield info_of(error).at(table, row, name, message, expected=expected)


def _field_of(error: Error, table: Table) -> str | None:
    from frictionless.errors import ForeignKeyError

    if error.type == "primary-key":
        return table.schema.primary_key[-1]
    if isinstance(error, ForeignKeyError):
        return error.field_names[0]
    return getattr(error, "field_name", None) or None
