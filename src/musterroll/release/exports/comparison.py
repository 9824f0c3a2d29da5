"""Is what was read back from an export equal to the table? What is not, in sentences, some for each file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from musterroll.package.table import Table
from musterroll.release.exports.restoring import Alien, restored
from musterroll.typed.columns import TypedColumn

SENTENCES = 10
_SHOWN = 60
_PLAIN = re.compile(r"[\w./:…+-]+")

Row = Sequence[object]
Label = Callable[[int], str]


@dataclass(frozen=True)
class Rows:
    """Names of columns, and rows as wide as they are many."""

    names: Sequence[str]
    rows: Sequence[tuple[object, ...]]


def row_label(table: Table) -> Label:
    """How people find a row of the table: its number behind the header, and its key."""

    def label(row: int) -> str:
        key = ", ".join(f"{shown(name)} {shown(text)}" for name, text in table.key(row).items())
        return f"row {row + 1} ({key})" if key else f"row {row + 1}"

    return label


def table_differences(where: str, columns: Sequence[TypedColumn], stored: Rows, label: Label) -> Iterator[str]:
    """What in the stored rows is no value of the columns; `where` names the file, and the table in it."""
    expected = Rows([column.name for column in columns], list(zip(*(column.values for column in columns), strict=True)))
    kinds = [column.kind for column in columns]
    is_as_wide = len(stored.names) == len(kinds)
    rows = [tuple(map(restored, kinds, row)) for row in stored.rows] if is_as_wide else stored.rows
    return row_differences(where, expected, Rows(stored.names, rows), label)


def row_differences(where: str, expected: Rows, found: Rows, label: Label) -> Iterator[str]:
    """What in `found` is not as expected: columns, or else rows and cells."""
    faults = _of_names(expected.names, found.names)
    if list(expected.names) == list(found.names):
        faults = iter(()) if list(expected.rows) == list(found.rows) else _of_rows(expected, found, label)
    return (f"{where}: {fault}" for fault in faults)


def unreadable(path: str, place: Path, form: str) -> str:
    """The sentence about a file that could not be read at all."""
    return f"{path}: the file is {f'damaged or no {form}' if place.is_file() else 'missing'}"


def capped(file: str, sentences: Iterable[str]) -> Iterator[str]:
    """The first few sentences about a file, and how many more there are."""
    rest = iter(sentences)
    yield from islice(rest, SENTENCES)
    if more := sum(1 for _ in rest):
        yield f"{file}: and {more:,} more {'difference' if more == 1 else 'differences'}"


def shown(value: object) -> str:
    """A value in a sentence: inert, on one line, and not too long; text in quotes unless it is a plain word."""
    if isinstance(value, Alien):
        return f"{shown(value.stored)} ({type(value.stored).__name__})"
    if value is None:
        return "missing"
    text = value if isinstance(value, str) else str(value)
    short = text[: _SHOWN - 1] + "…" if len(text) > _SHOWN else text
    return short if _PLAIN.fullmatch(short) else repr(short)


def _of_names(expected: Sequence[str], found: Sequence[str]) -> Iterator[str]:
    missing, extra = Counter(expected) - Counter(found), Counter(found) - Counter(expected)
    yield from (f"the column {shown(name)} is missing" for name in missing)
    yield from (f"the column {shown(name)} is not in the table" for name in extra)
    if not missing and not extra and list(expected) != list(found):
        yield f"the columns stand in another order: {', '.join(map(shown, found))}"


def _of_rows(expected: Rows, found: Rows, label: Label) -> Iterator[str]:
    missing, extra = Counter(expected.rows) - Counter(found.rows), Counter(found.rows) - Counter(expected.rows)
    if not missing and not extra:
        first = next(row for row, pair in enumerate(zip(expected.rows, found.rows, strict=True)) if pair[0] != pair[1])
        yield f"the rows stand in another order from {label(first)} on"
    elif len(expected.rows) == len(found.rows):
        for row, (wanted, cells) in enumerate(zip(expected.rows, found.rows, strict=True)):
            yield from _of_cells(label(row), expected.names, wanted, cells) if wanted != cells else ()
    else:
        yield f"it has {len(found.rows):,} rows, the table {len(expected.rows):,}"
        yield from _absent(expected.rows, missing, label)
        for cells, count in extra.items():
            yield f"{'a row' if count == 1 else f'{count} equal rows'} too many: {', '.join(map(shown, cells[:4]))}"


def _absent(rows: Sequence[tuple[object, ...]], missing: Counter[tuple[object, ...]], label: Label) -> Iterator[str]:
    """Every missing row; of equal rows the last ones."""
    left, sentences = missing.copy(), []
    for row in range(len(rows) - 1, -1, -1):
        if left[rows[row]] > 0:
            left[rows[row]] -= 1
            sentences.append(f"{label(row)} is missing")
    yield from reversed(sentences)


def _of_cells(label: str, names: Sequence[str], wanted: Row, cells: Row) -> Iterator[str]:
    for name, want, cell in zip(names, wanted, cells, strict=True):
        if want != cell:
            yield f"{label}: {shown(name)} is {shown(cell)}, in the table {shown(want)}"
