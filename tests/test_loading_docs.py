"""The one-liners of docs/how-to/load.md do what they say."""

from __future__ import annotations

import re
import shlex
import shutil
import sqlite3
import subprocess
from pathlib import Path

import duckdb
import pytest

from running import ROOT, muster

_PAGE = (ROOT / "docs/how-to/load.md").read_text()
_BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", _PAGE, re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    found = [block for name, block in _BLOCKS if name == language]
    assert found
    return found


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


@pytest.mark.parametrize("block", blocks("python"))
def test_python_prints_what_the_comments_say(block: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(block, {})  # our own text

    said = [
        text.strip()
        for text in re.findall(r"print\(.*\)\s*# (.*)|^    # (.*)", block, re.MULTILINE)
        for text in text
        if text
    ]
    assert said
    assert capsys.readouterr().out.splitlines() == said


@pytest.mark.parametrize("line", [line for block in blocks("sh") for line in block.splitlines()])
def test_every_command_runs(line: str) -> None:
    assert muster(*shlex.split(line, comments=True)[1:]).code == 0


def test_duckdb_answers_from_the_exports() -> None:
    came, there = (duckdb.connect().execute(block).fetchall() for block in blocks("sql"))

    assert came[0] == ("KEN", 991)
    assert [row[1:] for row in there] == [(378, 382, 382)]


def test_sqlite_leads_from_a_row_to_its_sources() -> None:
    (question,) = blocks("sqlite")
    with sqlite3.connect(ROOT / "releases/1.1.0/exports/haiti-mss-1.1.0.sqlite") as database:
        rows = database.execute(question).fetchall()
    database.close()

    assert any(stance == "conflicts" for *_, stance in rows)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_reads_the_csv() -> None:
    (script,) = blocks("r")
    done = subprocess.run(["Rscript", "--vanilla", "-e", script], capture_output=True, text=True, check=True)

    assert re.search(r"KEN +991", done.stdout)
