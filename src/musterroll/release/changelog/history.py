"""What the release newly says of the past: counts for every table, and the first rows of each kind in words."""

from __future__ import annotations

from collections.abc import Iterator

from musterroll.changes.change import CellChange, Change
from musterroll.record.claims import ID_COLUMNS
from musterroll.release.changelog.corrected import CAUSES, corrected, named
from musterroll.release.changelog.markdown import ID, LONGEST, bullets, inert, name, table
from musterroll.release.changelog.subject import Subject
from musterroll.release.changelog.told import KINDS
from musterroll.release.changelog.words import counted

_CELLS = 4  # of a row of a package that is no record
_CELL = 60  # characters of one


def history(subject: Subject) -> Iterator[str]:
    """Rows added, removed and changed."""
    if subject.diff is None:
        rows = sum(len(each.rows) for each in subject.content.tables.values())
        tables = counted(len(subject.content.tables), "table")
        yield f"All {counted(rows, 'row')} in {tables} are published for the first time."
        return
    if not subject.gathered.rows:
        return
    yield from _counts(subject)
    if reason := subject.notes.explained.get("change-share"):
        yield from ("", f"Why so many rows changed: {inert(reason, 1000)}")
    for heading, items in _lists(subject):
        yield from ("", f"**{heading}**", "", *items)


def _counts(subject: Subject) -> Iterator[str]:
    happened = ("added", "removed", "changed")
    rows = [
        [name(each), *(f"{counts[kind]:,}" if counts[kind] else "" for kind in happened)]
        for each, counts in subject.gathered.rows.items()
    ]
    return table(("Table", "New rows", "Gone", "Changed"), rows, {1, 2, 3})


def _lists(subject: Subject) -> Iterator[tuple[str, Iterator[str]]]:
    if subject.record is None:
        yield from _of_any_package(subject)
        return
    gathered = subject.gathered
    for kind in KINDS:
        found = gathered.of(kind.table, "added")
        if found.count:
            told = [kind.told(subject, change.row or {}) + _doubt(subject, change) for change in found.first]
            yield kind.heading, bullets(told, found.count)
    for cause, heading in CAUSES.items():
        if cause in gathered.corrected:
            items = gathered.corrected[cause]
            yield heading, bullets([corrected(subject, item) for item in items.first], items.count)
    yield from _gone(subject)


def _doubt(subject: Subject, change: Change) -> str:
    """A row that is reported but not believed is not told as if it had happened."""
    table, row = change.table or "", change.row or {}
    revision = int(row["revision"]) if table == "commitments" else None
    id = row.get(ID_COLUMNS.get(table, ""), "")
    is_believed = subject.record is None or subject.record.is_believed(table, id, revision)
    return "" if is_believed else " This is reported, but not believed."


def _gone(subject: Subject) -> Iterator[tuple[str, Iterator[str]]]:
    retired, lost = subject.gathered.of("retired_ids", "added"), subject.gathered.lost
    if retired.count:
        yield "Retired", bullets([_retired(change) for change in retired.first], retired.count)
    if lost.count:
        told = [f"{named(subject, change)}." for change in lost.first]
        yield "Gone, without a word in `retired_ids`", bullets(told, lost.count)


def _retired(change: Change) -> str:
    row = {column: inert(text, LONGEST if column == "reason" else ID) for column, text in (change.row or {}).items()}
    successor = f"; {row['successor_id']} takes its place" if row.get("successor_id") else ""
    reason = row.get("reason", "").removesuffix(".")
    return f"{row.get('id', '')} of {name((change.row or {}).get('table_name', ''))}: {reason}{successor}."


def _of_any_package(subject: Subject) -> Iterator[tuple[str, Iterator[str]]]:
    words = {"added": "new", "removed": "gone", "changed": "changed"}
    for (each, happened), found in subject.gathered.first.items():
        yield f"{name(each)}: {words[happened]}", bullets([_row(change) for change in found.first], found.count)


def _row(change: Change) -> str:
    key = " ".join(inert(text, _CELL) for text in change.key.values())
    if change.cells:
        cells = [_changed(cell) for cell in change.cells]
    else:
        cells = [
            f"{name(column)} {_text(text)}"
            for column, text in (change.row or {}).items()
            if text and column not in change.key
        ]
    more = f" and {counted(len(cells) - _CELLS, 'cell')} more" if len(cells) > _CELLS else ""
    told = ", ".join(cells[:_CELLS]) + more
    return f"{key}: {told}" if key and told else key or told


def _changed(cell: CellChange) -> str:
    before = "new column" if cell.old is None else _text(cell.old)
    note = "" if cell.nature == "value" else f" ({_NATURES[cell.nature]})"
    return f"{name(cell.field)} {before} → {_text(cell.new or '')}{note}"


_NATURES = {"spelling": "the same value", "missing": "still no value"}


def _text(text: str) -> str:
    return f"“{inert(text, _CELL)}”" if text else "empty"
