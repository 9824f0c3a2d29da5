"""The pages of the documentation, and the blocks of code on them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from running import ROOT

# Pages that a program writes, and the test that compares them with what it writes (and runs what they show).
GENERATED = {
    "docs/checks/README.md": "test_explain.py",
    "docs/checks/facts.md": "test_explain.py",
    "docs/checks/gate.md": "test_explain.py",
    "docs/checks/plausibility.md": "test_explain.py",
    "docs/checks/structure.md": "test_explain.py",
    "docs/checks/score.md": "test_mutate.py",
    "docs/checks/beyond-frictionless.md": "test_agreement.py",
    "docs/codebook/tables.md": "test_codebook.py",
    "docs/reference/commands.md": "test_for_maintainers.py",
}
_ELSEWHERE = ("releases/", "tests/", "src/", "benchmarks/")
_NOT_RUN = re.compile(r"<!-- not run: (.+?) -->", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A block of code as it stands on a page; `not_run` is the reason that the comment before it gives, if any."""

    page: str
    line: int
    language: str
    text: str
    not_run: str | None

    def __str__(self) -> str:
        return f"{self.page}:{self.line} ({self.language})"


@cache
def pages() -> list[str]:
    """Every Markdown file for readers, but for releases, which never change, and what tests and programs keep."""
    command = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md")
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return sorted({name for name in names if not name.startswith(_ELSEWHERE) and (ROOT / name).exists()})


def written_pages() -> list[str]:
    """Pages that people write."""
    return [page for page in pages() if page not in GENERATED]


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page in order, also those in lists; an indented one has no language."""
    before = None
    for token in _tokens(page):
        if token.type in {"fence", "code_block"}:
            reason = _NOT_RUN.search(before.content) if before and before.type == "html_block" else None
            line = (token.map or [0])[0] + 1
            yield Block(page, line, token.info.strip(), token.content, reason[1] if reason else None)
        before = token


def inline_code(page: str) -> Iterator[str]:
    """What stands between backticks in the text of a page, on one line."""
    for token in _tokens(page):
        for child in token.children or ():
            if child.type == "code_inline":
                yield " ".join(child.content.split())


def links(page: str) -> Iterator[str]:
    """Where the links and pictures of a page lead, as written."""
    for token in _tokens(page):
        for child in token.children or ():
            target = child.attrGet("href") or child.attrGet("src")
            if target:
                yield str(target)


def path_of(page: str, link: str) -> Path:
    """The file to which a relative link of a page leads."""
    path = link.partition("#")[0]
    return (ROOT / page).parent / path if path else ROOT / page


@cache
def _tokens(page: str) -> list[Token]:
    return MarkdownIt("commonmark").parse((ROOT / page).read_text())
