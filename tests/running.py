"""Run `muster` as a user does, in this process so that coverage sees it, and copies of the real package."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from muster_cli import main

ROOT = Path(__file__).parents[1]
# The frozen first release: what it holds never changes, whatever the package in the root holds by now.
RECORD = ROOT / "releases/1.0.0"
CONTENT = ("datapackage.json", "data", "schemas")


@dataclass(frozen=True)
class Result:
    """How a run ended and what it said."""

    code: int
    stdout: str
    stderr: str


def muster(*arguments: str | Path) -> Result:
    """Run `muster` with these arguments."""
    stdout, stderr = io.StringIO(), io.StringIO()
    argv = ["muster", *map(str, arguments)]
    with (
        mock.patch.object(sys, "argv", argv),
        contextlib.redirect_stdout(stdout),
        contextlib.redirect_stderr(stderr),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code
    return Result(int(code or 0), stdout.getvalue(), stderr.getvalue())


def copy_of_record(target: Path) -> Path:
    """A copy of the package in the frozen first release, on whose contents tests can rely, to break."""
    target.mkdir(parents=True)
    for name in CONTENT:
        source = RECORD / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, target / name)
    return target


def replace(package: Path, path: str, old: str, new: str) -> None:
    """Change one text in one file, which must stand there once, and make hash and bytes true again."""
    file = package / path
    text = file.read_bytes().decode()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    file.write_bytes(text.replace(old, new).encode())
    seal(package)


def seal(package: Path) -> None:
    """Write the true hash and size of every file into the descriptor."""
    descriptor = json.loads((package / "datapackage.json").read_text())
    for resource in descriptor["resources"]:
        data = (package / resource["path"]).read_bytes()
        resource["hash"], resource["bytes"] = f"sha256:{hashlib.sha256(data).hexdigest()}", len(data)
    (package / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False, indent=2))
