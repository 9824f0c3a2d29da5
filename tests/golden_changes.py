"""Golden pairs: two releases that differ in one way, beside the changes that must be told.

`tests/changes/<kind>/<case>/{old,new}/` hold files that replace those of a base
package (`tests/packages/plain`, or the one that `base.txt` names), on either
side or on both. `changes.txt` is the whole of what must be told; without it,
nothing. A new case needs no Python; `pytest --accept` writes its changes.txt.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from golden import build_base
from musterroll.changes.change import Change
from musterroll.changes.compatibility import bump_of
from musterroll.changes.diff import compared
from musterroll.package.folder import Folder

HERE = Path(__file__).parent
CASES = sorted(path for path in HERE.glob("changes/*/*") if path.is_dir())
ONE_OF_EACH_KIND = list({case.parts[-2]: case for case in reversed(CASES)}.values())


def build_sides(case: Path, target: Path) -> tuple[Path, Path]:
    """Write both releases of a case."""
    return _side(case, "old", target), _side(case, "new", target)


def changes_of(case: Path, target: Path) -> str:
    """Everything that is told of a case, as the text of a changes.txt; empty if nothing is."""
    old, new = build_sides(case, target)
    with compared(Folder(old), Folder(new)) as diff:
        return "".join(f"{line(change)}\n" for change in diff.changes())


def some_every_day(every: int) -> Iterator[ParameterSet]:
    """Every case, but every day only one of so many."""
    for number, case in enumerate(CASES):
        marks = [pytest.mark.slow] if number % every else []
        yield pytest.param(case, marks=marks, id="/".join(case.parts[-2:]))


def line(change: Change) -> str:
    """`bump rule table(key).column[property] what`, as a golden file has it."""
    key = ",".join(f"{name}={value}" for name, value in change.key.items())
    subject = "".join(
        [
            change.table or "-",
            f"({key})" if key else "",
            f".{change.field}" if change.field else "",
            f"[{change.aspect}]" if change.aspect else "",
        ]
    )
    grade = "suggested" if change.suggested else bump_of(change)
    return f"{grade} {change.rule} {subject}{_what(change)}"


def _what(change: Change) -> str:
    if change.cells:
        return "".join(f" {cell.field}: {cell.old!r} -> {cell.new!r} {cell.nature}" for cell in change.cells)
    if change.new_key is not None:
        return f" -> {','.join(change.new_key.values())}"
    if change.kind in {"row_added", "row_removed"}:
        return f" {'|'.join((change.row or {}).values())}"
    return f" {change.old!r} -> {change.new!r}"


def _side(case: Path, name: str, target: Path) -> Path:
    base = (case / "base.txt").read_text().strip() if (case / "base.txt").exists() else "plain"
    package = build_base(base, target / name)
    if (case / name).is_dir():
        shutil.copytree(case / name, package, dirs_exist_ok=True)
    for path in (
        (case / f"remove_from_{name}.txt").read_text().split() if (case / f"remove_from_{name}.txt").exists() else ()
    ):
        (package / path).unlink()
    return package
