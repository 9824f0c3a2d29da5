"""Releases to describe: packages made from descriptors, staged and exported as a build does it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.release.content import Content, ReleasedFile, read_content, stage_package
from musterroll.release.exports import parquet
from musterroll.release.metadata import METADATA

_MEDIATYPES = {".csv": "text/csv", ".json": "application/json", ".txt": "text/plain"}

# Says everything that a descriptor can say of what the formats have words for.
RICH: Mapping[str, Any] = {
    "name": "rich",
    "id": "https://doi.org/10.1594/PANGAEA.726855",
    "title": "A package that tells everything",
    "description": "It has a description that is longer than fifty characters.\n\nAnd a second paragraph.",
    "version": "2.1.0",
    "created": "2025-03-04T23:30:00-05:00",
    "homepage": "https://example.org/rich?a=1&b=2#top",
    "keywords": ["one", "two", "one", ""],
    "languages": ["fra", "en"],
    "temporal": {"start": "2020-01-01", "end": "2024-12-31"},
    "licenses": [{"name": "ODC-PDDL-1.0", "path": "https://example.org/pddl", "title": "Public Domain Dedication"}],
    "sources": [{"title": "A report", "path": "https://example.org/report"}, {"title": "A list", "path": "list.csv"}],
    "contributors": [
        {
            "title": "Ada Lovelace",
            "givenName": "Ada",
            "familyName": "Lovelace",
            "path": "https://orcid.org/0000-0002-1825-0097",
            "email": "ada@example.org",
            "organization": "Analytical Society",
            "roles": ["creator"],
        },
        {"title": "An Institute", "path": "https://example.org/institute", "roles": ["author", "publisher"]},
        {"title": "Charles", "role": "DataCurator"},
        {"familyName": "Menabrea", "roles": ["Maintainer"]},
        {"roles": ["creator"]},
    ],
}


def make(folder: Path, descriptor: Mapping[str, Any], tables: Mapping[str, tuple[Any, str]] | None = None) -> Path:
    """A package in `folder`: a descriptor, and by table its schema and the text of its file."""
    (folder / "data").mkdir(parents=True)
    resources = []
    for number, (name, (schema, text)) in enumerate((tables or {"things": ({"fields": []}, "")}).items()):
        path = f"data/{number}.csv"
        (folder / path).write_text(text, newline="")
        fields = schema or {"fields": [{"name": label} for label in text.split("\n")[0].split(",")]}
        resources.append({"name": name, "type": "table", "path": path, "schema": fields, "encoding": "utf-8"})
    whole = {"name": "made", "version": "1.0.0", "resources": resources, **descriptor}
    (folder / "datapackage.json").write_text(json.dumps(whole))
    return folder


ONE_TABLE: Mapping[str, tuple[Any, str]] = {
    "things": ({"fields": [{"name": "id", "type": "integer"}], "primaryKey": "id"}, "id\n1\n")
}


def content_of(folder: Path) -> Content:
    """The content as it lies there, for descriptions that look at no file."""
    return read_content(folder)


def staged(source: Path, target: Path) -> tuple[Content, list[ReleasedFile]]:
    """A release folder with the package and its Parquet exports."""
    target.mkdir(parents=True)
    content = stage_package(require_package(Folder(source)), target)
    parquet.write(content, target)
    titles = {
        path: str(item.descriptor.get("title") or item.name)
        for item in content.package.resources
        for path in item.files
    }
    files = [released(target, path, _MEDIATYPES[Path(path).suffix], titles.get(path, path)) for path in content.paths]
    return content, files + [released(target, file.path, file.mediatype, file.title) for file in parquet.files(content)]


def released(folder: Path, path: str, mediatype: str, title: str) -> ReleasedFile:
    """A file of a release folder."""
    data = (folder / path).read_bytes()
    return ReleasedFile(path, len(data), hashlib.sha256(data).hexdigest(), mediatype, title)


def described(source: Path, target: Path) -> tuple[Content, dict[str, str]]:
    """Every description of a release, by path, each written before the next is made."""
    content, files = staged(source, target)
    texts = {}
    for item in METADATA:
        texts[item.PATH] = item.render(content, files)
        (target / item.PATH).write_text(texts[item.PATH], encoding="utf-8", newline="")
        files.append(released(target, item.PATH, item.MEDIATYPE, item.TITLE))
    return content, texts


def imagined(content: Content) -> list[ReleasedFile]:
    """The files of a release by name only, where their bytes do not matter."""
    paths = [*content.paths, *(file.path for file in parquet.files(content))]
    return [ReleasedFile(path, 1, "0" * 64, "text/csv", path) for path in paths]
