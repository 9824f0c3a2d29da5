"""What each release said of one row: since when it is there, how it changed, why it went, which errata speak of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from musterroll.changes.change import CellChange
from musterroll.changes.natures import nature_of
from musterroll.errors import Unusable
from musterroll.package.descriptor import Package
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.package.values import Column
from musterroll.release.by_name import open_release
from musterroll.release.index import Yanked
from musterroll.release.row_lookup import Cells, Found, Key, look_up
from musterroll.release.seen import refuse_older
from musterroll.release.shelf import Shelf

Happened = Literal["added", "changed", "removed"]


@dataclass(frozen=True)
class RowChange:
    """What a release says otherwise than the one before: of a row, whole, as it is or, if it was removed, as it was."""

    happened: Happened
    key: Key
    row: Cells
    cells: tuple[CellChange, ...] = ()


@dataclass(frozen=True)
class Said:
    """One release, or the working folder if it has no version.

    `rows` is what changed since the release before, `retired` and `errata` are
    what it says of the id that the one before did not say.
    """

    version: str | None
    created: str | None
    yanked: Yanked | None
    present: bool
    rows: tuple[RowChange, ...]
    retired: tuple[Cells, ...]
    errata: tuple[Cells, ...]

    @property
    def says_more(self) -> bool:
        """Whether it differs from the release before."""
        return bool(self.rows or self.retired or self.errata)


@dataclass(frozen=True)
class History:
    """All that the releases of a package said of one id, oldest first."""

    id: str
    name: str
    table: str
    releases: tuple[Said, ...]


def history(
    row_id: str, shelf: Shelf, working: Folder | None = None, on_release: Callable[[str], None] = lambda _: None
) -> History | None:
    """The history of a row, or None if neither a release nor the working folder has ever had it.

    `row_id` is an id of a mission record, or `TABLE:KEY` in any package. Releases
    that were withdrawn are asked as well. Raises as `fetch` does, and `Unusable`
    if a table cannot be read or an id is asked for in a package without ids.
    """
    if shelf.kind == "url":
        refuse_older(shelf)
    found = [*_asked(row_id, shelf, on_release)]
    if working is not None:
        found.append(_asked_one(row_id, working, None, None))
    tables = [item.table for _, item in found if item.table]
    if not tables:
        return None
    before, told = Found(), []
    for source, item in found:
        told.append(_said(source, before, item, set(tables)))
        before = item
    if working is not None and not told[-1].says_more:
        told.pop()
    return History(row_id, shelf.index.name, tables[-1], tuple(told))


@dataclass(frozen=True)
class _Source:
    version: str | None
    created: str | None
    yanked: Yanked | None


def _asked(row_id: str, shelf: Shelf, on_release: Callable[[str], None]) -> Iterator[tuple[_Source, Found]]:
    for entry in shelf.index.releases:
        on_release(entry.version)
        with tempfile.TemporaryDirectory(prefix="muster-") as place:
            folder = open_release(shelf, entry, Path(place), f"{shelf.index.name}@{entry.version}")
            yield _asked_one(row_id, folder, entry.version, entry.yanked)


def _asked_one(row_id: str, folder: Folder, version: str | None, yanked: Yanked | None) -> tuple[_Source, Found]:
    try:
        package = require_package(folder)
        return _Source(version, _created(package), yanked), look_up(package, row_id)
    except Unusable as error:
        raise Unusable(f"{folder}: {error}") from error


def _created(package: Package) -> str | None:
    created = package.descriptor.get("created")
    return created if isinstance(created, str) else None


def _said(source: _Source, before: Found, now: Found, tables: set[str]) -> Said:
    rows = [
        *(RowChange("removed", key, row) for key, row in before.rows.items() if key not in now.rows),
        *_added_or_changed(before, now),
    ]
    return Said(
        source.version,
        source.created,
        source.yanked,
        bool(now.rows),
        tuple(sorted(rows, key=lambda change: _order(change.key))),
        _news(before.retired, now.retired, tables),
        _news(before.errata, now.errata, tables),
    )


def _added_or_changed(before: Found, now: Found) -> Iterator[RowChange]:
    for key, row in now.rows.items():
        if key not in before.rows:
            yield RowChange("added", key, row)
        elif cells := tuple(_cells(before, now, before.rows[key], row)):
            yield RowChange("changed", key, row, cells)


def _cells(before: Found, now: Found, old: Cells, new: Cells) -> Iterator[CellChange]:
    """Cells that differ; an empty one of a new column, or of one that is gone, is no difference."""
    for name in dict.fromkeys([*new, *old]):
        columns = Column(before.schema, name), Column(now.schema, name)
        texts = old.get(name), new.get(name)
        says_something = [
            text is not None and not column.is_missing(text) for column, text in zip(columns, texts, strict=True)
        ]
        if texts[0] != texts[1] and (None not in texts or any(says_something)):
            yield CellChange(name, *texts, nature_of(*columns, *texts))


def _order(key: Key) -> list[tuple[bool, int, str]]:
    """Revision 10 after revision 9, without converting what somebody else wrote."""
    numeric = [text.isascii() and text.isdigit() for _, text in key]
    return [(not is_number, len(text) * is_number, text) for is_number, (_, text) in zip(numeric, key, strict=True)]


def _news(before: tuple[Cells, ...], now: tuple[Cells, ...], tables: set[str]) -> tuple[Cells, ...]:
    return tuple(row for row in now if row not in before and row["table_name"] in tables)
