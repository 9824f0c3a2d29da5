"""The change feed: one JSON object per line, from which the new release can be made out of the old one.

The first line holds the text of the new descriptor and of its schemas and
dialects, the columns of each table, and the sha256 of each table's canonical
bytes, by which the result is proved; then comes one change per line; the last
line counts them.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from musterroll.changes.change import KINDS, Bump
from musterroll.changes.compatibility import Policy, bump_of, greatest
from musterroll.changes.diff import Diff
from musterroll.changes.documents import change_document, release_document
from musterroll.changes.headline import with_headline
from musterroll.errors import Unusable
from musterroll.package.canonical import canonical_files
from musterroll.package.descriptor import DESCRIPTOR, Package

FORMAT = "musterroll/changes/1"


def feed(diff: Diff, policy: Policy = "consumer") -> Iterator[str]:
    """The lines of the feed, each with its newline."""
    yield _line(_first(diff))
    counts: Counter[str] = Counter()
    bumps: set[Bump] = set()
    for change in diff.changes():
        if not change.suggested:
            counts[change.kind] += 1
            bumps.add(bump_of(change, policy))
        yield _line(change_document(change, policy))
    told = {kind: counts[kind] for kind in KINDS if counts[kind]}
    yield _line({"counts": told, "required_bump": with_headline(diff, greatest(bumps), policy)})


def _first(diff: Diff) -> dict[str, Any]:
    package = diff.new.package
    if diff.tables:
        raise Unusable("a feed holds all tables; leave out --table")
    hashes, texts = {}, dict(_schemas(package))
    for path, data in canonical_files(package):  # one table at a time, and the descriptor last
        if path == DESCRIPTOR:
            texts[path] = data.decode()
        else:
            hashes[path] = hashlib.sha256(data).hexdigest()
    _, tables, _ = promised_files(package)
    return {
        "format": FORMAT,
        "old": release_document(diff.old),
        "new": release_document(diff.new),
        "files": dict(sorted(texts.items())),
        "headers": {name: list(diff.new.tables[name].header) for name in tables},
        "sha256": dict(sorted(hashes.items())),
        "others": {path: sha256 for files in diff.new.files.values() for path, sha256 in sorted(files.items())},
    }


def promised_files(package: Package) -> tuple[set[str], Mapping[str, str], set[str]]:
    """What a feed for a package holds: paths of its texts, files of its tables by name, paths of what is no table."""
    texts = {DESCRIPTOR, *_schemas(package)}
    files = [resource for resource in package.resources if "data" not in resource.descriptor]
    tables = {resource.name: resource.files[0] for resource in files if resource.is_table and resource.is_csv}
    return texts, tables, {path for resource in files if resource.name not in tables for path in resource.files}


def _schemas(package: Package) -> Mapping[str, str]:
    """The text of every schema and dialect that is a file of its own."""
    parts = [part for item in package.resources for part in (item.schema, item.dialect) if part is not None]
    return {part.document.file: part.document.text for part in parts if part.document.file != DESCRIPTOR}


def _line(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
