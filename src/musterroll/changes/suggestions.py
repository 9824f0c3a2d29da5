"""Removals and additions that look like one thing with another name: suggested, never assumed."""

from __future__ import annotations

from collections.abc import Iterator

from musterroll.changes.change import Change
from musterroll.changes.row_changes import Pairing


def renamed_fields(pairing: Pairing) -> Iterator[Change]:
    """A column that is gone, and the new one of the same type that holds the same cells in most rows of the same key.

    Where several hold them equally often, all are named.
    """
    old, new = pairing.old, pairing.new
    if not pairing.key:
        return
    for gone in (name for name in old.header if name not in new.header):
        kind = old.schema.fields.get(gone, {}).get("type", "string")
        alike = [name for name in pairing.added if new.schema.fields.get(name, {}).get("type", "string") == kind]
        shares = {name: _same_cells(pairing, gone, name) for name in alike}
        best = max(shares.values(), default=0.0)
        for name, share in shares.items():
            if share == best and share > _MOST_OF:
                yield Change(kind="field_renamed", table=new.name, field=gone, old=gone, new=name, suggested=True)


_MOST_OF = 0.5


def _same_cells(pairing: Pairing, gone: str, name: str) -> float:
    """The share of the rows with a cell in either column in which it is the same cell."""
    old, new = f"x.{pairing.old.column(gone)}", f"y.{pairing.new.column(name)}"
    ((same, filled),) = pairing.rows(
        f"SELECT count(*) FILTER ({old} = {new}), count(*) FROM {pairing.old.sql} x JOIN {pairing.new.sql} y "
        f"ON {pairing.same_key} WHERE {old} <> '' OR {new} <> ''"
    )
    return float(same / filled) if filled else 0.0


def rekeyed_rows(pairing: Pairing) -> Iterator[Change]:
    """A row that is gone and a new one with another key and the same cells, where no other row has these cells."""
    if not pairing.key or not pairing.common:
        return
    keys = [f"x.{pairing.old.column(name)}" for name in pairing.key]
    new_keys = [f"y.{pairing.new.column(name)}" for name in pairing.key]
    old = [pairing.old.column(name) for name in pairing.common]
    new = [pairing.new.column(name) for name in pairing.common]
    same = " AND ".join(f"x.{one} = y.{two}" for one, two in zip(old, new, strict=True))
    empty = " AND ".join(f"x.{name} = ''" for name in old)
    query = (
        f"SELECT {', '.join([*keys, *new_keys])} FROM {_alone(pairing, old=True)} x "
        f"JOIN {_alone(pairing, old=False)} y ON {same} WHERE NOT ({empty}) ORDER BY {', '.join(keys)}"
    )
    width = len(keys)
    for row in pairing.rows(query):
        before, after = (dict(zip(pairing.key, part, strict=True)) for part in (row[:width], row[width:]))
        yield Change(kind="row_rekeyed", table=pairing.new.name, key=before, new_key=after, suggested=True)


def _alone(pairing: Pairing, *, old: bool) -> str:
    """The rows that only one side has and whose cells, the key aside, no other such row has."""
    side = pairing.old if old else pairing.new
    cells = ", ".join(f"x.{side.column(name)}" for name in pairing.common)
    return (
        f"(SELECT x.* FROM {side.sql} x WHERE {pairing.only_here(side)} "
        f"QUALIFY count(*) OVER (PARTITION BY {cells}) = 1)"
    )


def renamed_table(pairing: Pairing, differences: Iterator[Change]) -> Iterator[Change]:
    """A table that is gone and a new one with the same columns and the same rows, of which there are some."""
    same_columns = pairing.old.header == pairing.new.header
    if same_columns and pairing.old.rows and pairing.old.rows == pairing.new.rows and next(differences, None) is None:
        old, new = pairing.old.name, pairing.new.name
        yield Change(kind="table_renamed", table=old, old=old, new=new, suggested=True)
