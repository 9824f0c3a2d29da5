"""Every block of code of every page is run, every command that it names is there, every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
import yaml

from elsewhere import git
from muster_cli.main import COMMANDS, cli
from page_runs import RUNNERS, be_a_reader, origin_of_readers, run_page
from pages import GENERATED, Block, blocks, inline_code, links, pages, path_of, written_pages
from running import ROOT

# A story of several people, told and run by that module.
_STORIES = {"CONTRIBUTING.md": "test_contributing.py"}
_PARSED_ONLY = {"csv", "json", "text", "toml", "yaml", "{eval-rst}"}
_RUN = [
    page
    for page in written_pages()
    if page not in _STORIES and any(block.language not in _PARSED_ONLY for block in blocks(page))
]


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return origin_of_readers(tmp_path_factory.mktemp("readers") / "origin")


@pytest.mark.slow
@pytest.mark.parametrize("page", _RUN)
def test_every_block_of_a_page_does_what_it_shows(page: str, origin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clone = origin.parent / page.replace("/", "-").removesuffix(".md")
    git(origin, "clone", "--quiet", str(origin), str(clone))
    be_a_reader(monkeypatch, clone, origin.parent / "cache")

    run_page(list(blocks(page)))


def test_every_block_is_in_a_language_that_is_run_or_parsed() -> None:
    for page in written_pages():
        for block in blocks(page):
            assert block.language in RUNNERS, block
            if block.language in _PARSED_ONLY and block.not_run is None:
                RUNNERS[block.language](block, {})


def test_what_cannot_be_run_says_why() -> None:
    reasons = {(block.page, block.not_run) for page in pages() for block in blocks(page) if block.not_run is not None}

    assert reasons == {
        ("docs/compare-diff.md", "it installs the other tools from the network"),
        ("docs/how-to/load.md", "it needs the R packages frictionless and arrow, which Debian does not have"),
        ("docs/tutorial.md", "it needs the address of the repository, and installs libraries"),
    }


def test_generated_pages_and_stories_are_there_and_so_are_the_tests_that_they_rely_on() -> None:
    for page, test in {**GENERATED, **_STORIES}.items():
        assert (ROOT / page).exists()
        assert (ROOT / "tests" / test).exists()


def test_every_command_that_a_page_names_is_there_with_its_options() -> None:
    named = {(page, code) for page in written_pages() for code in inline_code(page)}
    named |= {(b.page, line) for page in written_pages() for b in blocks(page) for line in b.text.splitlines()}
    commands = {(page, code) for page, code in named if re.match(r"muster [a-z]+\b", code)}

    assert len(commands) > 100
    for page, code in commands:
        assert _unknown(code) is None, f"{page}: {code}: {_unknown(code)}"


def _unknown(code: str) -> str | None:
    """The first word that the command line does not know; what stands behind two spaces explains it."""
    name, *words = re.split(r"\s", re.split(r"  |  #", code.removeprefix("muster "))[0])
    if name not in COMMANDS:
        return name
    command = cli.get_command(click.Context(cli), name)
    known = {option for parameter in command.params for option in parameter.opts} if command else set()
    options = (word.partition("=")[0].rstrip(".,;:)") for word in words if word.startswith("--"))
    return next((option for option in options if option not in known | {"--help"}), None)


def test_every_link_of_every_page_leads_to_a_file() -> None:
    """Anchors are looked at where the site is built."""
    for page in pages():
        for link in links(page):
            assert re.match(r"https?:|mailto:", link) or path_of(page, link).exists(), f"{page}: {link}"


def test_the_page_about_ci_names_inputs_and_hooks_that_there_are() -> None:
    text = (ROOT / "docs/how-to/ci.md").read_text()
    workflow, config = (yaml.safe_load(b.text) for b in blocks("docs/how-to/ci.md") if b.language == "yaml")
    given = set(workflow["jobs"]["judge"]["steps"][1]["with"]) | set(
        re.findall(r"^\| `([\w-]+)` \|", text, re.MULTILINE)
    )
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}

    assert given == set(yaml.safe_load((ROOT / "action.yml").read_text())["inputs"])
    assert {hook["id"] for hook in config["repos"][0]["hooks"]} == hooks


_UNTRUE = {
    "sh": "git --version # exit code 1",
    "console": "$ git --version\n…\nno such line\n",
    "python": "print(2 + 2)  # 5",
    "sql": "SELECT 2 + 2;\n-- 5\n",
    "csv": "a,b\n1\n",
}


def test_a_block_that_is_not_true_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    for language, text in _UNTRUE.items():
        with pytest.raises(AssertionError):
            run_page([Block("a page", 1, language, text, None)])
        run_page([Block("a page", 1, language, text, "a reason")])
