"""No row of the record stands there twice under two ids.

Why: what is entered twice counts twice. Two rows that agree in every cell but the id and the note are one thing that two people entered, or one that was pasted again.

Example: the contribution M-0081 has every cell of M-0014; two sources have one address.

Remedy: Keep one row, give it the evidence of both, and list the other id in `retired_ids` if it was published. Two things that are alike in all columns are told apart by a date, a number or what they are part of. Movements and events are the matter of `no-duplicates`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.table import Table
from musterroll.record.claims import subject_of
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = (
    "commitments",
    "conditions",
    "contributions",
    "errata",
    "event_figures",
    "evidence",
    "sources",
    "strengths",
)
_OWN = frozenset({"note"})  # says something of the row, not of the thing
_SOURCE = "url"
_UNTOLD = frozenset({"errata", "evidence", "sources"})  # no evidence is about them

Same = tuple[str, ...]


def run(record: Record) -> Iterator[Finding]:
    """One finding per later row, beside the first."""
    for name in NEEDS:
        table = record.tables[name]
        same = _address if name == "sources" else _cells_of(table)
        first: dict[Same, int] = {}
        for row in range(len(table.rows)):
            what = same(table, row)
            if what is None or not _is_believed(record, table, row):
                continue
            seen = first.setdefault(what, row)
            if seen != row:
                yield _finding(table, row, seen)


def _finding(table: Table, row: int, seen: int) -> Finding:
    id = table.schema.primary_key[0]
    field = _SOURCE if table.name == "sources" else id
    message = f"{table.cell(seen, id)} in line {table.lines[seen]} is the same, but for its id."
    return replace(INFO.at(table, row, field, message), related=(INFO.related(table, seen, field, "entered first"),))


def _cells_of(table: Table) -> Callable[[Table, int], Same | None]:
    """Every cell but those of the id and the note; a revision keeps its number."""
    id = table.schema.primary_key[:1]
    columns = [at for at, name in enumerate(table.header) if name not in id and name not in _OWN]
    return lambda table, row: tuple(table.rows[row][at] for at in columns)


def _address(table: Table, row: int) -> Same | None:
    """A source without an address is told from others by nothing."""
    return (table.cell(row, _SOURCE),) if table.cell(row, _SOURCE) else None


def _is_believed(record: Record, table: Table, row: int) -> bool:
    return table.name in _UNTOLD or record.is_believed(*subject_of(table, row))
