"""Faults of order and form, which change no value: rows that moved, quotes without need, Unicode forms."""

from __future__ import annotations

import unicodedata
from random import Random

from musterroll.faults.edits import records, text_changed
from musterroll.faults.fault import Fault, Kind, Place
from musterroll.faults.making import records_kind
from musterroll.faults.original import Original
from musterroll.package.table import Table

_Changed = tuple[list[str], int | None] | None


def _shuffled(lines: list[str], _: Table, random: Random) -> _Changed:
    body = lines[1:]
    random.shuffle(body)
    return ([lines[0], *body], None) if body != lines[1:] else None


def _reversed(lines: list[str], _: Table, __: Random) -> _Changed:
    return [lines[0], *reversed(lines[1:])], None


def _one_moved(lines: list[str], _: Table, random: Random) -> _Changed:
    """The last row stands somewhere in the middle, as when it was pasted there."""
    if len(lines) < 4:
        return None
    at = random.randrange(1, len(lines) - 2)
    return [*lines[:at], lines[-1], *lines[at:-1]], at


def _quoted(_: list[str], table: Table, __: Random) -> _Changed:
    q, d = table.dialect.quote, table.dialect.delimiter
    end = table.dialect.line_terminator or "\n"
    rows = [list(table.header), *table.rows]
    return [d.join(q + cell.replace(q, q * 2) + q for cell in cells) + end for cells in rows], None


def _decomposed(original: Original, random: Random) -> Fault | None:
    """Accents stand beside their letters, as in names that come from a Mac."""
    for table in original.tables_of(random):
        for row, cells in enumerate(table.rows):
            for name, cell in zip(table.header, cells, strict=True):
                if unicodedata.normalize("NFD", cell) != cell:
                    lines = records(table)
                    lines[row + 1] = unicodedata.normalize("NFD", lines[row + 1])
                    place = Place(
                        file=table.file, table=table.name, key=table.key(row), line=table.lines[row], field=name
                    )
                    return text_changed(
                        table,
                        "".join(lines),
                        f"{table.name} line {table.lines[row]} {name}: accents apart from their letters",
                        place,
                    )
    return None


_S = "order"
_FORM = "no value changes; that files are in canonical form is asked of what is to be published (canonical-form)"
KINDS: tuple[Kind, ...] = (
    records_kind("rows-shuffled", _S, "the rows stand in another order", _shuffled, missed=_FORM),
    records_kind("rows-reversed", _S, "the rows stand in the reverse order", _reversed, missed=_FORM),
    records_kind("row-moved", _S, "the last row stands in the middle", _one_moved, level="row", missed=_FORM),
    records_kind("all-quoted", _S, "every cell is quoted, as some programs do", _quoted, missed=_FORM),
    Kind("accents-apart", _S, "accents stand apart from their letters (NFD)", "cell", _decomposed),
)
