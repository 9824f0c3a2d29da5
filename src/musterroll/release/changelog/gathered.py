"""The changes of a difference in one pass: counted, and of each list the first few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from musterroll.changes.change import CellChange, Change
from musterroll.changes.corrections import Erratum, answer, corrected_cells, errata_of, stem_of
from musterroll.changes.diff import Diff

T = TypeVar("T")

SHOWN = 6  # of each list of rows
_UNTOLD = {"release", "created", "horizon"}  # of the descriptor: told elsewhere, or of no interest to readers
_OF_ROWS = {"row_added": "added", "row_removed": "removed", "row_changed": "changed"}


@dataclass(frozen=True)
class Corrected:
    """What of one row has one cause: cells by column or by stem; none if the row as a whole came or went."""

    change: Change
    cells: Mapping[str, Sequence[CellChange]]
    erratum: Erratum | None

    @property
    def cause(self) -> str:
        """The cause that the erratum gives; empty without one."""
        return self.erratum.cause if self.erratum else ""


@dataclass
class First(Generic[T]):
    """How many there are, and the first of them."""

    count: int = 0
    first: list[T] = field(default_factory=list)

    def add(self, item: T, most: int = SHOWN) -> None:
        """Count one, and keep it if there are few."""
        self.count += 1
        if len(self.first) < most:
            self.first.append(item)


@dataclass
class Gathered:
    """What a changelog tells of the changes of a difference."""

    rows: dict[str, Counter[str]] = field(default_factory=dict)  # table: how many added, removed, changed
    first: dict[tuple[str, str], First[Change]] = field(default_factory=dict)  # by table and what happened
    corrected: dict[str, First[Corrected]] = field(default_factory=dict)  # by cause; "" is none that errata give
    whole_rows: First[tuple[Change, Erratum]] = field(
        default_factory=First
    )  # rows whose coming or going has an erratum
    lost: First[Change] = field(default_factory=First)  # rows that are gone, and retired_ids does not say why
    structure: dict[str, First[Change]] = field(default_factory=dict)  # all but rows, by rule

    def of(self, table: str, happened: str) -> First[Change]:
        """The rows of a table that were added, removed or changed."""
        return self.first.get((table, happened), First())

    def total(self, happened: str) -> int:
        """How many rows were added, removed or changed in all tables."""
        return sum(counts[happened] for counts in self.rows.values())


def gather(diff: Diff) -> Gathered:
    """Count all changes and keep the first of each list."""
    result, errata = Gathered(), errata_of(diff)
    for change in diff.changes():
        if change.kind in _OF_ROWS:
            _add_row(result, diff, change, errata)
        elif change.kind != "row_rekeyed" and (change.table or change.aspect not in _UNTOLD):
            result.structure.setdefault(_rule(change), First()).add(change)
    return result


def _rule(change: Change) -> str:
    return f"{change.kind}.suggested" if change.suggested else change.rule


def _add_row(result: Gathered, diff: Diff, change: Change, errata: Sequence[Erratum]) -> None:
    table, happened = change.table or "", _OF_ROWS[change.kind]
    result.rows.setdefault(table, Counter())[happened] += 1
    result.first.setdefault((table, happened), First()).add(change)
    if happened == "changed":
        corrected = list(_corrected(diff, change, errata))
    else:
        about = [item for item in errata if not item.field and item.is_about_row(table, change.key)]
        corrected = [Corrected(change, {}, erratum) for erratum in about[:1]]
    for item in corrected:
        result.corrected.setdefault(item.cause, First()).add(item)
    if happened == "removed" and not corrected and change.variant not in {"retired", "duplicate"}:
        result.lost.add(change)


def _corrected(diff: Diff, change: Change, errata: Sequence[Erratum]) -> Iterator[Corrected]:
    """What of a changed row is a correction, or has an erratum although it need not."""
    facts = set(corrected_cells(diff, change))
    groups: dict[str, list[CellChange]] = {}
    for cell in change.cells:
        if cell.nature == "value" and cell.old is not None:
            groups.setdefault(stem_of(cell.field) or cell.field, []).append(cell)
    found: dict[Erratum | None, dict[str, list[CellChange]]] = {}
    for stem, cells in groups.items():
        answers = [answer(errata, change.table, change.key, cell) for cell in cells]
        erratum = next((item for item in answers if item), None)
        if erratum or facts.intersection(cells):
            found.setdefault(erratum, {})[stem] = cells
    yield from (Corrected(change, cells, erratum) for erratum, cells in found.items())
