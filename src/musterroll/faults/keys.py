"""Faults of keys: ids that are doubled, empty, misspelt or exchanged."""

from __future__ import annotations

from random import Random

from musterroll.faults.edits import Edit, Spot, cells_changed, name_of, tables_changed
from musterroll.faults.evidenced import evidence_for
from musterroll.faults.fault import Fault, Kind
from musterroll.faults.making import cell_kind
from musterroll.faults.original import Column, Original
from musterroll.faults.values import digit_mistyped
from musterroll.package.table import Table


def _is_id(column: Column) -> bool:
    """The only column of a key that refers to nothing else."""
    table = column.table
    return table.schema.primary_key == (column.name,) and column.type == "string"


def _doubled(original: Original, random: Random) -> Fault | None:
    """A row is entered twice, with its id."""
    for table in original.tables_of(random):
        if table.schema.primary_key:
            row = random.randrange(len(table.rows))
            rows = [*(list(cells) for cells in table.rows), list(table.rows[row])]
            return tables_changed(
                {table.name: (table, rows)},
                [(table, row, None), (table, len(rows) - 1, None)],
                f"{table.name} {name_of(table, row)} stands there twice",
            )
    return None


def _taken(original: Original, random: Random) -> Fault | None:
    """A row gets the id of another."""
    for column, row in original.shuffled(random, _is_id):
        other = (row + 1) % len(column.table.rows)
        if other != row:
            return cells_changed(Edit(column.table, row, column.name, column.table.cell(other, column.name)))
    return None


def _renumbered(original: Original, random: Random) -> Fault | None:
    """A digit of an id is another, and no row has that id."""
    for column, row in original.shuffled(random, _is_id):
        table, old = column.table, column.table.cell(row, column.name)
        digits = old.lstrip("".join(char for char in old if not char.isdigit())) if old else ""
        new = digit_mistyped(digits, random) if digits and old.endswith(digits) else None
        taken = set(table.column(column.name))
        if new and old[: -len(digits)] + new not in taken and _users(original, table, row):
            edit = Edit(table, row, column.name, old[: -len(digits)] + new)
            return cells_changed(edit, at=[(table, row, None), *_users(original, table, row)])
    return None


def _users(original: Original, table: Table, row: int) -> list[Spot]:
    """Cells of other tables that say the id: of evidence, or of a foreign key."""
    column = table.schema.primary_key[0]
    id, evidence = table.cell(row, column), original.tables.get("evidence")
    found: list[Spot] = [(evidence, at, "row_id") for at in evidence_for(original, table, row)] if evidence else []
    for (name, field), target in original.references.items():
        if target == (table.name, column) and name in original.tables:
            user = original.tables[name]
            found += [(user, at, field) for at, text in enumerate(user.column(field)) if text == id]
    return found


def _exchanged(original: Original, random: Random) -> Fault | None:
    """Two neighbouring rows for which there is evidence exchange their ids; or all other cells, it is the same."""
    for column, row in original.shuffled(random, _is_id):
        table, other = column.table, row + 1
        if other < len(table.rows) and _differ(original, table, row):
            one, two = table.cell(row, column.name), table.cell(other, column.name)
            edits = [Edit(table, row, column.name, two), Edit(table, other, column.name, one)]
            return cells_changed(*edits, at=[(table, row, None), (table, other, None)])
    return None


def _differ(original: Original, table: Table, row: int) -> bool:
    """Whether evidence says of a row and of the next one what is not the same in both."""
    fields = [name for name in table.header if name.endswith(("_best", "_earliest"))]
    differ = any(table.cell(row, name) != table.cell(row + 1, name) for name in fields)
    return differ and all(evidence_for(original, table, at) for at in (row, row + 1))


def _id_form(text: str, _: Random, __: Column) -> str | None:
    """An id loses the zeros before its number."""
    head, dash, number = text.rpartition("-")
    return f"{head}{dash}{int(number)}" if dash and number.isdigit() and number.startswith("0") else None


_S = "keys"
KINDS: tuple[Kind, ...] = (
    Kind("row-twice", _S, "a row is entered twice, with its id", "row", _doubled),
    Kind("id-taken", _S, "a row has the id of the next one", "cell", _taken),
    Kind("id-mistyped", _S, "an id is mistyped, and no row has that one", "row", _renumbered),
    Kind("ids-exchanged", _S, "two neighbouring rows have exchanged their ids", "row", _exchanged),
    cell_kind("id-emptied", _S, "an id is empty", _is_id, lambda text, *_: "" if text else None),
    cell_kind("id-without-zeros", _S, "an id is written D-7", _is_id, _id_form),
)
