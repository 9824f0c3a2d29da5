"""The made-up mission record in a git repository, as contributors have it: branches, and what git makes of two."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from elsewhere import commit, git
from golden import build_base, put_in_form
from muster_validators import validate
from running import ROOT, Result, muster

ARRIVAL = {
    "mission_id": "MSS",
    "country_code": "KEN",
    "movement": "arrival",
    "personnel_kind": "police",
    "place": "in_haiti",
    "commitment_id": "C-0001",
}
GAZETTE = ("--source", "gazette-2025-12-20", "--locator", "par. 2")


Work = Callable[[Path], object]  # what somebody does on a branch


def record_in_form(folder: Path) -> Path:
    """The made-up record in canonical form."""
    package = build_base("mission", folder)
    put_in_form(package)
    return package


def repository(folder: Path) -> Path:
    """The made-up record on the branch main, with the attributes that this repository gives its files."""
    package = record_in_form(folder)
    shutil.copyfile(ROOT / ".gitattributes", package / ".gitattributes")
    commit(package)
    return package


def branch(package: Path, name: str, work: Work) -> None:
    """A branch of main on which some work is done; main is checked out afterwards."""
    git(package, "switch", "--quiet", "--create", name, "main")
    work(package)
    commit(package)
    git(package, "switch", "--quiet", "main")


def merge_main_into(package: Path, name: str) -> None:
    """Merge main into a branch as CONTRIBUTING.md says: git keeps all rows, the descriptor is main's, made true."""
    git(package, "switch", "--quiet", name)
    merged = subprocess.run(
        ["git", "-C", package, "-c", "user.name=N", "-c", "user.email=n@example.org", "merge", "--quiet", "main"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert merged.returncode == 1, "two branches that change one table must not merge unnoticed"
    assert git(package, "diff", "--name-only", "--diff-filter=U") == "datapackage.json"
    git(package, "checkout", "--theirs", "datapackage.json")
    assert muster("fmt", package).code == 0


def settings(*changed: dict[str, str]) -> list[str]:
    """`--set` for each of these cells; later ones win."""
    cells: dict[str, str] = {}
    for each in changed:
        cells |= each
    return [word for name, text in cells.items() for word in ("--set", f"{name}={text}")]


def new(package: Path, table: str, *words: str) -> str:
    """Run `muster new`, which must succeed; returns the id."""
    result = muster("new", table, package, *words)
    assert result.code == 0, result.stderr
    return result.stdout.strip()


def fails(package: Path, table: str, *words: str) -> Result:
    """Run `muster new`, which must write nothing and exit 2."""
    before = content(package)
    result = muster("new", table, package, *words)
    assert result.code == 2, result.stderr
    assert result.stdout == ""
    assert content(package) == before
    return result


def rows(package: Path, table: str) -> list[str]:
    """The lines of a table behind its header."""
    return (package / f"data/{table}.csv").read_text().splitlines()[1:]


def added(package: Path, table: str, before: Path) -> list[str]:
    """The lines that a table has and another copy of it has not, in order."""
    known = set(rows(before, table))
    return [line for line in rows(package, table) if line not in known]


def content(package: Path) -> dict[str, bytes]:
    """Every file of the package."""
    paths = (path for path in sorted(package.rglob("*")) if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(package).as_posix(): path.read_bytes() for path in paths}


def is_sound(package: Path) -> bool:
    return validate(package, ("structure", "facts")).valid and muster("fmt", package, "--check").code == 0


def two_branches(folder: Path, theirs: Work, ours: Work) -> Path:
    """A repository in which main has their work and the branch `ours` ours, merged as far as git can."""
    package = repository(folder)
    branch(package, "theirs", theirs)
    branch(package, "ours", ours)
    git(package, "merge", "--quiet", "theirs")
    merge_main_into(package, "ours")
    return package


def as_in(package: Path, revision: str, target: Path) -> Path:
    """The record as it is in a revision, in a folder of its own."""
    git(package, "worktree", "add", "--quiet", "--detach", str(target), revision)
    return target
