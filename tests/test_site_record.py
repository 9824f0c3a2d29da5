"""The site of the record as it was published: light enough to be read anywhere, and linked without a gap."""

from __future__ import annotations

import re

import pytest

from running import ROOT
from sites import Pages, rendered

pytestmark = pytest.mark.slow

_RELEASE = ROOT / "releases/1.1.0"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return rendered(_RELEASE)


def test_the_site_weighs_less_than_five_megabytes_and_its_front_page_less_than_one(files: dict[str, bytes]) -> None:
    pages = {path: data for path, data in files.items() if not path.startswith("charts/")}  # those are downloads

    assert sum(map(len, pages.values())) < 5_000_000
    assert len(files["index.html"]) + sum(len(data) for path, data in files.items() if "assets/" in path) < 1_000_000


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
