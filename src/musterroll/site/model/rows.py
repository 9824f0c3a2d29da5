"""Every row of a table, with its cells in words and all evidence for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from musterroll.package.table import Table
from musterroll.record.claims import ID_COLUMNS, subject_of
from musterroll.record.rows import Evidence
from musterroll.site.addresses import anchor, of_cell, of_row, of_source, row_anchor
from musterroll.site.model.lines import Line, line
from musterroll.site.model.words import code_in_words
from musterroll.site.subject import Subject

TABLES = tuple(ID_COLUMNS)
_RANKS = ("preferred", "normal", "deprecated")


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty: the title of its column, what it holds, what the code means, and what it points at."""

    title: str
    text: str
    meaning: str
    address: str | None


@dataclass(frozen=True)
class Proof:
    """A piece of evidence: what one source says of one field, and what the record makes of it."""

    id: str
    field: str
    value: str
    stance: str
    rank: str
    reason: str
    source: str
    source_title: str
    locator: str
    address: str


@dataclass(frozen=True)
class Entry:
    """A row with its evidence; `begins` is the id of the chain that it begins, `earlier` the revision before it."""

    anchor: str
    begins: str | None
    heading: str
    line: Line
    cells: tuple[Cell, ...]
    proofs: tuple[Proof, ...]
    earlier: str | None


def entries(subject: Subject, name: str) -> Iterator[Entry]:
    """The rows of a table as they stand in it."""
    table, titles = subject.table(name), source_titles(subject)
    begun: set[str] = set()
    positions = subject.positions
    for row in range(len(table.rows)):
        _, row_id, revision = key = subject_of(table, row)
        is_first = revision is not None and row_id not in begun
        begun.add(row_id)
        before = None if revision is None else (name, row_id, revision - 1)
        yield Entry(
            anchor=row_anchor(row_id, revision),
            begins=anchor(row_id) if is_first else None,
            heading=heading(subject, table, row),
            line=line(subject, table, row),
            cells=tuple(_cells(table, row)),
            proofs=tuple(_proof(item, subject, titles) for item in sorted(subject.evidence.get(key, ()), key=_order)),
            earlier=of_row(*before) if before and before in positions else None,
        )


def source_titles(subject: Subject) -> Mapping[str, str]:
    """Titles of sources by id."""
    sources = subject.table("sources")
    return dict(zip(sources.column("source_id"), sources.column("title"), strict=True))


def heading(subject: Subject, table: Table, row: int) -> str:
    """Who, what, how many and when, as far as the row says so."""
    if table.name == "missions":
        return table.cell(row, "name")
    it = line(subject, table, row)
    code = it.cells.get("country_code", "")
    number = f"{it.number} people" if "personnel_best" in it.cells and it.number else it.number
    parts = [subject.names.get(code, code), it.what, number, it.when]
    return ", ".join(part for part in parts if part)


def _cells(table: Table, row: int) -> Iterator[Cell]:
    for name, field in table.schema.fields.items():
        text = table.cell(row, name) if name in table.index else ""
        if text and name != ID_COLUMNS[table.name]:
            meaning = _codes(field).get(text, "").partition(":")[0]
            yield Cell(str(field.get("title", name)), text, meaning, of_cell(table.name, name, text))


def _codes(field: Mapping[str, object]) -> Mapping[str, str]:
    """What the codes of a column mean."""
    listed = field.get("categories")
    found = listed if isinstance(listed, list) else []
    return {item["value"]: str(item.get("label", "")) for item in found if isinstance(item, dict)}


def _order(item: Evidence) -> tuple[str, int]:
    """By field; what sets the cell first, what does not count last."""
    return item.field, _RANKS.index(item.rank)


def _proof(item: Evidence, subject: Subject, titles: Mapping[str, str]) -> Proof:
    evidence = subject.table("evidence")
    return Proof(
        id=evidence.cell(item.row, "evidence_id"),
        field=code_in_words(item.field) or "the row",
        value=item.value,
        stance=item.stance,
        rank=item.rank,
        reason=evidence.cell(item.row, "reason"),
        source=item.source,
        source_title=titles.get(item.source, item.source),
        locator=evidence.cell(item.row, "locator"),
        address=of_source(item.source),
    )
