"""`schema-org.jsonld`: the release as a schema.org `Dataset`, for search engines.

It may be pasted into a page's `<script type="application/ld+json">`. Every column
is a variable measured; every export and the package itself is a download.
"""

from __future__ import annotations

from collections.abc import Sequence

from musterroll.release.content import Content, ReleasedFile
from musterroll.release.metadata.describe import Description, describe
from musterroll.release.metadata.inert import json_text
from musterroll.release.metadata.linked import Node, address, dataset_facts, outline, summary, without_empty
from musterroll.release.metadata.tables import Column, DescribedTable, described_tables

PATH = "schema-org.jsonld"
MEDIATYPE = "application/ld+json"
TITLE = "Description for search engines (schema.org Dataset)"

_EXPORTS = "exports/"
_SHORTEST, _LONGEST = 50, 5000  # characters of a description


def render(content: Content, files: Sequence[ReleasedFile]) -> str:
    """The file's text; `files` holds the files that can be downloaded."""
    described = describe(content)
    tables = described_tables(content)
    document = without_empty(
        {
            "@context": "https://schema.org/",
            "@type": "Dataset",
            **dataset_facts(content, described),
            "description": _bounded(content, described),
            "isAccessibleForFree": _is_free(described),
            "variableMeasured": [_variable(table, column) for table in tables for column in table.columns],
            "distribution": [_download(file) for file in files if _is_download(content, file)],
        }
    )
    return json_text(document)


def _bounded(content: Content, described: Description) -> str:
    """The description, as long as Google's dataset search takes it."""
    text = summary(content, described)
    if len(text) < _SHORTEST:
        text = "\n\n".join([text, outline(content, described)])
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _is_free(described: Description) -> bool | None:
    """True under open licences alone, which promise it; of others nothing is said."""
    return True if described.licences and all(licence.is_open for licence in described.licences) else None


def _variable(table: DescribedTable, column: Column) -> Node:
    return without_empty(
        {
            "@type": "PropertyValue",
            "name": f"{table.title}: {column.title or column.name}",
            "alternateName": f"{table.name}.{column.name}",
            "description": column.description,
        }
    )


def _is_download(content: Content, file: ReleasedFile) -> bool:
    """Exports and data; the descriptor, schemas and what describes the release are in the archive."""
    data = {path for resource in content.package.resources for path in resource.files}
    return file.path.startswith(_EXPORTS) or file.path in data


def _download(file: ReleasedFile) -> Node:
    return {
        "@type": "DataDownload",
        "name": file.title,
        "contentUrl": address(file.path),
        "encodingFormat": file.mediatype,
        "contentSize": f"{file.bytes} B",
        "sha256": file.sha256,
    }
