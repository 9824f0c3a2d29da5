"""A feed leads from the old release to the new one byte for byte, or it is refused and nothing is written."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds import canonical, lines_of
from golden_changes import build_sides, some_every_day
from musterroll.changes.replay import replay
from musterroll.errors import Unusable
from musterroll.package.canonical import canonical_csv
from musterroll.package.dialect import Dialect
from musterroll.package.folder import Folder
from musterroll.package.table import Schema, Table

Rows = dict[tuple[str, str], tuple[str, str]]

_CELL = st.text(st.sampled_from('aé01.,"\n '), max_size=3)
_KEY = st.tuples(st.sampled_from(["1", "2", "10", "01", "é"]), st.sampled_from("xy"))
_ROWS = st.dictionaries(_KEY, st.tuples(_CELL, _CELL), max_size=6)
_FIELDS = ("number", "letter", "one", "two")


def write(folder: Path, rows: Rows, columns: tuple[str, ...], key: bool, repeat: int = 1) -> None:
    """A package of one table with these rows, written as it comes."""
    (folder / "data").mkdir(parents=True)
    schema: dict[str, Any] = {"fields": [{"name": name, "type": "string"} for name in columns]}
    if key:
        schema["primaryKey"] = ["number", "letter"]
    resource = {"name": "table", "path": "data/table.csv", "schema": schema}
    (folder / "datapackage.json").write_text(json.dumps({"name": "p", "version": "1.0.0", "resources": [resource]}))
    order = [_FIELDS.index(name) for name in columns]
    whole = [[(*identity, *cells)[index] for index in order] for identity, cells in rows.items() for _ in range(repeat)]
    table = Table("table", "data/table.csv", Schema({}, ""), Dialect(), columns, whole)
    (folder / "data/table.csv").write_bytes(canonical_csv(table))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    old=_ROWS,
    new=_ROWS,
    before=st.sampled_from([_FIELDS, _FIELDS[:3]]),
    after=st.sampled_from([_FIELDS, ("two", *_FIELDS[:3])]),
    key=st.booleans(),
    repeat=st.sampled_from([1, 2]),
)
def test_what_a_feed_makes_of_the_old_release_is_the_new_one(
    old: Rows, new: Rows, before: tuple[str, ...], after: tuple[str, ...], key: bool, repeat: int
) -> None:
    with tempfile.TemporaryDirectory() as place:
        one, two, out = Path(place) / "old", Path(place) / "new", Path(place) / "out"
        write(one, old, before, key, repeat)
        write(two, new, after, key, 1 if key else repeat)

        lines = lines_of(one, two)
        list(replay(Folder(one), lines, out))

        assert {path: (out / path).read_bytes() for path in canonical(two)} == canonical(two)
        if key and repeat == 1:
            assert _counts(lines) == _naive(old, new, before, after)


def _counts(lines: list[str]) -> dict[str, int]:
    counts: Mapping[str, int] = json.loads(lines[-1])["counts"]
    return {kind: count for kind, count in counts.items() if kind.startswith("row_")}


def _naive(old: Rows, new: Rows, before: tuple[str, ...], after: tuple[str, ...]) -> dict[str, int]:
    """Counted by hand, cells by name: a new column was empty, one that is gone is not looked at."""

    def cells(rows: Rows, identity: tuple[str, str], columns: tuple[str, ...]) -> dict[str, str]:
        found = dict(zip(_FIELDS, (*identity, *rows[identity]), strict=True))
        return {name: found[name] if name in columns else "" for name in after}

    changed = sum(cells(old, key, before) != cells(new, key, after) for key in old.keys() & new.keys())
    found = {
        "row_removed": len(old.keys() - new.keys()),
        "row_added": len(new.keys() - old.keys()),
        "row_changed": changed,
    }
    return {kind: count for kind, count in found.items() if count}


# What no feed can carry, and what is said of it.
_NOT_IN_A_FEED = {
    "another_encoding": "only UTF-8 is formatted",
    "notes_lie_elsewhere": "notes.txt is no table and is new",
    "notes_with_other_bytes": "data/notes.txt is no table and has changed",
    "a_file_that_is_no_table": "data/notes.txt is no table and is new",
}


@pytest.mark.parametrize("case", list(some_every_day(5)))
def test_every_golden_pair_can_be_replayed_or_says_why_not(case: Path, tmp_path: Path) -> None:
    old, new = build_sides(case, tmp_path)
    if case.name in _NOT_IN_A_FEED:
        with pytest.raises(Unusable, match=_NOT_IN_A_FEED[case.name]):
            list(replay(Folder(old), lines_of(old, new), tmp_path / "out"))
        assert not (tmp_path / "out").exists()
        return

    list(replay(Folder(old), lines_of(old, new), tmp_path / "out"))

    assert {path: (tmp_path / "out" / path).read_bytes() for path in canonical(new)} == canonical(new)
