"""Whatever two branches added, after git's union and `--rekey` nothing is lost and nothing speaks of another row."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branches import ARRIVAL, record_in_form
from musterroll.drafting.draft import Draft, read_tables
from musterroll.drafting.movers import doubles
from musterroll.drafting.new_row import new_row
from musterroll.drafting.proofs import Source
from musterroll.drafting.rekey import rekey
from musterroll.drafting.revision import new_revision
from musterroll.drafting.writing import write_files
from musterroll.package.descriptor import Package
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from running import muster

ORDER = ("commitments", "events", "event_figures", "conditions", "deployments", "evidence")
Work = tuple[str, int]  # what is done, and with which of the rows that are there
WHAT = st.sampled_from(["arrival", "evidence", "revision", "pledge", "event"])
WORKS = st.lists(st.tuples(WHAT, st.integers(0, 1)), max_size=4)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(WORKS, WORKS)
def test_nothing_is_lost_and_nothing_changes_hands(theirs: list[Work], ours: list[Work]) -> None:
    with TemporaryDirectory() as place:
        base = record_in_form(Path(place) / "base")
        one = branch_of(base, Path(place) / "theirs", theirs, "T")
        other = branch_of(base, Path(place) / "ours", ours, "O")
        merged = union(base, one, other, Path(place) / "merged")

        move_all(merged, one)

        assert muster("fmt", merged, "--check").code == 0
        tables, known = read_tables(opened(merged)), read_tables(opened(one))
        assert not any(doubles(table) for table in tables.values())
        for name, table in known.items():  # theirs keep every byte
            assert {tuple(row) for row in table.rows} <= {tuple(row) for row in tables[name].rows}
        assert told(merged, "O") == told(other, "O")
        assert told(merged, "T") == told(one, "T")


def branch_of(base: Path, target: Path, works: list[Work], mark: str) -> Path:
    """A copy of the record on which somebody worked; all that they wrote is marked as theirs."""
    shutil.copytree(base, target)
    for number, (what, which) in enumerate(works):
        source, text = Source("gazette-2025-12-20", f"{mark} {number}"), f"{mark}{number}"
        package = opened(target)
        write(target, package, done(package, what, which, text, source))
    return target


def done(package: Package, what: str, which: int, text: str, source: Source) -> Draft:
    """One piece of work, as a draft."""
    said = {"announced": "2025-03-01", "announced_by": text}
    if what == "revision":
        cells = {**said, "change_reason": "world_changed", "status": "suspended"}
        return new_revision(package, "commitments", ("C-0003", "C-0004")[which], [*cells.items()], source)
    table, cells = {
        "arrival": ("deployments", {**ARRIVAL, "personnel": "7", "date": "2025-02-06", "note": text}),
        "event": ("events", {"kind": "attack", "date": "2025-02-06", "description": text}),
        "pledge": ("commitments", {**said, "mission_id": "MSS", "country_code": "JAM", "status": "pledged"}),
        "evidence": ("evidence", {"row_id": ("D-0001", "D-0002")[which], "value_asserted": text, **_OF_A_NOTE}),
    }[what]
    return new_row(package, table, [*cells.items()], source)


_OF_A_NOTE = {"table_name": "deployments", "field": "note", "stance": "context", "rank": "normal"}


def union(base: Path, one: Path, other: Path, target: Path) -> Path:
    """What git makes of two branches, file by file, keeping both sides' lines."""
    shutil.copytree(one, target)
    for place in sorted((target / "data").iterdir()):
        files = [folder / "data" / place.name for folder in (other, base, one)]
        merged = subprocess.run(["git", "merge-file", "--union", "-p", *files], capture_output=True, check=True)
        place.write_bytes(merged.stdout)
    assert muster("fmt", target).code == 0
    return target


def move_all(merged: Path, base: Path) -> None:
    """Move what clashes, as a person would: table by table, all ids that `muster validate` names."""
    for name in ORDER:
        package = opened(merged)
        ids = sorted({key[0] for key in doubles(read_tables(package)[name])})
        if ids:
            write(merged, package, rekey(package, name, ids, base=opened(base)))


def told(folder: Path, mark: str) -> Counter[tuple[object, ...]]:
    """Everything that a branch wrote, without the ids: each row by its own text, with what its evidence says of it."""
    tables = read_tables(opened(folder))
    evidence = tables["evidence"]
    names = {"deployments": "note", "events": "description", "commitments": "announced_by"}
    said: Counter[tuple[object, ...]] = Counter()
    for row in range(len(evidence.rows)):
        locator = evidence.cell(row, "locator")
        if not locator.startswith(f"{mark} "):
            continue
        about = tables[evidence.cell(row, "table_name")]
        key = [evidence.cell(row, "row_id"), *([evidence.cell(row, "revision")] if about.name == "commitments" else [])]
        rows = [at for at in range(len(about.rows)) if list(about.key(at).values()) == key]
        texts = tuple(about.cell(at, names[about.name]) for at in rows)
        said[(locator, evidence.cell(row, "field"), evidence.cell(row, "value_asserted"), texts)] += 1
    return said


def opened(folder: Path) -> Package:
    return require_package(Folder(folder))


def write(folder: Path, package: Package, draft: Draft) -> None:
    write_files(folder, draft.files(package))
