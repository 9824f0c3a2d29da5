"""Run the blocks of a page in order, as a reader would who types them, and hold what they say to what happens."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from elsewhere import commit, git
from pages import Block
from running import ROOT, muster

_EXIT_CODE = re.compile(r"#.*exit code (\d+)")
_DATABASE = re.compile(r"^-- .*?(\S+\.sqlite)", re.MULTILINE)

Names = dict[str, Any]


def run_page(blocks: Sequence[Block]) -> None:
    """Run all blocks but those that say why not; Python goes on where the block before it ended."""
    names: Names = {}
    for block in blocks:
        if block.not_run is None:
            RUNNERS[block.language](block, names)


def _shell(block: Block, _: Names) -> None:
    for line in block.text.replace("\\\n", " ").splitlines():
        _typed(block, line)


def _console(block: Block, _: Names) -> None:
    head, *shown = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert not head, f"{block}: begins without a prompt"
    for text in shown:
        line, _newline, output = text.replace("\\\n", " ").partition("\n")
        printed = _typed(block, line)
        assert re.fullmatch(_pattern(output), printed), f"{block}: {line}\n{printed}"


def _pattern(output: str) -> str:
    """Dots alone in a line stand for any lines, dots within one for anything in it."""
    lines = (r"(?:.*\n)*?" if line == "…" else _within(line) for line in output.splitlines())
    return "".join(lines)


def _within(line: str) -> str:
    return ".*".join(map(re.escape, line.split("…"))) + r"\n"


def _typed(block: Block, line: str) -> str:
    """Run one line; what it prints. A comment may name the exit code, which is 0 otherwise."""
    words = shlex.split(line, comments=True)
    if not words:
        return ""
    expected = _EXIT_CODE.search(line)
    code, printed, told = _PROGRAMS[words[0]](words)
    assert code == int(expected[1] if expected else 0), f"{block}: {line}\nexit code {code}\n{printed}{told}"
    return printed


def _muster(words: list[str]) -> tuple[int, str, str]:
    result = muster(*words[1:])
    return result.code, result.stdout, result.stderr


def _git(words: list[str]) -> tuple[int, str, str]:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def _make(words: list[str]) -> tuple[int, str, str]:
    """Each target runs in CI; here it need only be there."""
    there = re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
    return 0 if there else 2, "", f"no target {words[1]}"


def _nothing(_: list[str]) -> tuple[int, str, str]:
    """What prepares a terminal: the tests have all that already."""
    return 0, "", ""


def _script(words: list[str]) -> tuple[int, str, str]:
    """A program of this repository, wherever the reader stands."""
    done = subprocess.run([sys.executable, ROOT / words[1], *words[2:]], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


_PROGRAMS: dict[str, Callable[[list[str]], tuple[int, str, str]]] = {
    "muster": _muster,
    "git": _git,
    "make": _make,
    "python": _script,
    ".": _nothing,
}


def _python(block: Block, names: Names) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block.text, str(block), "exec"), names)  # our own text
    said = _said_by_comments(block.text)
    if said:
        assert printed.getvalue().splitlines() == said, str(block)


def _said_by_comments(code: str) -> list[str]:
    """What the comments behind a `print` say that it prints, or those in the lines below it."""
    said, below = [], False
    for line in code.splitlines():
        _, is_print, after = line.partition("print(")
        comment = re.search(r"(?:^|  )\s*# (.*)$", after if is_print else line)
        if comment and (is_print or (below and line.lstrip().startswith("#"))):
            said.append(comment[1])
        below = bool(is_print) or (below and line.lstrip().startswith("#"))
    return said


def _sql(block: Block, _: Names) -> None:
    with duckdb.connect() as database:
        _answer(block, database.execute(block.text).fetchall())


def _sqlite(block: Block, _: Names) -> None:
    named = _DATABASE.search(block.text)
    assert named, f"{block}: a comment in the first line names the database"
    assert Path(named[1]).exists()
    with contextlib.closing(sqlite3.connect(named[1])) as database:
        _answer(block, database.execute(block.text).fetchall())


def _answer(block: Block, rows: Sequence[tuple[Any, ...]]) -> None:
    """The comments at the end are the first rows of the answer."""
    shown = re.search(r"(?:^-- .*\n)*\Z", block.text, re.MULTILINE)
    assert shown
    assert shown[0], f"{block}: does not show what it answers"
    expected = [line.removeprefix("-- ") for line in shown[0].splitlines()]
    assert [", ".join(map(str, row)) for row in rows][: len(expected)] == expected, str(block)


def _r(block: Block, _: Names) -> None:
    if shutil.which("Rscript") is None:
        return  # where there is R, tests/test_loading_docs.py looks at the answer too
    done = subprocess.run(["Rscript", "--vanilla", "-e", block.text], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{block}\n{done.stderr}"


def _csv(block: Block, _: Names) -> None:
    rows = list(csv.reader(io.StringIO(block.text), strict=True))
    assert len({len(row) for row in rows}) == 1, str(block)


def _parsed(parse: Callable[[str], object]) -> Callable[[Block, Names], None]:
    def run(block: Block, _: Names) -> None:
        assert parse(block.text), str(block)

    return run


RUNNERS: dict[str, Callable[[Block, Names], None]] = {
    "sh": _shell,
    "console": _console,
    "python": _python,
    "sql": _sql,
    "sqlite": _sqlite,
    "r": _r,
    "json": _parsed(json.loads),
    "yaml": _parsed(yaml.safe_load),
    "toml": _parsed(tomllib.loads),
    "csv": _csv,
    "text": lambda *_: None,  # no code; commands that it names are looked up by test_pages.py
    "{eval-rst}": lambda *_: None,  # run by the build of the site, which fails if it names what is not there
}


def origin_of_readers(folder: Path) -> Path:
    """A repository, on the branch main, with all that readers of the pages run commands on."""
    folder.mkdir()
    for name in ("data", "schemas", "profile", "releases", "examples"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, folder / name)
    for name in ("datapackage.json", ".gitattributes"):
        shutil.copyfile(ROOT / name, folder / name)
    commit(folder)
    git(folder, "config", "receive.denyCurrentBranch", "ignore")
    return folder


def be_a_reader(monkeypatch: pytest.MonkeyPatch, clone: Path, cache: Path) -> None:
    """Stand in a clone, with the name that git wants and a cache that is nobody else's."""
    monkeypatch.chdir(clone)
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    for name, value in (("NAME", "Newcomer"), ("EMAIL", "newcomer@example.org")):
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
