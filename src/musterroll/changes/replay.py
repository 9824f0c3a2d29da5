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

from musterroll.changes.feed import FORMAT, promised_files
from musterroll.changes.intake import Loaded
from musterroll.changes.replayed_table import ReplayedTable
from musterroll.errors import Refused, Unavailable, Unusable
from musterroll.package.descriptor import Package
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.package.paths import collision_key, path_fault
from musterroll.package.problem import Rejected, as_error
from musterroll.package.table import Schema, Table
from musterroll.package.tables import table_of

# What the first line, or a change, turns out not to be when it is read as one.
_DAMAGE = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)


def replay(old: Folder, lines: Iterable[str], out: Path) -> Iterator[str]:
    """Write the new release into the folder `out`, which must not exist or be empty; yields each path written.

    Raises `Unusable` if the feed is damaged, is not about this old release, or
    does not lead to what it promises: then nothing is written. Raises `Refused`
    if it names an unsafe path, `Unavailable` if `out` cannot be written or holds
    something.
    """
    out = out.resolve()
    if out.exists() and any(out.iterdir()):
        raise Unavailable(f"{out}: the folder is not empty")
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out.parent, prefix=".musterroll-") as folder:
        stage = Path(folder) / "package"
        try:
            written = _build(old, iter(lines), stage)
        except _DAMAGE as error:
            raise Unusable(f"the feed is damaged: {type(error).__name__} {error}"[:300]) from error
        if out.exists():
            for path in stage.iterdir():
                path.rename(out / path.name)
        else:
            stage.rename(out)
    yield from sorted(written)


def _build(old: Folder, lines: Iterator[str], stage: Path) -> list[str]:
    """Everything the feed promises, and nothing else, in the folder `stage`."""
    first = _parsed(next(lines, ""))
    if first.get("format") != FORMAT:
        raise Unusable(f"this is no change feed: its first line does not say {FORMAT}")
    written = [_write(stage, path, text.encode()) for path, text in first["files"].items()]
    package, before = require_package(Folder(stage)), require_package(old)
    _same_release(first["old"], before)
    _is_whole(first, package)
    building = _Building(package, before, first, stage)
    building.follow(lines)
    return [*written, *building.written, *_copy(old, stage, first["others"])]


@dataclass
class _Building:
    """One table after the other: the feed tells them in order, so that only one is in memory."""

    package: Package
    before: Package
    first: Mapping[str, Any]
    stage: Path
    written: list[str] = field(default_factory=list)
    _done: set[str] = field(default_factory=set)

    def follow(self, lines: Iterator[str]) -> None:
        """Follow every change, see from the last line that none is missing, and finish what nothing changed."""
        counts: Counter[str] = Counter()
        told: Mapping[str, int] | None = None
        current: ReplayedTable | None = None
        for line in lines:
            change = _parsed(line)
            if "counts" in change:
                told = change["counts"]
            elif not change.get("suggested"):
                counts[change["kind"]] += 1
                if change["kind"].startswith("row_") and change["table"] in self.first["headers"]:
                    current = self._turn_to(change["table"], current)
                    current.apply(change)
        if told != dict(counts):
            raise Unusable("the feed is cut off or damaged: its last line does not count the changes in it")
        self._finish(current)
        for name in set(self.first["headers"]) - self._done:
            self._finish(self._begin(name))

    def _turn_to(self, name: str, current: ReplayedTable | None) -> ReplayedTable:
        if current is not None and current.new.name == name:
            return current
        self._finish(current)
        if name in self._done:
            raise Unusable(f"the feed is damaged: changes of {name} stand in two places")
        return self._begin(name)

    def _begin(self, name: str) -> ReplayedTable:
        header = tuple(self.first["headers"][name])
        return ReplayedTable(_table(self.before, name), Loaded(name, "", _schema(self.package, name), header, 0))

    def _finish(self, table: ReplayedTable | None) -> None:
        if table is None:
            return
        resource = self.package.resource(table.new.name)
        if resource is None:
            raise Unusable(f"the feed is damaged: its descriptor has no table {table.new.name}")
        data = table.canonical(resource)
        _prove(resource.files[0], data, self.first["sha256"][resource.files[0]])
        self.written.append(_write(self.stage, resource.files[0], data))
        self._done.add(table.new.name)


def _is_whole(first: Mapping[str, Any], package: Package) -> None:
    """Whether the first line promises exactly what the descriptor in it names; raises `Unusable` if not."""
    texts, tables, others = promised_files(package)
    told = {
        "files": set(first["files"]) == texts,
        "headers": set(first["headers"]) == set(tables),
        "sha256": set(first["sha256"]) == set(tables.values()),
        "others": set(first["others"]) == others,
    }
    paths = [*texts, *tables.values(), *others]
    wrong = [name for name, right in told.items() if not right]
    if wrong or len({collision_key(path) for path in paths}) != len(paths):
        what = ", ".join(wrong) or "paths"
        raise Unusable(f"the feed is damaged: its {what} are not those of the descriptor in it")


def _schema(package: Package, name: str) -> Schema:
    resource = package.resource(name)
    if resource is None or resource.schema is None:
        return Schema({}, "")
    return Schema(resource.schema.value, resource.schema.document.file)


def _table(package: Package, name: str) -> Table | None:
    """The table as it was; None if it is new, or was no table before."""
    resource = package.resource(name)
    try:
        return None if resource is None else table_of(package, resource)
    except Rejected as rejection:
        raise as_error(rejection.problem) from rejection


def _same_release(told: Mapping[str, Any], package: Package) -> None:
    if (told["name"], told["version"]) != (package.name, package.version):
        raise Unusable(
            f"the feed starts from {told['name']} {told['version']}; this is {package.name} {package.version}"
        )


def _prove(path: str, data: bytes, promised: str | None) -> None:
    if hashlib.sha256(data).hexdigest() != promised:
        raise Unusable(f"{path}: the feed does not lead to what it promises; is this the release that it starts from?")


def _copy(old: Folder, stage: Path, others: Mapping[str, str]) -> Iterator[str]:
    """Files that are no tables are taken over from the old release, if they are the same."""
    for path, promised in others.items():
        try:
            with old.open(path) as stream:
                data = stream.read()
        except Rejected as rejection:
            raise Unusable(f"{path} is no table and is new: a feed does not hold it") from rejection
        if hashlib.sha256(data).hexdigest() != promised:
            raise Unusable(f"{path} is no table and has changed: a feed does not hold it")
        yield _write(stage, path, data)


def _write(stage: Path, path: str, data: bytes) -> str:
    """A feed may come from anywhere: no path in it leads out of the folder, or to a file that is there already."""
    if fault := path_fault(path):
        raise Refused(f"the feed names an unsafe path: {fault[1]}")
    place = stage / path
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as stream:
            stream.write(data)
    except (FileExistsError, NotADirectoryError) as error:
        raise Unusable(f"the feed is damaged: {path} stands in the way of another file") from error
    return path


def _parsed(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unusable("the feed is damaged: a line is no JSON") from error
    if not isinstance(value, dict):
        raise Unusable("the feed is damaged: a line is no JSON object")
    return value
