"""What every teller shares: it is asked on standard input and answers on standard output, in JSON.

A teller runs one tool on one case, in the tool's own environment. It answers
with `how` (the call), `words` (lines of the tool's own output, some left out,
none rewritten) and `facts`: what the tool says, in words that are the same for
all tools, so that one set of criteria can judge them all.

    changed KEY COLUMN: OLD -> NEW      respelt KEY COLUMN: OLD -> NEW (the tool says: no other value)
    removed CELL|CELL…                  added CELL|CELL…
    duplicated KEY                      suggests row OLDKEY -> NEWKEY
    column gone NAME                    column new NAME
    column renamed OLD -> NEW           column mapped OLD -> NEW (the user told the tool)
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

BIN = Path(sys.executable).parent


def asked() -> dict[str, Any]:
    """The case and the run: `folder`, `names` (the columns that name a row), `schema`, and the run's own options."""
    question: dict[str, Any] = json.load(sys.stdin)
    return question


def answer(how: str, words: Iterable[str], facts: Iterable[str]) -> None:
    """Hand back what the tool says."""
    json.dump({"how": how, "words": list(words), "facts": sorted(set(facts))}, sys.stdout)


def run(name: str, *arguments: str | Path) -> str:
    """What a command of the tool's own environment prints; a failure that says nothing else is raised."""
    done = subprocess.run([BIN / name, *arguments], capture_output=True, text=True, check=False)
    if done.returncode and not done.stdout:
        raise SystemExit(done.stderr)
    return done.stdout


def named(row: Mapping[str, Any], names: Sequence[str]) -> str:
    """The cells that name a row."""
    return "|".join(cell(row[name]) for name in names)


def whole(row: Mapping[str, Any]) -> str:
    """All cells of a row."""
    return "|".join(map(cell, row.values()))


def change(key: str, column: str, old: Any, new: Any, kind: str = "changed") -> str:
    """The fact that a cell reads otherwise."""
    return f"{kind} {key} {column}: {cell(old)} -> {cell(new)}"


def cell(value: Any) -> str:
    """A cell as the facts have it; NaN, of whatever kind, is the one value that differs from itself."""
    if value is None or value != value:
        return "(null)"
    return str(value) or "(empty)"
