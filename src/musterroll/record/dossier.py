"""Everything that belongs to one row: its values, its evidence with the sources, and the rows it belongs with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from musterroll.package.table import Table
from musterroll.record.cells import window_of
from musterroll.record.claims import ID_COLUMNS
from musterroll.record.record import Record

# Tables whose rows people ask for by an id, with its column.
IDS = {**ID_COLUMNS, "sources": "source_id", "evidence": "evidence_id", "countries": "country_code"}


@dataclass(frozen=True)
class Row:
    """One row of one table: where it stands and its cells, the empty ones left out."""

    table: str
    place: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Proof:
    """One evidence row and the source that it cites."""

    evidence: Row
    source: Row | None


@dataclass(frozen=True)
class Dossier:
    """What is known about an id; a commitment has several rows, one per revision."""

    id: str
    rows: tuple[Row, ...]
    proofs: tuple[Proof, ...]
    related: tuple[tuple[str, Row], ...]


def dossier(record: Record, row_id: str) -> Dossier | None:
    """The dossier of a row, or None if no table has that id."""
    for name, column in IDS.items():
        table = record.tables[name]
        found = [row for row in range(len(table.rows)) if table.cell(row, column) == row_id]
        if found:
            return Dossier(
                row_id,
                tuple(row_of(table, row) for row in found),
                tuple(_proofs(record, name, row_id)),
                tuple(_related(record, table, found[-1], row_id)),
            )
    return None


def row_of(table: Table, row: int) -> Row:
    """One row of a table as it is shown."""
    line, _ = table.place(row)
    cells = {name: table.cell(row, name) for name in table.header}
    return Row(table.name, f"{table.file}:{line}", {name: text for name, text in cells.items() if text})


def _proofs(record: Record, table: str, row_id: str) -> Iterator[Proof]:
    column = "source_id" if table == "sources" else "row_id"
    rows = list(_where(record.tables["evidence"], column, row_id))
    yield from (replace(proof, source=None) if table == "sources" else proof for proof in proofs(record, rows))


def proofs(record: Record, rows: Iterable[int]) -> list[Proof]:
    """Rows of evidence, by their position, each with the source that it cites."""
    evidence, sources = record.tables["evidence"], record.tables["sources"]
    by_id = {id: row for row, id in enumerate(sources.column("source_id"))}
    cited = ((row, by_id.get(evidence.cell(row, "source_id"))) for row in rows)
    return [Proof(row_of(evidence, row), None if source is None else row_of(sources, source)) for row, source in cited]


def _related(record: Record, table: Table, row: int, row_id: str) -> Iterator[tuple[str, Row]]:
    """The rows it belongs with, each with the reason."""
    if table.name == "commitments":
        yield from _of_commitment(record, row_id, table.cell(row, "part_of"))
    elif table.name == "conditions":
        yield from _rows(record, "commitments", "commitment_id", table.cell(row, "commitment_id"), "its pledge")
    elif table.name == "deployments":
        yield from _rows(record, "commitments", "commitment_id", table.cell(row, "commitment_id"), "its pledge")
        yield from _stocks_after(record, table, row)
    elif table.name == "strengths":
        yield from _movements_before(record, table, row)
    elif table.name in {"events", "event_figures"}:
        yield from _of_event(record, table.cell(row, "event_id"), table.name)
    elif table.name == "evidence":
        about = table.cell(row, "table_name")
        yield from _rows(record, about, ID_COLUMNS[about], table.cell(row, "row_id"), "what it is about")
        yield from _rows(record, "sources", "source_id", table.cell(row, "source_id"), "its source")


def _of_commitment(record: Record, row_id: str, whole: str) -> Iterator[tuple[str, Row]]:
    yield from _rows(record, "commitments", "commitment_id", whole, "the whole it is part of")
    yield from _rows(record, "commitments", "part_of", row_id, "a part of it")
    yield from _rows(record, "conditions", "commitment_id", row_id, "its condition")
    yield from _rows(record, "deployments", "commitment_id", row_id, "people who came under it")


def _of_event(record: Record, event: str, own: str) -> Iterator[tuple[str, Row]]:
    labels = {"events": "its event", "event_figures": "its figure", "event_countries": "who took part"}
    for name, label in labels.items():
        if name != own:
            yield from _rows(record, name, "event_id", event, label)


def _stocks_after(record: Record, table: Table, row: int) -> Iterator[tuple[str, Row]]:
    """Stocks of people present, of the country or of all, that the movement counts towards."""
    came, stocks = window_of(table, row, "date").earliest, record.tables["strengths"]
    for stock in _where(stocks, "measure", "present"):
        latest = window_of(stocks, stock, "as_of").latest
        of = stocks.cell(stock, "country_code")
        if of in ("", table.cell(row, "country_code")) and came and latest and came <= latest:
            yield "a stock it counts towards", row_of(stocks, stock)


def _movements_before(record: Record, table: Table, row: int) -> Iterator[tuple[str, Row]]:
    """Movements, of the country or of all, that a stock is reconciled with."""
    latest, movements = window_of(table, row, "as_of").latest, record.tables["deployments"]
    country = table.cell(row, "country_code")
    for movement in range(len(movements.rows)):
        came = window_of(movements, movement, "date").earliest
        if country in ("", movements.cell(movement, "country_code")) and came and latest and came <= latest:
            yield "a movement up to then", row_of(movements, movement)


def _rows(record: Record, name: str, column: str, value: str, label: str) -> Iterator[tuple[str, Row]]:
    if value:
        yield from ((label, row_of(record.tables[name], row)) for row in _where(record.tables[name], column, value))


def _where(table: Table, column: str, value: str) -> Iterator[int]:
    return (row for row in range(len(table.rows)) if table.cell(row, column) == value)
