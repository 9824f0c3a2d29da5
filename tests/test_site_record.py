"""The site of the record as it was published: light, linked without a gap, fit for a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from browsers import browser as a_browser
from musterroll.site.writing import write_site
from running import ROOT
from site_releases import rendered_with_releases
from sites import Pages

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return rendered_with_releases(ROOT / "releases")


def test_the_site_its_pages_and_its_front_page_are_light_enough(files: dict[str, bytes]) -> None:
    own = {
        path: len(data) for path, data in files.items() if not path.endswith((".svg", ".png"))
    }  # those are downloads

    assert sum(own.values()) < 5_000_000
    assert max(size for path, size in own.items() if path.endswith(".html")) < 1_000_000
    assert own["index.html"] + sum(size for path, size in own.items() if "assets/" in path) < 1_000_000


def test_every_link_of_the_record_arrives(files: dict[str, bytes]) -> None:
    pages = Pages.of(files)
    ids = {path: pages.ids(path) for path in pages.trees}
    assert all(len(found) == len(set(found)) for found in ids.values())

    known = {f"{path}#{id}" for path, found in ids.items() for id in found} | {f"{path}#" for path in pages.files}
    lost = [
        (page, address)
        for page, _, address in pages.addresses()
        if not re.match(r"[a-z]+:", address) and "#".join(pages.target(page, address)) not in known
    ]
    assert not lost


def test_no_page_of_the_record_is_wider_than_a_phone(files: dict[str, bytes], tmp_path: Path) -> None:
    write_site(files.items(), tmp_path / "site")
    with a_browser() as browser, browser.new_context(viewport={"width": 320, "height": 700}) as context:
        page = context.new_page()
        for path in sorted({*(tmp_path / "site").rglob("*.html")} - {*(tmp_path / "site").glob("countries/[!JKU]*")}):
            page.goto(path.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
