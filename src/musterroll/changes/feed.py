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
    yield _line({"counts": told, "required_bump": greatest(bumps)})


def _first(diff: Diff) -> dict[str, Any]:
    package = diff.new.package
    if diff.tables:
        raise Unusable("a feed holds all tables; leave out --table")
    canonical = dict(canonical_files(package))
    tables = [diff.new.tables[item.name] for item in package.resources if item.name in diff.new.tables and item.is_csv]
    texts = {**_schemas(package), DESCRIPTOR: canonical.pop(DESCRIPTOR).decode()}
    return {
        "format": FORMAT,
        "old": release_document(diff.old),
        "new": release_document(diff.new),
        "files": dict(sorted(texts.items())),
        "headers": {table.name: list(table.header) for table in tables},
        "sha256": {path: hashlib.sha256(data).hexdigest() for path, data in sorted(canonical.items())},
        "others": {path: sha256 for files in diff.new.files.values() for path, sha256 in sorted(files.items())},
    }


def _schemas(package: Package) -> Mapping[str, str]:
    """The text of every schema and dialect that is a file of its own."""
    parts = [part for item in package.resources for part in (item.schema, item.dialect) if part is not None]
    return {part.document.file: part.document.text for part in parts if part.document.file != DESCRIPTOR}


def _line(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
