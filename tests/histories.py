"""Ask `muster history`, and change a package row by row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from running import muster, seal
from test_formats import schema


def append(package: Path, path: str, line: str) -> None:
    with (package / path).open("a") as stream:
        stream.write(f"{line}\n")
    seal(package)


def drop(package: Path, path: str, begin: str) -> None:
    lines = (package / path).read_text().splitlines(keepends=True)
    (package / path).write_text("".join(line for line in lines if not line.startswith(begin)))
    seal(package)


def told(*arguments: str | Path) -> dict[str, Any]:
    result = muster("history", *arguments, "--format", "json")
    assert result.code == 0, result.stderr
    document: dict[str, Any] = json.loads(result.stdout)
    schema("history-1").validate(document)
    return document


def text(*arguments: str | Path) -> str:
    result = muster("history", *arguments)
    assert result.code == 0, result.stderr
    return result.stdout
