"""How the columns of a table, their types and what may stand in them changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from musterroll.changes.bounds import tightening
from musterroll.changes.change import Change, changed_properties
from musterroll.changes.intake import Loaded
from musterroll.package.table import Schema, as_names
from musterroll.package.values import FALSE, TRUE, Column

_KEYS = ("primaryKey", "uniqueKeys", "foreignKeys")
_HOW_WRITTEN = (  # with what each means if it is left out
    ("type", "string"),
    ("format", "default"),
    ("decimalChar", "."),
    ("groupChar", None),
    ("bareNumber", True),
    ("trueValues", list(TRUE)),
    ("falseValues", list(FALSE)),
    ("delimiter", ","),
    ("itemType", "string"),
)
_OWN_KINDS = {*dict(_HOW_WRITTEN), "name", "constraints", "categories", "missingValues", "categoriesOrdered"}
_OF_SCHEMA = {*_KEYS, "fields", "missingValues", "fieldsMatch"}


def schema_changes(old: Loaded, new: Loaded) -> Iterator[Change]:
    """Every change from the columns and the schema of one table to those of the other."""
    table, before, after = new.name, old.schema, new.schema
    yield from _keys(table, before.descriptor, after.descriptor)
    yield from _columns(table, old.header, new)
    yield from changed_properties(before.descriptor, after.descriptor, _OF_SCHEMA, table)
    yield from _of_the_table(table, before.descriptor, after.descriptor)
    for name in new.header:
        if name in old.header:
            yield from _field(table, name, before, after)


def _keys(table: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in _KEYS:
        before, after = old.get(name), new.get(name)
        if _normal(table, name, before) != _normal(table, name, after):
            if name == "uniqueKeys":
                yield _unique(table, before, after)
                continue
            variant = "reference" if name == "foreignKeys" else ""
            yield Change(kind="key_changed", variant=variant, table=table, aspect=name, old=before, new=after)


def _unique(table: str, before: Any, after: Any) -> Change:
    """Unique keys name no rows: they are constraints of the table."""
    old, new = set(_normal(table, "uniqueKeys", before)), set(_normal(table, "uniqueKeys", after))
    kind = "tightened" if old < new else "loosened" if new < old else "changed"
    return Change(kind=f"constraint_{kind}", table=table, aspect="uniqueKeys", old=before, new=after)


def _normal(table: str, name: str, key: Any) -> Any:
    """A key written as one name or as a list of names is the same key, in whatever order several are listed."""
    if name == "primaryKey":
        return as_names(key)
    if name == "uniqueKeys":
        return sorted(as_names(item) for item in key or [])
    references = ((as_names(item.get("fields")), item.get("reference") or {}) for item in key or [])
    return sorted(
        (fields, target.get("resource") or table, as_names(target.get("fields"))) for fields, target in references
    )


def _of_the_table(table: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Which columns may be missing, and what people read about the missing values."""
    matches = [as_names(schema.get("fieldsMatch")) or ("exact",) for schema in (old, new)]
    if matches[0] != matches[1]:
        yield Change(kind="constraint_changed", table=table, aspect="fieldsMatch", old=matches[0][0], new=matches[1][0])
    yield from _labels(table, None, "missingValues", old, new)


def _labels(
    table: str, name: str | None, aspect: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    """Labels beside values that are the same."""
    before, after = old.get(aspect) or [], new.get(aspect) or []
    if before != after and _plain(before) == _plain(after):
        yield Change(kind="metadata_changed", table=table, field=name, aspect=aspect, old=before, new=after)


def _plain(listed: Sequence[Any]) -> list[Any]:
    return [item["value"] if isinstance(item, dict) else item for item in listed]


def _columns(table: str, old: Sequence[str], new: Loaded) -> Iterator[Change]:
    """Columns removed, added (at the end or elsewhere) and moved, as the files have them."""
    names = new.header
    yield from (Change(kind="field_removed", table=table, field=name) for name in old if name not in names)
    last = max((names.index(name) for name in old if name in names), default=-1)
    for position, name in enumerate(names):
        if name not in old:
            required = new.schema.fields.get(name, {}).get("constraints", {}).get("required") is True
            variant = "required" if required else "appended" if position > last else "inserted"
            yield Change(kind="field_added", variant=variant, table=table, field=name, new=position + 1)
    kept = [name for name in old if name in names]
    order = [name for name in names if name in old]
    for name in order:
        if kept.index(name) != order.index(name):
            yield Change(
                kind="field_moved", table=table, field=name, old=old.index(name) + 1, new=names.index(name) + 1
            )


def _field(table: str, name: str, old_schema: Schema, new_schema: Schema) -> Iterator[Change]:
    old, new = old_schema.fields.get(name, {}), new_schema.fields.get(name, {})
    for aspect, default in _HOW_WRITTEN:
        before, after = old.get(aspect, default), new.get(aspect, default)
        if before != after:
            yield Change(kind="field_retyped", table=table, field=name, aspect=aspect, old=before, new=after)
    yield from _constraints(table, name, old_schema, new_schema)
    yield from _missing_values(table, name, old_schema, new_schema)
    yield from _categories(table, name, old, new)
    yield from changed_properties(old, new, _OWN_KINDS, table, name)


def _constraints(table: str, name: str, old: Schema, new: Schema) -> Iterator[Change]:
    before, after = (schema.fields.get(name, {}).get("constraints") or {} for schema in (old, new))
    columns = Column(old, name), Column(new, name)
    for aspect in sorted({*before, *after}):
        one, two = before.get(aspect), after.get(aspect)
        kind = tightening(aspect, columns, one, two)
        if kind != "same":
            yield Change(kind=f"constraint_{kind}", table=table, field=name, aspect=aspect, old=one, new=two)


def _missing_values(table: str, name: str, old: Schema, new: Schema) -> Iterator[Change]:
    before, after = sorted(old.missing_values(name)), sorted(new.missing_values(name))
    if before != after:
        aspect = "missingValues"
        yield Change(kind="constraint_changed", table=table, field=name, aspect=aspect, old=before, new=after)
    else:
        yield from _labels(table, name, "missingValues", old.fields.get(name, {}), new.fields.get(name, {}))


def _categories(table: str, name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Categories one by one; that there are any at all, that they are ordered, and their order, are constraints."""
    if ("categories" in old) != ("categories" in new):
        kind = "constraint_loosened" if "categories" in old else "constraint_tightened"
        shown = [_plain(field["categories"]) if "categories" in field else None for field in (old, new)]
        yield Change(kind=kind, table=table, field=name, aspect="categories", old=shown[0], new=shown[1])
        return
    before, after = _plain(old.get("categories", [])), _plain(new.get("categories", []))
    gone, come = [each for each in before if each not in after], [each for each in after if each not in before]
    yield from (Change(kind="category_removed", table=table, field=name, old=value) for value in gone)
    yield from (Change(kind="category_added", table=table, field=name, new=value) for value in come)
    ordered = bool(old.get("categoriesOrdered")), bool(new.get("categoriesOrdered"))
    if ordered[0] != ordered[1]:
        shown = [field.get("categoriesOrdered") for field in (old, new)]
        aspect = "categoriesOrdered"
        yield Change(kind="constraint_changed", table=table, field=name, aspect=aspect, old=shown[0], new=shown[1])
    elif all(ordered) and [each for each in before if each in after] != [each for each in after if each in before]:
        yield Change(kind="constraint_changed", table=table, field=name, aspect="categories", old=before, new=after)
    yield from _labels(table, name, "categories", old, new)
