"""The site that `make docs` builds: no warning, no request to anybody, and every link and anchor leads somewhere."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

import muster_validators
import musterroll
from pages import pages
from running import ROOT

# Sphinx, in a process that ends at the first attempt to reach another machine.
_OFFLINE = """
import os, sys
sys.addaudithook(lambda event, _: event in {"socket.connect", "socket.getaddrinfo"} and os._exit(97))
from sphinx.cmd.build import main
sys.exit(main(sys.argv[1:]))
"""
_CONSTANTS = {"PROFILE", "PROFILE_VERSION", "__version__", "CATALOGUES", "LAYERS"}

pytestmark = pytest.mark.slow


class Page(HTMLParser):
    """The anchors of a page, and what it links to or loads, by the tag that does."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.anchors = {""}
        self.addresses: list[tuple[str, str]] = []
        self.feed(path.read_text())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note anchors and addresses."""
        self.anchors |= {value or "" for name, value in attrs if name in {"id", "name"}}
        self.addresses += [(tag, value or "") for name, value in attrs if name in {"href", "src"}]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Page]:
    """The site, built with the options of the Makefile."""
    folder = tmp_path_factory.mktemp("docs")
    (recipe,) = re.findall(r"^docs:.*\n\t\S+/sphinx-build (.*)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    options = [str(folder / word) if word.startswith("build/") else word for word in shlex.split(recipe)]
    done = subprocess.run(
        [sys.executable, "-c", _OFFLINE, "-q", *options], cwd=ROOT, capture_output=True, text=True, check=False
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    return {path: Page(path) for path in (folder / "build/docs").rglob("*.html")}


def top(site: dict[Path, Page]) -> Path:
    """The folder of the site."""
    return min(site, key=lambda path: len(path.parts)).parent


def test_every_page_of_docs_is_on_the_site_and_the_first_address_leads_to_the_first_page(
    site: dict[Path, Page],
) -> None:
    written = [
        page
        for page in pages()
        if page.startswith(("docs/", "examples/")) or page in {"CHANGELOG.md", "CONTRIBUTING.md"}
    ]

    assert {top(site) / page.replace(".md", ".html") for page in written} <= set(site)
    assert ("a", "docs/index.html") in site[top(site) / "index.html"].addresses


def test_every_link_and_anchor_leads_somewhere_and_nothing_is_loaded_from_elsewhere(site: dict[Path, Page]) -> None:
    for path, page in site.items():
        for tag, address in page.addresses:
            if re.match(r"https?:|mailto:", address):
                assert tag == "a", f"{path.name} loads {address}"
                continue
            name, _, anchor = unquote(address).partition("#")
            target = (path.parent / name.partition("?")[0]).resolve() if name else path
            assert target.is_file(), f"{path.name}: {address}"
            assert anchor in (site[target].anchors if target in site else {""}), f"{path.name}: {address}"
    for sheet in top(site).rglob("*.css"):
        assert not re.search(r"@import|url\(['\"]?(?:https?:)?//", sheet.read_text()), sheet.name


def test_the_navigation_has_the_four_kinds_of_documentation_in_their_order(site: dict[Path, Page]) -> None:
    text = (top(site) / "docs/index.html").read_text()

    captions = re.findall(r'class="caption-text">([^<]+)<', text)
    assert captions == ["Tutorial", "How to", "Reference", "Explanation"]


def test_every_public_name_is_in_the_reference_of_python(site: dict[Path, Page]) -> None:
    there = site[top(site) / "docs/reference/python.html"].anchors

    for package in (musterroll, muster_validators):
        assert {f"{package.__name__}.{name}" for name in set(package.__all__) - _CONSTANTS} <= there
