"""Read a workbook back: with calamine, after a look at its parts for what calamine does not show.

calamine decodes the escapes of control characters, which openpyxl leaves in the
text, and is several times as fast. It gives the last result of a formula instead
of the formula, and makes room for every cell between two that are far apart:
both are looked for first.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from musterroll.package.limits import FILE_BYTES
from musterroll.release.exports.comparison import Rows

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_BLOCK = 1 << 20
_OVERLAP = 64
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_SPARE_CELLS = 100_000


class NotRead(Exception):
    """Why a workbook was not read, in words that follow its path."""


@dataclass(frozen=True)
class Book:
    """A workbook that can be read; its methods raise `NotRead` where it is damaged."""

    workbook: CalamineWorkbook

    @property
    def names(self) -> Sequence[str]:
        """The sheets, in order."""
        return self.workbook.sheet_names

    def rows(self, name: str) -> list[list[object]]:
        """The cells of a sheet from its first one on, all rows equally wide; an empty cell is an empty text."""
        with _damage():
            return [list(row) for row in self.workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)]

    def table(self, name: str, width: int, filled: int, count: int) -> Rows:
        """The table on a sheet. Of so many rows those behind the `filled` ones are empty and may be absent."""
        padded = [[*cells, *[""] * (width - len(cells))] for cells in self.rows(name)]
        header, *found = padded or [[]]
        if filled <= len(found) < count:
            found += [[""] * len(header)] * (count - len(found))
        rows = [tuple(None if cell == "" else cell for cell in cells) for cells in found]
        return Rows([str(label) for label in header], rows)


def read_book(place: Path, largest: int) -> Book:
    """The workbook, whose largest sheet should fill so many cells.

    Raises `NotRead` if it is missing, damaged, or not what it should be.
    """
    from python_calamine import load_workbook

    if not place.is_file():
        raise NotRead("the file is missing")
    with _damage():
        _look(place, 4 * largest + _SPARE_CELLS)
        return Book(load_workbook(place))


@contextmanager
def _damage() -> Iterator[None]:
    from python_calamine import CalamineError

    try:
        yield
    except (
        CalamineError,
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        OSError,
        EOFError,
        RuntimeError,  # encrypted, or packed in a way that Python does not know
        ValueError,
    ) as error:
        raise NotRead("the file is damaged or no workbook") from error


def _look(place: Path, most: int) -> None:
    """Look at every part; it also proves that none is damaged."""
    with zipfile.ZipFile(place) as archive:
        for member in archive.infolist():
            if member.file_size > FILE_BYTES:
                raise NotRead(f"its part {member.filename!r} is larger than any workbook of ours")
            with archive.open(member) as stream:
                _look_at(cast("BinaryIO", stream), most)


def _look_at(stream: BinaryIO, most: int) -> None:
    columns, last, tail = {b"A"}, 1, b""
    while block := stream.read(_BLOCK):
        text, tail = tail + block, block[-_OVERLAP:]
        if _FORMULA.search(text):
            raise NotRead("it holds formulas")
        references = _REFERENCE.findall(text)
        columns.update(column for column, _ in references)
        last = max([last, *(int(row) for _, row in references)])
        if last * max(map(_number, columns)) > most:
            raise NotRead("it has cells far outside its tables")


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
