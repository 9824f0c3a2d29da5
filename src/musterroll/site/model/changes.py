"""What changed from one release to the next: row by row and cell by cell, in parts that a browser opens at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from musterroll.changes.change import Change
from musterroll.changes.compatibility import reason_of
from musterroll.changes.diff import Diff, compared
from musterroll.changes.version import Required, required_version
from musterroll.release.exports.names import distinct, safe_stem
from musterroll.release.metadata.saying import text
from musterroll.site.addresses import of_pair
from musterroll.site.published import Published

APART = 150_000  # bytes of HTML, roughly, from which on a table has pages of its own
PART = 600_000  # bytes of one such page
_LONG = 40  # characters from which on a text is compared word by word
_WORDS = re.compile(r"\S+\s*|\s+")
_CELL, _TAGS = 9, 60  # bytes of HTML around a cell of a whole row, and around a changed cell


Parts = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Whole:
    """A row that came or went: what it is known by, and its cells in the order of the columns."""

    key: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Altered:
    """A cell that changed. `nature` says whether its value did, or only how it is written."""

    key: str
    column: str
    old: str | None
    new: str | None
    nature: str

    @property
    def parts(self) -> tuple[Parts, Parts]:
        """Both texts in parts, each with whether it differs: words of long texts, else the whole."""
        if self.old is None or self.new is None or min(len(self.old), len(self.new)) < _LONG:
            return ((self.old or "", True),), ((self.new or "", True),)
        before, after = _WORDS.findall(self.old), _WORDS.findall(self.new)
        steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        return (
            tuple(("".join(before[i:j]), how != "equal") for how, i, j, _, _ in steps if i < j),
            tuple(("".join(after[i:j]), how != "equal") for how, _, _, i, j in steps if i < j),
        )


@dataclass(frozen=True)
class Other:
    """A change of a table, a column or the descriptor, in words."""

    kind: str
    where: str
    old: str
    new: str
    why: str


@dataclass
class TableChanges:
    """All changes of one table; "" is the package itself."""

    name: str
    title: str
    columns: tuple[str, ...] = ()
    others: list[Other] = field(default_factory=list)
    altered: list[Altered] = field(default_factory=list)
    altered_rows: int = 0
    added: list[Whole] = field(default_factory=list)
    removed: list[Whole] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of HTML, roughly."""
        return sum(_size(item) for items in (self.altered, self.added, self.removed) for item in items)


@dataclass(frozen=True)
class Part:
    """A page of a table that is too large for the page of all: its address, and which of how many it is."""

    path: str
    number: int
    of: int
    changes: TableChanges


@dataclass(frozen=True)
class Pair:
    """Two releases side by side. `parts` are the pages of tables that are not on the page of all, by table."""

    old: Published
    new: Published
    required: Required
    tables: tuple[TableChanges, ...]
    parts: Mapping[str, tuple[Part, ...]]

    @property
    def path(self) -> str:
        """The page of all changes."""
        return of_pair(self.old.version, self.new.version)


def pairs(releases: Sequence[Published]) -> list[tuple[Published, Published]]:
    """Each release with the one that it was compared with, as far as that is known here."""
    known = {release.version: release for release in releases}
    return [
        (known[release.manifest.previous], release)
        for release in releases
        if release.manifest.previous and release.manifest.previous in known
    ]


def pair(old: Published, new: Published) -> Pair:
    """Compare two releases; raises `Unavailable` or `Unusable` if one of them cannot be read."""
    with compared(old.package, new.package) as diff:
        tables = tuple(_tables(diff))
        required = required_version(diff)
    path = of_pair(old.version, new.version)
    stems = distinct(safe_stem(table.name) for table in tables)
    parts = {
        table.name: tuple(_parts(table, f"{path.removesuffix('.html')}/{stem}"))
        for table, stem in zip(tables, stems, strict=True)
        if table.size > APART
    }
    return Pair(old, new, required, tables, parts)


def _tables(diff: Diff) -> Iterator[TableChanges]:
    """The tables in which anything changed; first the package itself."""
    found: dict[str, TableChanges] = {}
    for change in diff.changes():
        name = change.table or ""
        if name not in found:
            found[name] = _table(diff, name)
        _add(found[name], change)
    yield from found.values()


def _table(diff: Diff, name: str) -> TableChanges:
    sides = [side.tables[name] for side in (diff.new, diff.old) if name in side.tables]
    titles = (text(table.schema.descriptor.get("title")) for table in sides)
    columns = dict.fromkeys(column for table in sides for column in table.header)
    return TableChanges(name, next(filter(None, titles), name) or "The package itself", tuple(columns))


def _add(table: TableChanges, change: Change) -> None:
    key = ", ".join(change.key.values())
    if change.kind == "row_changed":
        table.altered_rows += 1
        table.altered += [Altered(key, cell.field, cell.old, cell.new, cell.nature) for cell in change.cells]
    elif change.kind in {"row_added", "row_removed"} and change.row is not None:
        row = Whole(key, tuple(change.row.get(name, "") for name in table.columns))
        (table.added if change.kind == "row_added" else table.removed).append(row)
    else:
        table.others.append(_other(change, key))


def _other(change: Change, key: str) -> Other:
    new_key = ", ".join(change.new_key.values()) if change.new_key else ""
    return Other(
        kind=change.kind.replace("_", " ") + (" (suggested)" if change.suggested else ""),
        where=" ".join(filter(None, [change.field, change.aspect, key])),
        old=_shown(change.old),
        new=_shown(change.new) or new_key,
        why=reason_of(change),
    )


def _shown(value: Any) -> str:
    """A property of a descriptor: a text as it is, all else as JSON."""
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)


def _size(item: Whole | Altered) -> int:
    if isinstance(item, Altered):
        return _TAGS + len(item.key) + len(item.column) + len(item.old or "") + len(item.new or "")
    return _TAGS + sum(len(cell.encode()) + _CELL for cell in item.cells)


def _parts(table: TableChanges, stem: str) -> Iterator[Part]:
    """The table cut into pages: what is altered and gone on the first ones, what is new on the last."""
    cuts = [TableChanges(table.name, table.title, table.columns, table.others)]
    filled = 0
    for kind in ("altered", "removed", "added"):
        for item in getattr(table, kind):
            filled += _size(item)
            if filled > PART:
                cuts.append(TableChanges(table.name, table.title, table.columns))
                filled = _size(item)
            getattr(cuts[-1], kind).append(item)
    for number, cut in enumerate(cuts, start=1):
        cut.altered_rows = len({item.key for item in cut.altered})
        yield Part(f"{stem}{f'-{number}' if number > 1 else ''}.html", number, len(cuts), cut)
