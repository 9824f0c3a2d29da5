"""`COLUMN=VALUE` as people give it: which cells it fills, and what each of them may hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from musterroll.drafting.cell_rules import fault_of
from musterroll.drafting.notation import cells_of, stem_columns
from musterroll.drafting.unfit import refuse
from musterroll.package.table import Table


@dataclass(frozen=True)
class Settings:
    """Cells by column, and what was said of a stem in the notation of the record."""

    cells: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)


def read_settings(table: Table, pairs: Sequence[tuple[str, str]]) -> Settings:
    """The cells that pairs of column (or stem) and value fill.

    Raises `Unfit` with every fault: an unknown column, a column set twice, a value
    that its column may not hold (with the codes that it may).
    """
    cells: dict[str, str] = {}
    said: dict[str, str] = {}
    faults: list[str] = []
    for name, text in pairs:
        try:
            found = _cells(table, name, unicodedata.normalize("NFC", text))
        except ValueError as error:
            faults.append(f"{name}={text}: {error}")
            continue
        faults += [f"{column} is set twice" for column in found if column in cells]
        cells |= found
        if name not in table.index:
            said[name] = text
    refuse([*faults, *_faults(table, cells)])
    return Settings(cells, said)


def _cells(table: Table, name: str, text: str) -> dict[str, str]:
    if name in table.index:
        return {name: text}
    columns = stem_columns(name, table.header)
    return cells_of(columns, text) if columns else _unknown(table, name)


def _unknown(table: Table, name: str) -> dict[str, str]:
    close = get_close_matches(name, table.header, n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    raise ValueError(f"{table.name} has no column {name}.{hint} Its columns are {', '.join(table.header)}")


def _faults(table: Table, cells: Mapping[str, str]) -> Iterator[str]:
    for name, text in cells.items():
        fault = fault_of(table, name, text)
        if fault:
            yield f"{name}={text}: {fault}"
