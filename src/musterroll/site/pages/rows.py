"""All rows with their evidence: a page for each table, and one that lists them."""

from __future__ import annotations

from collections.abc import Iterator

from musterroll.site.addresses import TABLES, in_codebook, of_table
from musterroll.site.model import rows
from musterroll.site.pages.page import Entry, Page
from musterroll.site.subject import Subject

ENTRY = Entry(TABLES, "Rows and evidence")


def pages(subject: Subject) -> Iterator[Page]:
    """The list, then the tables."""
    tables = [subject.table(name) for name in rows.TABLES]
    yield Page(TABLES, "Rows and evidence", "tables", {"tables": tables, "of_table": of_table}, TABLES)
    for table in tables:
        shows = {
            "table": table,
            "entries": list(rows.entries(subject, table.name)),
            "codebook": in_codebook(table.name),
        }
        yield Page(of_table(table.name), str(table.schema.descriptor.get("title", table.name)), "rows", shows, TABLES)
