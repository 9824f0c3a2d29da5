"""What the releases said of one row, for people and as JSON (`musterroll/history/1`)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from muster_cli.render.console import printed
from muster_cli.render.visible import visible
from musterroll.release.history import History, RowChange, Said
from musterroll.release.row_lookup import Cells

_STYLE = {"first seen": "green", "added": "green", "changed": "yellow", "removed": "bold red", "back": "green"}
_CELL = 500  # characters of a cell
_SHORT = 50  # characters of a cell before and after that still read well on one line


def render_text(history: History, *, colour: bool = False) -> str:
    """Release by release, oldest first: a line for each, and below it what changed."""
    return printed(_parts(history), colour=colour)


def render_json(history: History) -> str:
    """The same as one JSON document."""
    document = {
        "format": "musterroll/history/1",
        "id": history.id,
        "package": history.name,
        "table": history.table,
        "releases": [_release(said) for said in history.releases],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _release(said: Said) -> Mapping[str, Any]:
    rows = [{**asdict(change), "key": dict(change.key), "row": dict(change.row)} for change in said.rows]
    return {**asdict(said), "rows": rows}


def _parts(history: History) -> Iterator[Text | Padding]:
    yield Text.assemble((visible(history.id), "bold"), f"  {visible(history.table)} of {visible(history.name)}")
    was_present = was_ever_present = False
    for said in history.releases:
        yield Text()
        word = _word(said, was_present=was_present, was_ever_present=was_ever_present)
        yield _heading(said, word)
        if said.yanked:
            yield _indented(Text(f"this release was withdrawn: {visible(said.yanked.reason)}", "bold red"))
        for change in said.rows:
            yield from _row(change)
        yield from (_indented(_retired(row)) for row in said.retired)
        yield from (_indented(_erratum(row)) for row in said.errata)
        was_present, was_ever_present = said.present, was_ever_present or said.present


def _heading(said: Said, word: str) -> Text:
    day = visible((said.created or "").partition("T")[0], 40)
    version = visible(said.version or "unreleased", 40)
    return Text.assemble(
        (version, "bold"), f"  {day}" if said.version and day else "", "  ", (word, _STYLE.get(word, "dim"))
    )


def _word(said: Said, *, was_present: bool, was_ever_present: bool) -> str:
    if said.present and not was_present:
        return "back" if was_ever_present else "first seen"
    if not said.present:
        return "removed" if was_present else "not there"
    return "changed" if said.rows else "as before"


def _row(change: RowChange) -> Iterator[Padding]:
    """The whole row when it came, and only what changed later; of a removed one, that it went."""
    label = ", ".join(f"{visible(name)} {visible(text)}" for name, text in change.key[1:])
    if label:
        word = {"added": "new", "changed": "", "removed": "removed"}[change.happened]
        yield _indented(Text.assemble(label, f"  {word}" if word else ""))
    if change.happened == "added":
        keys = dict(change.key)
        yield _grid({name: visible(text, _CELL) for name, text in change.row.items() if text and name not in keys})
    elif change.cells:
        yield _grid({cell.field: _change(cell.old, cell.new, cell.nature) for cell in change.cells})


def _change(old: str | None, new: str | None, nature: str) -> str:
    note = {"value": "", "spelling": " (the same value)", "missing": " (still no value)"}[nature]
    before, after = _text(old, "new column"), _text(new, "no such column")
    between = " " if len(before) + len(after) <= _SHORT else "\n"
    return f"{before}{between}→ {after}{note}"


def _text(text: str | None, absent: str) -> str:
    if text is None:
        return f"({absent})"
    return visible(text, _CELL) if text else "(empty)"


def _retired(row: Cells) -> Text:
    successor = f", in its place {visible(row['successor_id'])}" if row.get("successor_id") else ""
    return Text(f"retired{successor}: {visible(row.get('reason') or 'without a reason', _CELL)}")


def _erratum(row: Cells) -> Text:
    said = {name: visible(text, _CELL) for name, text in row.items() if text}
    values = f" {said.get('before', '(empty)')} → {said.get('after', '(empty)')}" if "field" in said else ""
    parts = [
        f"{said.get('field', 'the row')}{values}",
        said.get("cause", "").replace("_", " "),
        _affected(said),
        said.get("note", ""),
    ]
    return Text(f"erratum {said.get('erratum_id', '')}: {'; '.join(part for part in parts if part)}")


def _affected(said: Mapping[str, str]) -> str:
    wrong, fixed = said.get("versions_affected", ""), said.get("fixed_in", "")
    return ", ".join(part for part in (wrong and f"wrong in {wrong}", fixed and f"mended in {fixed}") if part)


def _grid(cells: Mapping[str, str]) -> Padding:
    grid = Table.grid(padding=(0, 2))
    for name, value in cells.items():
        grid.add_row(Text(visible(name), "dim"), Text(value))
    return _indented(grid, 4)


def _indented(content: Text | Table, columns: int = 2) -> Padding:
    return Padding(content, (0, 0, 0, columns), expand=False)
