"""What the documentation shows is what happens."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest

from muster_validators import LAYERS
from running import ROOT, muster

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


@pytest.mark.parametrize("command", [command for command in _COMMANDS if command.startswith("muster ")])
def test_every_command_of_the_readme_runs(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    assert muster(*shlex.split(command)[1:]).code == 0


@pytest.mark.parametrize("command", [command for command in _COMMANDS if command.startswith("make ")])
def test_every_make_target_of_the_readme_exists(command: str) -> None:
    assert re.search(rf"^{command.split()[1]}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_the_output_shown_is_the_output(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    shown = [block for language, block in _BLOCK.findall(README) if language == "console"]

    assert shown
    for block in shown:
        command, _, output = block.partition("\n")
        assert muster(*shlex.split(command.removeprefix("$ "))[1:]).stdout == output


def test_the_python_of_the_readme_runs_and_says_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (block,) = [block for language, block in _BLOCK.findall(README) if language == "python"]
    names: dict[str, Any] = {}
    exec(block, names)  # our own text

    assert "Interval(min=396, best=396, max=396)" in block
    assert repr(eval("release.balance('2024-10-11')[-1].deployed", names)) == "Interval(min=396, best=396, max=396)"
    assert eval('list(musterroll.diff(".", "."))', names) == []


@pytest.mark.parametrize("path", sorted({*re.findall(r"\]\((?!https?:)([^)#]+)\)", README)}))
def test_every_link_of_the_readme_leads_somewhere(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_readme_names_every_layer() -> None:
    assert all(f"| {layer} |" in README for layer in LAYERS)


def test_decisions_are_numbered_dated_and_short() -> None:
    decisions = sorted((ROOT / "docs/decisions").glob("*.md"))

    for number, path in enumerate(decisions, start=1):
        text = path.read_text()
        assert path.name.startswith(f"{number:04}-")
        assert re.fullmatch(rf"# {number}\. .+", text.splitlines()[0])
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", text.splitlines()[2])
        assert len(text.splitlines()) <= 40


def test_no_file_of_the_repository_names_a_place_on_a_machine() -> None:
    text = "\n".join(path.read_text() for path in (ROOT / "docs").rglob("*") if path.is_file() and path.suffix == ".md")

    assert not re.search(r"/(?:tmp|home|root|usr)/", text + README)
