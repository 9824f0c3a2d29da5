"""Does what a new row names exist?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from musterroll.drafting.cell_rules import among
from musterroll.drafting.links import Link, links_to
from musterroll.package.table import Table, as_names

_MAY_NAME_WHAT_IS_GONE = {"errata", "retired_ids", "waivers"}


def dangling(tables: Mapping[str, Table], table: Table, cells: Mapping[str, str]) -> Iterator[str]:
    """A fault for every reference of a new row of `table` to a row that is not there."""
    yield from _declared(tables, table, cells)
    yield from _undeclared(tables, table, cells)


def _declared(tables: Mapping[str, Table], table: Table, cells: Mapping[str, str]) -> Iterator[str]:
    for key in table.schema.descriptor.get("foreignKeys") or []:
        reference = key.get("reference") or {}
        target = tables.get(reference.get("resource") or table.name)
        columns, theirs = as_names(key.get("fields")), as_names(reference.get("fields"))
        if target is None or not set(theirs) <= set(target.index) or not set(columns) <= set(cells):
            continue
        values = tuple(cells[name] for name in columns)
        if any(text in table.schema.missing_values(name) for name, text in zip(columns, values, strict=True)):
            continue
        known = set(zip(*(target.column(name) for name in theirs), strict=True))
        if target is table:
            known.add(tuple(cells.get(name, "") for name in theirs))
        if values not in known:
            yield _told(columns, values, target, sorted({"/".join(each) for each in known}))


def _undeclared(tables: Mapping[str, Table], table: Table, cells: Mapping[str, str]) -> Iterator[str]:
    """References that no foreign key declares, because they name half of a key or rows of several tables."""
    if table.name in _MAY_NAME_WHAT_IS_GONE:
        return
    keys = table.schema.descriptor.get("foreignKeys") or []
    declared = {name for key in keys for name in as_names(key.get("fields"))[:1]}
    for target in tables.values():
        for link in links_to(tables, target):
            if link.table is table and link.column not in declared and _is_meant(link, target, cells):
                yield from _absent(link, target, cells)


def _is_meant(link: Link, target: Table, cells: Mapping[str, str]) -> bool:
    """Whether a row with these cells names a row of the target by this column."""
    if link.asserts:
        return (cells.get("table_name", ""), cells.get("field", "")) in link.asserts
    return link.is_declared_for_all or cells.get("table_name") == target.name


def _absent(link: Link, target: Table, cells: Mapping[str, str]) -> Iterator[str]:
    """A fault if no row of the target, nor the new one itself, has the id."""
    own, id = target.schema.primary_key[0], cells.get(link.column, "")
    known = set(target.column(own)) | ({cells.get(own, "")} if link.table is target else set())
    if id and id not in known:
        yield _told((link.column,), (id,), target, sorted(known))


def _told(columns: tuple[str, ...], values: tuple[str, ...], target: Table, known: list[str]) -> str:
    return (
        f"{', '.join(columns)}={', '.join(values)}: {target.name} has no such row; {among(known, '/'.join(values))}. "
        f"If it is new: muster new {target.name}"
    )
