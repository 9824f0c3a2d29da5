"""What the README and the decisions promise; test_pages.py runs what pages show, test_docs_site.py builds the site."""

from __future__ import annotations

import re
from typing import Any

import pytest

from muster_validators import LAYERS
from running import ROOT

README = (ROOT / "README.md").read_text()
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMMANDS = [
    line.split("#")[0].strip()
    for language, block in _BLOCK.findall(README)
    if language == "sh"
    for line in block.splitlines()
]


def test_the_first_lines_are_the_two_commands() -> None:
    assert README.splitlines()[0] == "```sh"
    assert [command.split()[:2] for command in _COMMANDS[:2]] == [["make", "validate"], ["make", "test"]]


def test_the_python_of_the_readme_runs_and_says_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (block,) = [block for language, block in _BLOCK.findall(README) if language == "python"]
    names: dict[str, Any] = {}
    exec(block, names)  # our own text

    assert "Interval(min=396, best=396, max=396)" in block
    assert repr(eval("release.balance('2024-10-11')[-1].deployed", names)) == "Interval(min=396, best=396, max=396)"
    assert eval('list(musterroll.diff(".", "."))', names) == []


def test_the_readme_names_every_layer() -> None:
    assert all(f"| {layer} |" in README for layer in LAYERS)


def test_decisions_are_numbered_dated_and_short() -> None:
    decisions = sorted((ROOT / "docs/decisions").glob("0*.md"))

    for number, path in enumerate(decisions, start=1):
        text = path.read_text()
        assert path.name.startswith(f"{number:04}-")
        assert re.fullmatch(rf"# {number}\. .+", text.splitlines()[0])
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", text.splitlines()[2])
        assert len(text.splitlines()) <= 40


def test_no_file_of_the_repository_names_a_place_on_a_machine() -> None:
    text = "\n".join(path.read_text() for path in (ROOT / "docs").rglob("*") if path.is_file() and path.suffix == ".md")

    assert not re.search(r"/(?:tmp|home|root|usr)/", text + README)
