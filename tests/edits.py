"""Edits of a package in a folder: rows, the descriptor, a schema."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def append(package: Path, table: str, *rows: str) -> None:
    """Rows behind the others of a table."""
    place = package / f"data/{table}.csv"
    place.write_text(place.read_text() + "".join(f"{row}\n" for row in rows))


def describe(package: Path, **properties: Any) -> None:
    """Set properties of the descriptor; None takes one away."""
    place = package / "datapackage.json"
    descriptor = {**json.loads(place.read_text()), **properties}
    kept = {name: value for name, value in descriptor.items() if value is not None}
    place.write_text(json.dumps(kept, ensure_ascii=False, indent=2))


def reschema(package: Path, table: str, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the schema of a table."""
    place = package / f"schemas/{table}.json"
    schema = json.loads(place.read_text())
    change(schema)
    place.write_text(json.dumps(schema, ensure_ascii=False, indent=2))


def quoted(text: str) -> str:
    """A cell that may hold anything."""
    return '"' + text.replace('"', '""') + '"'


def replace_text(package: Path, path: str, old: str, new: str) -> None:
    """Change one text in one file of a package that has no hashes."""
    text = (package / path).read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    (package / path).write_text(text.replace(old, new))
