"""Where things are on the site: addresses relative to its root, which stay as long as the names and ids do.

A row is `rows/<table>.html#<id>` (of a commitment `#<id>/<revision>`, the chain
`#<id>`), a piece of evidence stands under its row as `#<evidence id>`, a table is
`rows/<table>.html`, a column `codebook.html#<table>.<column>`, a source
`sources.html#<id>` and a country `countries/<code>.html`.
"""

from __future__ import annotations

from urllib.parse import quote

from musterroll.record.claims import ID_COLUMNS

FRONT, COUNTRIES, SOURCES, TABLES = "index.html", "countries.html", "sources.html", "tables.html"
TIMELINE, FUNDING, CONFLICTS, RELEASES = "timeline.html", "funding.html", "conflicts.html", "releases.html"
CODEBOOK, CHECKS, CONTRIBUTE = "codebook.html", "checks.html", "contribute.html"

# Columns whose cells name a row, with the table of that row.
_NAMED = {
    "mission_id": "missions",
    "predecessor_id": "missions",
    "commitment_id": "commitments",
    "event_id": "events",
}


def anchor(*names: str) -> str:
    """What an element is called by, in a page and behind the # of an address."""
    return "/".join(quote(name, safe="") for name in names)


def of_table(name: str) -> str:
    """The page with the rows of a table."""
    return f"rows/{name}.html"


def row_anchor(row_id: str, revision: int | None = None) -> str:
    """The anchor of a row on the page of its table."""
    return anchor(row_id) if revision is None else anchor(row_id, str(revision))


def of_row(table: str, row_id: str, revision: int | None = None) -> str:
    """Where a row stands with its evidence."""
    return f"{of_table(table)}#{row_anchor(row_id, revision)}"


def of_country(code: str) -> str:
    """The page of a country."""
    return f"countries/{code}.html"


def of_source(source: str) -> str:
    """Where a source is described, and what it says."""
    return f"{SOURCES}#{anchor(source)}"


def of_cell(table: str, column: str, text: str) -> str | None:
    """What a cell points at, if it names a row, a country or a source; None of other cells and of a row's own id."""
    if not text or column == ID_COLUMNS.get(table):
        return None
    if column == "country_code":
        return of_country(text)
    if column == "source_id":
        return of_source(text)
    named = table if column == "part_of" else _NAMED.get(column)
    return of_row(named, text) if named else None


def row_name(table: str, row_id: str, revision: int | None = None) -> str:
    """The anchor of a row on a page with rows of several tables."""
    return anchor(table, row_id) if revision is None else anchor(table, row_id, str(revision))


def of_conflict(table: str, row_id: str, revision: int | None, field: str) -> str:
    """Where it stands what sources say of a field (a stem, or empty for the row) about which they disagree."""
    return f"{CONFLICTS}#{row_name(table, row_id, revision)}/{anchor(field or 'row')}"


def in_codebook(table: str, column: str | None = None) -> str:
    """Where a table or a column is described: `codebook.html#deployments.personnel_min`."""
    return f"{CODEBOOK}#{codebook_anchor(table, column)}"


def codebook_anchor(table: str, column: str | None = None) -> str:
    """The anchor of a table or a column in the codebook; a point in a name is not the one between two names."""
    return ".".join(anchor(name).replace(".", "%2E") for name in (table, column) if name is not None)


def of_release(version: str) -> str:
    """The page of a release."""
    return f"releases/{version}.html"


def of_pair(old: str, new: str) -> str:
    """The page of the changes from one release to another."""
    return f"releases/{old}-to-{new}.html"
