"""Cells, titles and addresses that want to be more than text: on the site they are text."""

from __future__ import annotations

from pathlib import Path

import pytest

from edits import append, describe, quoted, replace_text
from golden import build_base
from musterroll.errors import Unusable
from sites import Pages, rendered, text_of

_BREAKS_OUT = "</script></style></title></svg>--><img src=x onerror=alert(1)><script>alert(1)</script>"
_TURNS_AROUND = "left\u202eright"
_URLS = {"js": "javascript:alert(1)", "data": "data:text/html,<script>alert(1)</script>", "slashes": "//evil.example/x"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    package = build_base("mission", tmp_path_factory.mktemp("hostile") / "mission")
    describe(package, title=_BREAKS_OUT, description="{{ 7 * 7 }} {% raw %}", version="1.0.0<b>",
             homepage=_URLS["js"], licenses=[{"name": _BREAKS_OUT, "path": _URLS["js"]}],
             release={"knownProblems": [_BREAKS_OUT]},
             conformsTo="mission-record/0.1.1", host={"code": "XAA", "title": f"\n\x1b{_BREAKS_OUT}"})  # fmt: skip
    replace_text(package, "data/countries.csv", "Jamaica,Jamaïque", f"{quoted(_BREAKS_OUT)},Jamaïque")
    replace_text(package, "data/deployments.csv", "Crew of a ship.", quoted(f"{_BREAKS_OUT} {_TURNS_AROUND}"))
    for id, url in _URLS.items():
        append(package, "sources", f"{id},news,{quoted(_BREAKS_OUT)},,,,en,{quoted(url)},{quoted(url)},whole,,")
    return Pages.of(rendered(package))


def test_no_cell_becomes_an_element(pages: Pages) -> None:
    assert not list(pages.elements("img"))
    for path, script in pages.elements("script"):
        assert "src" in script.attrib or script.attrib["type"] == "application/ld+json", path
    assert not [name for _, each in pages.elements("a") for name in each.attrib if str(name).startswith("on")]


def test_what_the_cell_says_is_shown_as_it_stands(pages: Pages) -> None:
    assert _BREAKS_OUT in text_of(next(pages.trees["index.html"].iter("h1")))
    assert "{{ 7 * 7 }} {% raw %}" in text_of(pages.trees["index.html"])
    assert _BREAKS_OUT in text_of(pages.trees["countries/JAM.html"])
    assert f"people in {_BREAKS_OUT[:59]}…" in text_of(pages.trees["countries.html"])
    assert _BREAKS_OUT in text_of(pages.trees["rows/deployments.html"])


def test_a_name_in_a_picture_is_text_too(pages: Pages) -> None:
    labels = [element for element in pages.trees["countries.html"].iter() if str(element.tag).endswith("title")]

    assert any(_BREAKS_OUT in text_of(label) for label in labels)


def test_what_would_turn_the_line_around_is_written_out(pages: Pages) -> None:
    text = text_of(pages.trees["rows/deployments.html"])

    assert "\u202e" not in text
    assert r"left\u202eright" in text


def test_only_web_addresses_become_links(pages: Pages) -> None:
    addresses = [address for _, _, address in pages.addresses()]

    assert not [address for address in addresses if address.lower().startswith(("javascript:", "data:", "//"))]
    assert any(address.startswith("https://example.org/gazette/") for address in addresses)


def test_two_rows_of_one_id_have_no_site(tmp_path: Path) -> None:
    package = build_base("mission", tmp_path / "mission")
    append(package, "deployments", "D-0001,MSS,KEN,arrival,police,1,1,1,exact,2024-06-25,2024-06-25,in_haiti,C-0001,")

    with pytest.raises(Unusable, match="two rows of deployments have one id"):
        rendered(package)


def test_a_country_code_that_would_be_a_path_has_no_site(tmp_path: Path) -> None:
    package = build_base("mission", tmp_path / "mission")
    append(package, "countries", "../../x,state,XX,000,X,X,X,X,,")

    with pytest.raises(Unusable, match="not three letters"):
        rendered(package)


def test_what_is_no_mission_record_has_no_site(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="no mission record"):
        rendered(build_base("plain", tmp_path / "plain"))
