"""Make the new release out of the old one and a change feed, in canonical form, and prove that it is the one."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from musterroll.changes.feed import FORMAT
from musterroll.changes.intake import Loaded
from musterroll.changes.row_changes import match_key
from musterroll.errors import Unavailable, Unusable
from musterroll.package.canonical import canonical_csv
from musterroll.package.descriptor import Package, Resource
from musterroll.package.dialect import read_dialect
from musterroll.package.folder import Folder
from musterroll.package.inline import read_inline
from musterroll.package.opening import require_package
from musterroll.package.paths import path_fault
from musterroll.package.problem import HARMLESS, MENDED, Rejected
from musterroll.package.table import Schema, Table
from musterroll.package.table_reader import read_table

Row = tuple[str, ...]


def replay(old: Folder, lines: Iterable[str], out: Path) -> Iterator[str]:
    """Write the new release into the folder `out`, which must not exist or be empty; yields each path written.

    Raises `Unusable` if the feed is damaged, is not about this old release, or
    does not lead to what it promises: then nothing is written. Raises
    `Unavailable` if `out` cannot be written or holds something.
    """
    if out.exists() and any(out.iterdir()):
        raise Unavailable(f"{out}: the folder is not empty")
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out.parent, prefix=".musterroll-") as folder:
        stage = Path(folder) / "package"
        try:
            written = _build(old, iter(lines), stage)
        except (KeyError, TypeError, ValueError, AttributeError) as error:  # what it reads need not be a feed at all
            raise Unusable(f"the feed is damaged: {type(error).__name__} {error}") from error
        if out.exists():
            out.rmdir()
        stage.rename(out)
    yield from sorted(written)


def _build(old: Folder, lines: Iterator[str], stage: Path) -> list[str]:
    first = _parsed(next(lines, ""))
    if first.get("format") != FORMAT:
        raise Unusable(f"this is no change feed: its first line does not say {FORMAT}")
    for path, text in first["files"].items():
        _write(stage, path, text.encode())
    package = require_package(Folder(stage))
    before = require_package(old)
    _same_release(first["old"], before)
    edits = {
        name: _Edits(_table(before, name), Loaded(name, "", _schema(package, name), tuple(header), 0))
        for name, header in first["headers"].items()
    }
    _read_changes(lines, edits)
    for resource in package.resources:
        if resource.name in edits:
            data = canonical_csv(_canonical(resource, edits[resource.name]))
            _prove(resource.files[0], data, first["sha256"].get(resource.files[0]))
            _write(stage, resource.files[0], data)
    _copy(old, stage, first["others"])
    return [*first["files"], *first["sha256"], *first["others"]]


def _read_changes(lines: Iterator[str], edits: Mapping[str, _Edits]) -> None:
    """Apply every change, and see from the last line that none is missing."""
    counts: Counter[str] = Counter()
    told: Mapping[str, int] | None = None
    for line in lines:
        change = _parsed(line)
        if "counts" in change:
            told = change["counts"]
        elif not change.get("suggested"):
            counts[change["kind"]] += 1
            if change["kind"].startswith("row_") and change["table"] in edits:
                edits[change["table"]].apply(change)
    if told != dict(counts):
        raise Unusable("the feed is cut off or damaged: its last line does not count the changes in it")


@dataclass
class _Edits:
    """The rows of one table on their way from the old release to the new."""

    old: Table | None
    new: Loaded
    key: tuple[str, ...] = field(init=False)
    rows: dict[Row, list[Row]] = field(init=False)  # by key; by the whole row where there is no key

    def __post_init__(self) -> None:
        self.rows = {}
        old = self.old
        before = Loaded(old.name, "", old.schema, tuple(old.header), 0) if old else self.new
        self.key = match_key(before, self.new)
        for cells in old.rows if old else []:
            row = dict(zip(before.header, cells, strict=True))
            self._add(self._projected(row))

    def apply(self, change: Mapping[str, Any]) -> None:
        if change["kind"] == "row_removed":
            self._remove(self._projected(change["row"]))
        elif change["kind"] == "row_added":
            self._add(self._projected(change["row"]))
        else:
            (row,) = self._found(tuple(change["key"][name] for name in self.key))
            values = dict(zip(self.new.header, row, strict=True))
            self._remove(row)
            values |= {cell["field"]: cell["new"] for cell in change["cells"]}
            self._add(self._projected(values))

    def _projected(self, row: Mapping[str, str]) -> Row:
        """The cells as the new table has them: a new column is empty."""
        return tuple(row.get(name, "") for name in self.new.header)

    def _identity(self, row: Row) -> Row:
        return tuple(row[self.new.header.index(name)] for name in self.key) if self.key else row

    def _add(self, row: Row) -> None:
        self.rows.setdefault(self._identity(row), []).append(row)

    def _remove(self, row: Row) -> None:
        same = self._found(self._identity(row))
        if row not in same:
            raise Unusable(
                f"{self.new.name}: the feed is about another release: {', '.join(row)[:100]} is not in this one"
            )
        same.remove(row)

    def _found(self, identity: Row) -> list[Row]:
        return self.rows.get(identity, [])


def _canonical(resource: Resource, edits: _Edits) -> Table:
    dialect, _ = read_dialect(resource.dialect_settings)
    rows = [list(row) for same in edits.rows.values() for row in same]
    return Table(resource.name, resource.files[0], edits.new.schema, dialect, edits.new.header, rows)


def _schema(package: Package, name: str) -> Schema:
    resource = package.resource(name)
    if resource is None or resource.schema is None:
        return Schema({}, "")
    return Schema(resource.schema.value, resource.schema.document.file)


def _table(package: Package, name: str) -> Table | None:
    resource = package.resource(name)
    if resource is not None and "data" in resource.descriptor:
        return read_inline(package, resource)
    if resource is None or not resource.is_csv or resource.missing:
        return None
    reading = read_table(package, resource, harmless=HARMLESS | MENDED)
    if reading.table is None:
        raise Unusable(f"{reading.problems[0].place}: {reading.problems[0].message}")
    return reading.table


def _same_release(told: Mapping[str, Any], package: Package) -> None:
    if (told["name"], told["version"]) != (package.name, package.version):
        raise Unusable(
            f"the feed starts from {told['name']} {told['version']}; this is {package.name} {package.version}"
        )


def _prove(path: str, data: bytes, promised: str | None) -> None:
    if hashlib.sha256(data).hexdigest() != promised:
        raise Unusable(f"{path}: the feed does not lead to what it promises; is this the release that it starts from?")


def _copy(old: Folder, stage: Path, others: Mapping[str, str]) -> None:
    """Files that are no tables are taken over from the old release, if they are the same."""
    for path, promised in others.items():
        try:
            with old.open(path) as stream:
                data = stream.read()
        except Rejected as rejection:
            raise Unusable(f"{path} is no table and is new: a feed does not hold it") from rejection
        if hashlib.sha256(data).hexdigest() != promised:
            raise Unusable(f"{path} is no table and has changed: a feed does not hold it")
        _write(stage, path, data)


def _write(stage: Path, path: str, data: bytes) -> None:
    """A feed may come from anywhere: no path in it leads out of the folder."""
    if fault := path_fault(path):
        raise Unusable(f"the feed names an unsafe path: {fault[1]}")
    place = stage / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)


def _parsed(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise Unusable("the feed is damaged: a line is no JSON") from error
    if not isinstance(value, dict):
        raise Unusable("the feed is damaged: a line is no JSON object")
    return value
