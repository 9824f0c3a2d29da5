"""The sources of each row of a mission record, as the evidence names them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from musterroll.package.table import Table
from musterroll.record.claims import ID_COLUMNS
from musterroll.record.record import Record
from musterroll.release.content import Content

COLUMNS = ("sources", "sources_cited")


def has_sources(content: Content, table: Table) -> bool:
    """Whether rows of the table have evidence: in a mission record, of certain tables."""
    return table.name in ID_COLUMNS and content.record is not None


def sources_of(record: Record, table: Table) -> Callable[[int], Sequence[str]]:
    """What gives the two cells of a row.

    All evidence that names the row counts, whatever its stance and rank; a
    source stands once, where the first evidence by id names it.
    """
    column, named = ID_COLUMNS[table.name], _named(record, table.name)
    citations = {record.tables["sources"].cell(row, "source_id"): _citation(record, row) for row in _rows(record)}
    has_revision = "revision" in table.schema.primary_key

    def cells(row: int) -> Sequence[str]:
        revision = int(table.cell(row, "revision")) if has_revision else None
        sources = named.get((table.cell(row, column), revision), ())
        return "; ".join(sources), " | ".join(citations.get(source, source) for source in sources)

    return cells


def _named(record: Record, table: str) -> dict[tuple[str, int | None], list[str]]:
    """The sources that evidence names for each row."""
    found: dict[tuple[str, int | None], list[str]] = {}
    evidence = record.tables["evidence"]
    for item in sorted(record.evidence, key=lambda item: evidence.cell(item.row, "evidence_id")):
        if item.table == table:
            sources = found.setdefault((item.of, item.revision), [])
            sources += [item.source] if item.source not in sources else []
    return found


def _rows(record: Record) -> range:
    return range(len(record.tables["sources"].rows))


def _citation(record: Record, row: int) -> str:
    """Title, publisher, date and address on one line; what is not known is left out."""
    table = record.tables["sources"]
    title, publisher, earliest, latest, url = (
        " ".join(table.cell(row, name).split())
        for name in ("title", "publisher", "published_earliest", "published_latest", "url")
    )
    date = earliest if earliest == latest else f"{earliest or '..'}/{latest or '..'}"
    by = ", ".join(filter(None, (publisher, date)))
    return ". ".join(part.removesuffix(".") if part != url else part for part in (title, by, url) if part)
