"""One table's changes as a highlighter table, the format of daff (https://paulfitz.github.io/daff-doc/spec.html).

The first column says what became of a row: `+++` inserted, `---` deleted, `->`
changed, where a changed cell holds both texts around an arrow. The arrow is
lengthened until no cell of the table holds it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import click

from musterroll.changes.change import Change
from musterroll.changes.diff import Diff

_ROWS = {"row_removed", "row_added", "row_changed"}


def render_daff(diff: Diff) -> str:
    """The table as CSV; wrong use if more than one table has changed rows."""
    changes = [change for change in diff.changes() if change.kind in _ROWS or change.kind.startswith("field_")]
    tables = {change.table for change in changes}
    if len(tables) > 1:
        names = ", ".join(sorted(str(name) for name in tables))
        raise click.UsageError(f"a highlighter table holds one table; choose one with --table: {names}")
    buffer = io.StringIO()
    name = next(iter(tables), None)
    if name in diff.old.tables and name in diff.new.tables:
        csv.writer(buffer, lineterminator="\n").writerows(_lines(diff, str(name), changes))
    return buffer.getvalue()


def _lines(diff: Diff, table: str, changes: Sequence[Change]) -> Iterable[list[str]]:
    old, new = diff.old.tables[table].header, diff.new.tables[table].header
    columns = [*new, *(name for name in old if name not in new)]
    marks = ["+++" if name not in old else "---" if name not in new else "" for name in columns]
    rows = [change for change in changes if change.kind in _ROWS]
    arrow = _arrow(rows)
    if any(marks):
        yield ["!", *marks]
    yield ["@@", *columns]
    for change in rows:
        yield _line(change, columns, arrow)


def _line(change: Change, columns: Sequence[str], arrow: str) -> list[str]:
    row = change.row or {}
    if change.kind != "row_changed":
        return ["+++" if change.kind == "row_added" else "---", *(row.get(name, "") for name in columns)]
    before = {cell.field: cell for cell in change.cells if cell.old is not None}
    cells = [f"{before[name].old}{arrow}{row[name]}" if name in before else row.get(name, "") for name in columns]
    return [arrow if before else "+", *cells]


def _arrow(changes: Iterable[Change]) -> str:
    texts = [text for change in changes for text in (change.row or {}).values()]
    texts += [cell.old or "" for change in changes for cell in change.cells]
    arrow = "->"
    while any(arrow in text for text in texts):
        arrow = f"-{arrow}"
    return arrow
