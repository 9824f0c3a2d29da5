"""Tables that fit the width there is: no cell is ever cut, but it may be broken where a line may end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

R = TypeVar("R")
Parts = tuple[str, ...]  # of a cell, between which a line may end

_GAP = 2


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column: its heading, its cell in a row in parts, its style in a row, and how gladly it is broken."""

    heading: str
    cell: Callable[[R], Parts]
    is_number: bool = False
    style: Callable[[R], str] = lambda _: ""
    breaks: Literal["gladly", "if it must"] = "if it must"

    def width(self, rows: Sequence[R], *, broken: bool) -> int:
        """Its width on one line, or with a line for each part."""
        cells = (self.cell(row) for row in rows)
        lines = (line for parts in cells for line in (parts if broken else (" ".join(parts),)))
        return max(map(cell_len, (self.heading, *lines)))


@dataclass(frozen=True)
class Sheet(Generic[R]):
    """A table: its title and columns, and which of these are broken."""

    title: str
    columns: Sequence[Column[R]]
    broken: frozenset[int] = frozenset()

    def width(self, rows: Sequence[R]) -> int:
        """How wide it is."""
        widths = (column.width(rows, broken=at in self.broken) for at, column in enumerate(self.columns))
        return max(sum(widths) + _GAP * (len(self.columns) - 1), cell_len(self.title))

    def broken_to(self, width: int, rows: Sequence[R], *, any_column: bool) -> Sheet[R]:
        """The sheet with as many columns broken, those that save most first, as the width asks for and as may be."""
        sheet = self
        while sheet.width(rows) > width:
            candidates = {
                at: sheet._saved(at, rows)
                for at, column in enumerate(self.columns)
                if at not in sheet.broken and (any_column or column.breaks == "gladly")
            }
            best = max(candidates, key=lambda at: candidates[at], default=None)
            if best is None or not candidates[best]:
                break
            sheet = Sheet(self.title, self.columns, sheet.broken | {best})
        return sheet

    def table(self, rows: Sequence[R], style: Callable[[R], str]) -> Table:
        """The table with its rows, each in a style of its own."""
        table = Table(title=self.title, title_justify="left", box=None, pad_edge=False, padding=(0, _GAP, 0, 0))
        for at, column in enumerate(self.columns):
            width = column.width(rows, broken=at in self.broken)
            justify: Literal["left", "right"] = "right" if column.is_number else "left"
            table.add_column(Text(column.heading), justify=justify, no_wrap=True, min_width=width)
        for row in rows:
            cells = (self._cell(at, column, row) for at, column in enumerate(self.columns))
            table.add_row(*cells, style=style(row))
        return table

    def _saved(self, at: int, rows: Sequence[R]) -> int:
        column = self.columns[at]
        return column.width(rows, broken=False) - column.width(rows, broken=True)

    def _cell(self, at: int, column: Column[R], row: R) -> Text:
        return Text(("\n" if at in self.broken else " ").join(column.cell(row)), column.style(row))


def fitted(layouts: Iterable[Sequence[Sheet[R]]], rows: Sequence[R], width: int) -> Sequence[Sheet[R]]:
    """The first layout that fits the width, columns broken gladly; else the last one, broken wherever it may be."""
    tried = list(layouts)
    for sheets in tried:
        bent = [sheet.broken_to(width, rows, any_column=False) for sheet in sheets]
        if all(sheet.width(rows) <= width for sheet in bent):
            return bent
    return [sheet.broken_to(width, rows, any_column=True) for sheet in tried[-1]]
