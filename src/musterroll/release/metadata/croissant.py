"""`croissant.json`: files and tables for machine-learning loaders (Croissant 1.1).

Every data file of the package and every Parquet export is a `FileObject`, every
table a `RecordSet`; see `record_sets` for what these say.
"""

from __future__ import annotations

from collections.abc import Sequence

from musterroll.release.content import Content, ReleasedFile
from musterroll.release.exports import parquet
from musterroll.release.metadata.citing import bibtex
from musterroll.release.metadata.describe import describe
from musterroll.release.metadata.inert import json_text
from musterroll.release.metadata.linked import Node, address, dataset_facts
from musterroll.release.metadata.record_sets import RecordSets

PATH = "croissant.json"
MEDIATYPE = "application/ld+json"
TITLE = "Files and tables for machine-learning loaders (Croissant 1.1)"

_TERMS = (
    "annotation arrayShape citeAs column containedIn equivalentProperty excludes extract field fileObject fileProperty "
    "fileSet format includes isArray isLiveDataset jsonPath key md5 parentField path readLines recordSet references "
    "regex repeated replace samplingRate sdVersion separator source subField transform unArchive value"
)
_LOADERS_PARQUET = "application/x-parquet"  # what loaders call it, beside the registered name


def render(content: Content, files: Sequence[ReleasedFile]) -> str:
    """The file's text; `files` holds at least those of the package and its Parquet exports."""
    described = describe(content)
    exported = {table: file.path for table, file in zip(content.tables, parquet.files(content), strict=True)}
    record_sets = RecordSets(content, exported)
    document: Node = {
        "@context": _context(next(iter(described.languages), "en")),  # English, says the Data Package recipe
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        **dataset_facts(content, described),
        "citeAs": bibtex(described),
        "isLiveDataset": False,
        "distribution": [*_file_objects(content, files, record_sets)],
        "recordSet": [*record_sets.nodes()],
    }
    return json_text(document)


def _context(language: str) -> Node:
    """The context that the specification recommends, and the terms that its reference loader misses in it."""
    return {
        "@language": language,
        "@vocab": "https://schema.org/",
        "sc": "https://schema.org/",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "dct": "http://purl.org/dc/terms/",
        "conformsTo": "dct:conformsTo",
        "name": {"@container": "@language"},
        "description": {"@container": "@language"},
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "examples": {"@id": "cr:examples", "@type": "@json"},
        **{term: f"cr:{term}" for term in _TERMS.split()},
    }


def _file_objects(content: Content, files: Sequence[ReleasedFile], record_sets: RecordSets) -> Sequence[Node]:
    given = {file.path: file for file in files}
    data = sorted({path for resource in content.package.resources for path in resource.files})
    nodes = [_file_object(given[path], record_sets.file_id(path)) for path in data]
    exported = [_file_object(given[file.path], record_sets.file_id(file.path)) for file in parquet.files(content)]
    return [*nodes, *({**node, "encodingFormat": [node["encodingFormat"], _LOADERS_PARQUET]} for node in exported)]


def _file_object(file: ReleasedFile, id: str) -> Node:
    return {
        "@type": "cr:FileObject",
        "@id": id,
        "name": file.path.rpartition("/")[2],
        "description": file.title,
        "contentUrl": address(file.path),
        "contentSize": f"{file.bytes} B",
        "encodingFormat": file.mediatype,
        "sha256": file.sha256,
    }
