"""Rows as text for people: a table if it fits the width, else one row after the other. No cut goes unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from muster_cli.render.console import printed
from muster_cli.render.visible import visible

if TYPE_CHECKING:
    from musterroll.query.answer import Answer

_SHOWN = 100
_LONGEST = 2_000  # characters of one value
_GAP = 2
_FOLDED = 24  # a column of text may be folded to so many characters, and is no narrower


def render_text(answer: Answer, *, width: int, colour: bool = False, show_all: bool = False) -> str:
    """The rows, the first hundred unless `show_all`, and how many there are."""
    rows = answer.rows
    shown = [[_shown(value) for value in row] for row in (rows if show_all else islice(rows, _SHOWN))]
    left_out = sum(1 for _ in rows)
    numbers = {at for at, (_, type) in enumerate(answer.columns) if _is_number(type)}
    return printed(_parts(answer.names, shown, numbers, width, left_out), colour=colour, width=max(width, _GAP))


def _parts(
    names: Sequence[str], rows: list[list[str]], numbers: set[int], width: int, left_out: int
) -> Iterator[RenderableType]:
    headings = [visible(name) for name in names]
    if _least(headings, rows, numbers) <= width:
        yield _table(headings, rows, numbers)
    else:
        for row in rows:
            yield _record(headings, row)
            yield Text()
    if left_out:
        yield Text(f"… and {left_out:,} more rows; --all shows them, --format csv writes them", "dim")
    total = len(rows) + left_out
    yield Text(f"{total:,} row" + ("" if total == 1 else "s"), "dim")


def _least(headings: list[str], rows: list[list[str]], numbers: set[int]) -> int:
    """The width below which the table could not be read: numbers and short texts whole, long ones folded."""
    widths = []
    for at, heading in enumerate(headings):
        longest = max([cell_len(row[at]) for row in rows], default=0)
        widths.append(max(cell_len(heading), longest if at in numbers else min(longest, _FOLDED)))
    return sum(widths) + _GAP * (len(widths) - 1)


def _table(headings: list[str], rows: list[list[str]], numbers: set[int]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0))
    for at, heading in enumerate(headings):
        longest = max([cell_len(row[at]) for row in rows], default=0)
        folds = at not in numbers and longest > _FOLDED
        table.add_column(
            Text(heading, "bold"),
            justify="right" if at in numbers else "left",
            overflow="fold",
            no_wrap=not folds,
            min_width=_FOLDED if folds else None,
        )
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _record(headings: list[str], row: list[str]) -> Table:
    grid = Table.grid(padding=(0, _GAP))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for heading, value in zip(headings, row, strict=True):
        if value:
            grid.add_row(Text(heading, "dim"), Text(value))
    return grid


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return visible(value.isoformat() if isinstance(value, date) else str(value), _LONGEST)


def _is_number(type: str) -> bool:
    return type.startswith(("DECIMAL", "DOUBLE", "FLOAT", "HUGEINT")) or type.endswith(("INT", "INTEGER"))
