"""One change in words, for every format that people read."""

from __future__ import annotations

import json
from typing import Any

from muster_cli.render.visible import visible
from musterroll.changes.change import CellChange, Change

_CELL = 60  # characters of a cell
_CELLS = 6  # changed cells of one row


def told(change: Change) -> str:
    """What changed, without the table, which stands above it."""
    key = " ".join(_cell(value) for value in change.key.values())
    if change.kind == "row_changed":
        return f"{key}: {', '.join(map(_changed, change.cells[:_CELLS]))}{_more(len(change.cells))}"
    if change.kind in {"row_added", "row_removed"}:
        return f"{key}: {_rest(change)}" if key else _rest(change)
    if change.kind == "row_rekeyed":
        return f"{key} may be {' '.join(_cell(value) for value in (change.new_key or {}).values())} now"
    if change.kind == "key_duplicated":
        return f"{key}: {change.old} rows before, {change.new} now"
    if change.suggested:
        return f"{visible(str(change.old))} may be {visible(str(change.new))} now"
    if change.kind in _COUNTED:
        return _counted(change)
    subject = " ".join(visible(part) for part in (change.field, change.aspect) if part)
    return f"{subject}{': ' if subject else ''}{_value(change.old)} → {_value(change.new)}"


_COUNTED = {"table_added", "table_removed", "field_added", "field_removed", "field_moved"}


def _counted(change: Change) -> str:
    """A column with its position, a table with its rows."""
    name = visible(change.field or "")
    if change.kind == "field_removed":
        return name
    if change.kind == "field_moved":
        return f"{name}: column {change.old} before, {change.new} now"
    if change.kind == "field_added":
        return f"{name}: column {change.new}"
    rows = change.new if change.kind == "table_added" else change.old
    return "a file that is no table" if rows is None else f"{rows:,} rows"


def _changed(cell: CellChange) -> str:
    before = "new column" if cell.old is None else _cell(cell.old)
    note = "" if cell.nature == "value" else f" ({_NATURES[cell.nature]})"
    return f"{visible(cell.field)} {before} → {_cell(cell.new or '')}{note}"


_NATURES = {"spelling": "the same value", "missing": "still no value"}


def _rest(change: Change) -> str:
    """The first cells of a row that say something and are not its key."""
    cells = [(name, text) for name, text in (change.row or {}).items() if text and name not in change.key]
    return ", ".join(f"{visible(name)} {_cell(text)}" for name, text in cells[:_CELLS]) + _more(len(cells))


def _more(number: int) -> str:
    return f" and {number - _CELLS} more" if number > _CELLS else ""


def _cell(text: str) -> str:
    return visible(text, _CELL) if text else "(empty)"


def _value(value: Any) -> str:
    if value is None:
        return "–"
    return visible(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), _CELL)
