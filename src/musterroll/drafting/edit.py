"""Rows added to a CSV file and taken out of it, at their canonical place; every other byte stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from musterroll.drafting.unfit import Unfit
from musterroll.package.canonical import csv_record, row_order
from musterroll.package.inline import InlineTable
from musterroll.package.places import physical_lines
from musterroll.package.table import Table

_MARK = "\ufeff"


@dataclass(frozen=True)
class _Piece:
    """The text of one row, its line end included, and what it is sorted by."""

    text: str
    order: Any
    is_new: bool = False


@dataclass(frozen=True)
class TableEdit:
    """Rows to add to a table, and positions of rows to take out."""

    table: Table
    added: tuple[tuple[str, ...], ...] = ()
    dropped: frozenset[int] = frozenset()

    @property
    def data(self) -> bytes:
        """The file afterwards."""
        return (self._head + "".join(piece.text for piece in self._pieces)).encode()

    def shown(self) -> Iterator[tuple[str, int, str]]:
        """What goes and what comes: `-` or `+`, the physical line before or after, the text without its line end."""
        for row in sorted(self.dropped):
            yield "-", self.table.lines[row], self._texts[row].rstrip("\r\n")
        line = len(physical_lines(self._head.removeprefix(_MARK))) + 1
        for piece in self._pieces:
            if piece.is_new:
                yield "+", line, piece.text.rstrip("\r\n")
            line += len(physical_lines(piece.text))

    @cached_property
    def _pieces(self) -> list[_Piece]:
        kept = [row for row in range(len(self.table.rows)) if row not in self.dropped]
        pieces = [_Piece(self._texts[row], row_order(self.table, self.table.rows[row])) for row in kept]
        for cells in self.added:
            text = csv_record(cells, self.table.dialect) + self._end
            _insert(pieces, _Piece(text, row_order(self.table, cells), is_new=True))
        return pieces

    @cached_property
    def _lines(self) -> list[str]:
        """All lines, each with a line end."""
        lines = physical_lines(self.table.data.decode())
        if lines and not lines[-1].endswith(("\n", "\r")):
            lines[-1] += self._end
        return lines

    @property
    def _head(self) -> str:
        """What stands before the first row."""
        first = self.table.lines[0] if self.table.lines else len(self._lines) + 1
        return "".join(self._lines[: first - 1])

    @cached_property
    def _texts(self) -> list[str]:
        """Each row as it stands in the file."""
        begins = [*(line - 1 for line in self.table.lines), len(self._lines)]
        return ["".join(self._lines[begin:end]) for begin, end in pairwise(begins)]

    @property
    def _end(self) -> str:
        """The line end of the file, as it is written or else as it is declared."""
        first = next(iter(physical_lines(self.table.data.decode())), "")
        written = first[len(first.rstrip("\r\n")) :]
        return written or self.table.dialect.line_terminator or "\n"


def editable(table: Table) -> Table:
    """The table, if it stands in a CSV file in UTF-8; else raises `Unfit`."""
    if isinstance(table, InlineTable):
        raise Unfit(f"the table {table.name} stands in {table.file}; only tables in files of their own are edited")
    if table.encoding != "utf-8":
        raise Unfit(f"{table.file} is declared {table.encoding}; only UTF-8 is edited")
    return table


def _insert(pieces: list[_Piece], piece: _Piece) -> None:
    """Behind the last row that is not greater: in a sorted file its place, in any other a fair one."""
    at = len(pieces)
    while at and pieces[at - 1].order > piece.order:
        at -= 1
    pieces.insert(at, piece)
