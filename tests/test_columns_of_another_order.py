"""A schema may allow that columns are absent, more, or in another order: every command goes by their names."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from golden import build_base
from musterroll.faults.original import read_original
from musterroll.package.folder import Folder
from running import muster

NAMES = ("id", "place", "name", "born", "role", "badge")
_ROW = {"id": "7", "place": "PAP", "name": "Zoe", "badge": "zz", "seen": "often"}


@pytest.mark.parametrize(
    ("mode", "header"),
    [
        ("equal", NAMES[::-1]),
        ("subset", ("id", "seen", *NAMES[1:])),
        ("superset", ("badge", "name", "place", "id")),
        ("partial", ("badge", "seen", "place", "name", "id")),
    ],
)
def test_all_commands_read_and_write_columns_by_name(mode: str, header: tuple[str, ...], tmp_path: Path) -> None:
    package = _package(tmp_path / "plain", mode, header)
    before = build_base("plain", tmp_path / "before")
    assert muster("fmt", package).code == 0
    row = {name: text for name, text in _ROW.items() if name in header}
    added = muster("new", "people", package, *(word for cell in row.items() for word in ("--set", "=".join(cell))))
    assert (added.code, added.stdout) == (0, "7\n")
    assert muster("validate", package).code == 0
    assert muster("fmt", "--check", package).code == 0

    shown = muster("show", "people", package, "--format", "csv", "--where", "id = 7").stdout.splitlines()
    assert list(csv.DictReader(shown)) == [{name: row.get(name, "") for name in header}]
    asked = muster("query", "SELECT name, badge FROM people WHERE id = 1", package, "--format", "csv")
    assert asked.stdout.splitlines()[1:] == ["Marie,a"]

    assert muster("diff", before, package, "--format", "jsonl", "--output", tmp_path / "feed").code == 1
    assert muster("apply", before, tmp_path / "feed", "--out", tmp_path / "applied").code == 0
    assert muster("diff", package, tmp_path / "applied").code == 0
    released = muster("release", package, "--out", tmp_path / "releases")
    assert released.code == 0, released.stdout
    assert muster("verify", tmp_path / "releases/1.0.0").code == 0


def test_no_fault_is_planted_in_a_reference_to_a_column_that_is_absent(tmp_path: Path) -> None:
    package = _package(tmp_path / "plain", "superset", NAMES)
    key = {"fields": ["role"], "reference": {"resource": "places", "fields": ["region"]}}
    _set(package / "schemas/people.json", foreignKeys=[key])
    fields = [*json.loads((package / "schemas/places.json").read_text())["fields"], {"name": "region"}]
    _set(package / "schemas/places.json", fields=fields, fieldsMatch="superset")

    original = read_original(Folder(package))

    assert not original.references


def _package(folder: Path, mode: str, header: tuple[str, ...]) -> Path:
    """The plain package, with these columns of `people` in this order, in a schema that allows it."""
    build_base("plain", folder)
    _set(folder / "schemas/people.json", fieldsMatch=mode)
    data = folder / "data/people.csv"
    with data.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    with data.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, header, restval="once", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    _set(
        folder / "datapackage.json",
        title="Plain",
        created="2026-01-01T00:00:00Z",
        licenses=[{"name": "CC0-1.0"}],
        contributors=[{"title": "A"}],
        release={"version": "1.0.0", "briefly": "First."},
    )
    return folder


def _set(file: Path, **properties: object) -> None:
    file.write_text(json.dumps({**json.loads(file.read_text()), **properties}))
