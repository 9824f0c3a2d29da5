"""Faults of the schemas: rules that were dropped or loosened, so that the data are not asked any more."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from random import Random
from typing import Any

from musterroll.faults.edits import descriptor_changed, json_changed
from musterroll.faults.fault import Fault, Inject, Kind, Level, Place
from musterroll.faults.original import Original
from musterroll.package.descriptor import DESCRIPTOR

Json = dict[str, Any]
Becomes = Callable[[Json, Random], str | None]


def _schema(becomes: Becomes) -> Inject:
    """Plants a change in the schema of one table, in its own file or in the descriptor."""

    def inject(original: Original, random: Random) -> Fault | None:
        for table in original.tables_of(random, rows=0):
            value = copy.deepcopy(dict(table.schema.descriptor))
            says = becomes(value, random)
            if says is None:
                continue
            says = f"schema of {table.name}: {says}"
            if table.schema.file != DESCRIPTOR:
                return json_changed(table.schema.file, value, says)
            whole = copy.deepcopy(dict(original.package.descriptor))
            resource = original.package.resource(table.name)
            whole["resources"][resource.index if resource else 0]["schema"] = value
            return descriptor_changed(whole, says)
        return None

    return inject


def _field(value: Json, random: Random, fits: Callable[[Json], bool]) -> Json | None:
    found = [field for field in value.get("fields", []) if fits(field)]
    return random.choice(found) if found else None


def _required_gone(value: Json, random: Random) -> str | None:
    field = _field(value, random, lambda field: bool(field.get("constraints", {}).get("required")))
    if field is None:
        return None
    del field["constraints"]["required"]
    return f"{field['name']} may be empty"


def _pattern_gone(value: Json, random: Random) -> str | None:
    field = _field(value, random, lambda field: "pattern" in field.get("constraints", {}))
    if field is None:
        return None
    del field["constraints"]["pattern"]
    return f"{field['name']} has no pattern"


def _type(value: Json, random: Random) -> str | None:
    field = _field(value, random, lambda field: field.get("type") in {"integer", "date"})
    if field is None:
        return None
    field["type"] = "string"
    field.pop("constraints", None)
    return f"{field['name']} is a text"


def _category_gone(value: Json, random: Random) -> str | None:
    field = _field(value, random, lambda field: len(field.get("categories", [])) > 1)
    if field is None:
        return None
    gone = field["categories"].pop(random.randrange(len(field["categories"])))
    return f"{field['name']} has no category {gone['value'] if isinstance(gone, dict) else gone}"


def _category_new(value: Json, random: Random) -> str | None:
    field = _field(value, random, lambda field: bool(field.get("categories")))
    if field is None:
        return None
    field["categories"].append({"value": "other_kind"} if isinstance(field["categories"][0], dict) else "other_kind")
    return f"{field['name']} has the category other_kind"


def _without(key: str) -> Becomes:
    def becomes(value: Json, _: Random) -> str | None:
        return f"{key} is gone" if value.pop(key, None) else None

    return becomes


def _missing_values(value: Json, _: Random) -> str | None:
    value["missingValues"] = ["", "0"]
    return "0 counts as missing"


def _malformed(original: Original, random: Random) -> Fault | None:
    """A schema file is cut off."""
    for table in original.tables_of(random, rows=0):
        if table.schema.file != DESCRIPTOR:
            data = json.dumps(table.schema.descriptor, ensure_ascii=False, indent=2).encode()
            return Fault(
                {table.schema.file: data[: len(data) // 2]},
                (Place(file=table.schema.file),),
                f"{table.schema.file} is cut off",
            )
    return None


_S = "schema"
_LEVEL: Level = "descriptor"
KINDS: tuple[Kind, ...] = (
    Kind("schema-cut", _S, "the file of a schema is cut off", _LEVEL, _malformed),
    Kind("required-dropped", _S, "a schema lets a column be empty that may not be", _LEVEL, _schema(_required_gone)),
    Kind("pattern-dropped", _S, "a schema has lost a pattern", _LEVEL, _schema(_pattern_gone)),
    Kind("type-loosened", _S, "a schema says that numbers or dates are texts", _LEVEL, _schema(_type)),
    Kind("category-dropped", _S, "a schema has lost a code", _LEVEL, _schema(_category_gone)),
    Kind("category-added", _S, "a schema has a code too many", _LEVEL, _schema(_category_new)),
    Kind("primary-key-dropped", _S, "a schema has lost its primary key", _LEVEL, _schema(_without("primaryKey"))),
    Kind("foreign-keys-dropped", _S, "a schema has lost its foreign keys", _LEVEL, _schema(_without("foreignKeys"))),
    Kind("zero-as-missing", _S, "a schema says that 0 means missing", _LEVEL, _schema(_missing_values)),
)
