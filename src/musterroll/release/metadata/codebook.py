"""`codebook.md`: the package, its tables and columns, for people.

Every table and every column has an anchor, `#table` and `#table/column` (with %
and hex digits for what an address cannot hold), that stays as long as the name does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from musterroll.markdown import code, code_block, prose
from musterroll.release.content import Content, ReleasedFile
from musterroll.release.metadata.citing import bibtex, citation
from musterroll.release.metadata.codebook_tables import anchor, bracketed, missing_words, table_blocks
from musterroll.release.metadata.describe import Description, describe
from musterroll.release.metadata.tables import DescribedTable, described_tables

PATH = "codebook.md"
MEDIATYPE = "text/markdown"
TITLE = "Codebook: what the tables and columns mean"


def render(content: Content, files: Sequence[ReleasedFile]) -> str:  # noqa: ARG001  # the protocol prescribes it
    """The file's text; `files` are not part of it."""
    described = describe(content)
    tables = described_tables(content)
    blocks = [
        f"# Codebook: {prose(described.title)}",
        "\n".join(_facts(content, described)),
        *(prose(part) for part in (described.text or "").split("\n\n") if part.strip()),
        "## How to cite",
        prose(citation(described)),
        code_block(bibtex(described), "bibtex"),
        "## Tables",
        "\n".join(_overview(tables)),
        "## Missing values",
        *_missing(tables),
        *(block for table in tables for block in table_blocks(content, table)),
    ]
    return "\n\n".join(blocks) + "\n"


def render_tables(content: Content) -> str:
    """Tables, columns and codes alone: without rows, version and citation, which every release changes."""
    tables = described_tables(content)
    blocks = [
        f"# Tables, columns and codes: {prose(describe(content).title)}",
        "Made by `muster codebook`; the texts stand in the schemas and the descriptor themselves.",
        "\n".join(_overview(tables, counted=False)),
        "## Missing values",
        *_missing(tables),
        *(block for table in tables for block in table_blocks(content, table, counted=False)),
    ]
    return "\n\n".join(blocks) + "\n"


def _facts(content: Content, described: Description) -> Iterator[str]:
    yield f"- Package: {code(described.name)}, version {code(described.version)}"
    licences = [_link(licence.name, licence.url) for licence in described.licences]
    people = [f"{_link(one.name, one.url)}{bracketed(', '.join(one.roles))}" for one in described.contributors]
    facts = {
        "Created": prose(described.created or ""),
        "Licence": ", ".join(licences) or "none is named",
        "Contributors": ", ".join(people),
        "Profile": code(content.package.profile) if content.package.profile else "",
        "Period": _period(described.period),
        "Website": _link(described.homepage, described.homepage) if described.homepage else "",
        "Keywords": ", ".join(map(prose, described.keywords)),
    }
    yield from (f"- {name}: {value}" for name, value in facts.items() if value)


def _period(period: str | None) -> str:
    if period is None:
        return ""
    start, end = period.split("/")
    return " ".join([f"from {start}"] * (start != "..") + [f"up to {end}"] * (end != ".."))


def _overview(tables: Sequence[DescribedTable], *, counted: bool = True) -> Iterator[str]:
    yield f"| Table | Title | {'Rows | ' * counted}Columns | Primary key |"
    yield f"|---|---|{'--:|' * counted}--:|---|"
    for table in tables:
        key = ", ".join(map(code, table.table.schema.primary_key)) or "none"
        sizes = f"{f'{len(table.table.rows):,} | ' * counted}{len(table.columns):,}"
        yield f"| [{code(table.name)}](#{anchor(table.name)}) | {prose(table.title)} | {sizes} | {key} |"


def _missing(tables: Sequence[DescribedTable]) -> Iterator[str]:
    """One sentence where all columns have the same marks, else one for each table; a column may have its own."""
    every = {column.missing for table in tables for column in table.columns}
    if len(every) == 1:
        yield f"In every table, {missing_words(every.pop())}."
    elif every:
        yield "\n".join(f"- In {code(table.name)}, {missing_words(table.missing)}" for table in tables)


def _link(text: str, url: str | None) -> str:
    return f"[{prose(text)}](<{url}>)" if url else prose(text)
