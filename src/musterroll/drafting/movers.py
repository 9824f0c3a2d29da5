"""Which of the rows that share an id move, and which keep it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from musterroll.drafting.origins import Origins
from musterroll.drafting.unfit import Unfit
from musterroll.package.table import Table


@dataclass(frozen=True)
class Movers:
    """Rows of one id: those that move and those that keep it.

    `is_twofold` says that a row that stays came since the base as well, so that
    nothing else tells what speaks of which.
    """

    rows: tuple[int, ...]
    staying: tuple[int, ...] = ()
    is_revision: bool = False
    is_twofold: bool = False


def movers(table: Table, id: str, came: Origins | None, line: int | None = None) -> Movers:
    """The rows that move: the one in `line`, or what came since the base; without either, all if no two share a key.

    Raises `Unfit` if this does not tell them apart, or if there is nothing to move.
    """
    rows = [row for row, text in enumerate(table.column(table.schema.primary_key[0])) if text == id]
    if not rows:
        raise Unfit(f"{table.name} has no {id}")
    moving = _in_line(table, id, rows, line) if line is not None else _since(table, id, rows, came)
    staying = tuple(row for row in rows if row not in moving)
    is_twofold = came is not None and any(came.came(row) for row in staying)
    return Movers(tuple(moving), staying, _is_revision(table, moving, staying), is_twofold)


def doubles(table: Table) -> dict[tuple[str, ...], list[int]]:
    """The keys that name several rows, with these rows."""
    key = table.schema.primary_key
    keys = [tuple(table.cell(row, name) for name in key) for row in range(len(table.rows))]
    several = {each for each, times in Counter(keys).items() if times > 1}
    return {each: [row for row, other in enumerate(keys) if other == each] for each in keys if each in several}


def number_of(table: Table, row: int) -> int:
    """The second part of a key as a number; raises `Unfit`, with the place, if it is none."""
    name = table.schema.primary_key[1]
    text = table.cell(row, name)
    if not text.isdecimal():
        raise Unfit(f"{table.file}:{table.lines[row]}: {name} is {text!r}, which is no number")
    return int(text)


def _in_line(table: Table, id: str, rows: list[int], line: int) -> list[int]:
    found = [row for row in rows if table.lines[row] == line]
    if not found:
        raise Unfit(f"--line {line}: {id} stands in {_lines(table, rows)} of {table.file}")
    return found


def _since(table: Table, id: str, rows: list[int], came: Origins | None) -> list[int]:
    double = {row for several in doubles(table).values() for row in several if row in rows}
    where = f"{id} names {len(rows)} rows of {table.file} ({_lines(table, rows)})"
    if came is None:
        if double:
            raise Unfit(f"{where}: --since REV says what you merge into (its row stays), or --line N which one moves")
        return rows
    if came.unclear & double:
        raise Unfit(f"{where}, and none of them is as it was before: say which one moves with --line N")
    fresh = [row for row in rows if row in came.fresh]
    if not fresh or (len(fresh) < len(rows) and not double):
        raise Unfit(f"there is nothing to move: {id} is known there, and no other row is called so here")
    if len(fresh) == len(rows) and double:
        raise Unfit(f"{where}, none of them is known there: name a revision that has the row that stays")
    return fresh


def _is_revision(table: Table, moving: list[int], staying: tuple[int, ...]) -> bool:
    """Whether what moves was added to a chain whose beginning stays."""
    if len(table.schema.primary_key) != 2 or not staying:
        return False
    return min(number_of(table, row) for row in staying) < min(number_of(table, row) for row in moving)


def _lines(table: Table, rows: list[int]) -> str:
    numbers = sorted(table.lines[row] for row in rows)
    return f"line {numbers[0]}" if len(numbers) == 1 else f"lines {', '.join(map(str, numbers))}"
