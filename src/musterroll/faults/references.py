"""Faults of references: to nothing, to the wrong row, to itself."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from musterroll.faults.edits import Edit, Spot, cells_changed, spots
from musterroll.faults.fault import Fault, Inject, Kind
from musterroll.faults.making import cell_kind
from musterroll.faults.original import Column, Original
from musterroll.package.table import Table


def _inject(
    fits: Callable[[Column], bool],
    becomes: Callable[[Original, Table, int, str, Random], str | None],
    also: tuple[str, ...] = (),
) -> Inject:
    """Plants another text in a column; `also` are cells of the row that contradict it then and may be named, too."""

    def inject(original: Original, random: Random) -> Fault | None:
        for column, row in original.shuffled(random, fits):
            old = column.table.cell(row, column.name)
            new = becomes(original, column.table, row, column.name, random) if old else None
            if new is not None and new != old:
                edit = Edit(column.table, row, column.name, new)
                beside: list[Spot] = [(edit.table, row, name) for name in also if name in edit.table.index]
                return cells_changed(edit, at=[*spots([edit]), *beside])
        return None

    return inject


def _is_reference(column: Column) -> bool:
    return column.is_linked and column.type == "string" and column.table.schema.primary_key != (column.name,)


def _dangling(original: Original, table: Table, row: int, name: str, _: Random) -> str | None:
    """The first letter of a word, or the last sign of an id, is another."""
    target = original.references.get((table.name, name))
    if target is None or target[0] not in original.tables:
        return None
    old, known = table.cell(row, name), set(original.tables[target[0]].column(target[1]))
    candidates = [old[:-1] + char for char in "ZQX97" if old[:-1] + char not in known]
    return candidates[0] if candidates else None


def _another(original: Original, table: Table, row: int, name: str, random: Random) -> str | None:
    target = original.references.get((table.name, name))
    if target is None or target[0] not in original.tables:
        return None
    known = [text for text in original.tables[target[0]].column(target[1]) if text != table.cell(row, name)]
    return random.choice(known) if known else None


def _named(table: str, column: str) -> Callable[[Column], bool]:
    return lambda item: (item.table.name, item.name) == (table, column)


def _other_commitment(original: Original, table: Table, row: int, _: str, random: Random) -> str | None:
    """A commitment of another country."""
    commitments = original.tables["commitments"]
    country = table.cell(row, "country_code")
    others = sorted(
        {
            commitments.cell(at, "commitment_id")
            for at in range(len(commitments.rows))
            if commitments.cell(at, "country_code") != country
        }
    )
    return random.choice(others) if others else None


def _no_commitment(*_: object) -> str | None:
    return "C-9999"


def _itself(_: Original, table: Table, row: int, __: str, ___: Random) -> str | None:
    return table.cell(row, table.schema.primary_key[0])


def _other_row(original: Original, table: Table, row: int, name: str, random: Random) -> str | None:
    """Evidence is filed under another row of its table, which exists."""
    other = original.tables.get(table.cell(row, "table_name"))
    if other is None or table.cell(row, "revision") or table.cell(row, "field") == "":
        return None
    ids = [text for text in other.column(other.schema.primary_key[0]) if text != table.cell(row, name)]
    return random.choice(ids) if ids else None


def _no_row(_: Original, table: Table, row: int, name: str, __: Random) -> str | None:
    old = table.cell(row, name)
    return f"{old[:-4]}9999" if old[-4:].isdigit() else None


_S = "references"
KINDS: tuple[Kind, ...] = (
    Kind(
        "reference-dangling",
        _S,
        "a reference is mistyped and leads to nothing",
        "cell",
        _inject(_is_reference, _dangling),
    ),
    cell_kind(
        "reference-emptied",
        _S,
        "a reference that may not be empty is empty",
        lambda column: _is_reference(column) and bool(column.constraints.get("required")),
        lambda text, *_: "" if text else None,
    ),
    Kind(
        "country-exchanged",
        _S,
        "a movement is another country's",
        "cell",
        _inject(_named("deployments", "country_code"), _another, also=("commitment_id",)),
    ),
    Kind(
        "pledge-of-other-country",
        _S,
        "a pledge is another country's",
        "cell",
        _inject(_named("commitments", "country_code"), _another),
        "a pledge of one revision, under which nobody moved, says whose it is by that cell alone",
    ),
    Kind(
        "giver-exchanged",
        _S,
        "a contribution is another country's",
        "cell",
        _inject(_named("contributions", "country_code"), _another),
        "who gave is said by that cell alone",
    ),
    Kind(
        "source-exchanged",
        _S,
        "evidence cites another source that is listed",
        "cell",
        _inject(_named("evidence", "source_id"), _another),
        "the other source is a source",
    ),
    Kind(
        "event-exchanged",
        _S,
        "a figure belongs to another event",
        "cell",
        _inject(_named("event_figures", "event_id"), _another),
        "the other event is an event",
    ),
    Kind(
        "commitment-of-other-country",
        _S,
        "a movement carries out another country's pledge",
        "cell",
        _inject(_named("deployments", "commitment_id"), _other_commitment),
    ),
    Kind(
        "commitment-of-nobody",
        _S,
        "a movement carries out a pledge that does not exist",
        "cell",
        _inject(_named("deployments", "commitment_id"), _no_commitment),
    ),
    Kind(
        "part-of-itself",
        _S,
        "a contribution is part of itself",
        "cell",
        _inject(_named("contributions", "part_of"), _itself),
    ),
    Kind(
        "part-of-nothing",
        _S,
        "a contribution is part of one that does not exist",
        "cell",
        _inject(_named("contributions", "part_of"), _no_row),
    ),
    Kind(
        "evidence-elsewhere",
        _S,
        "evidence for a field is filed under another row of its table",
        "cell",
        _inject(_named("evidence", "row_id"), _other_row),
        missed="its value does not fit that row, so its stance is blamed: where it belongs nobody can know",
    ),
    Kind(
        "evidence-for-nothing",
        _S,
        "evidence is filed under a row that does not exist",
        "cell",
        _inject(_named("evidence", "row_id"), _no_row),
    ),
)
