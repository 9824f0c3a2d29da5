"""A text of a package is nothing but text in every description: it comes back as it was, and is never markup."""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

from metadata_of import content_of, imagined, make
from musterroll.release.metadata import METADATA
from musterroll.release.metadata.inert import json_text, yaml_text

_WORST = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[click](javascript:alert(1)) ![x](https://example.org/x.png)",
    "# heading\n- item\n1. one\n> quote\n---\n```\ncode\n```",
    "a | b \\| c \\ d",
    "- &anchor *alias !!python/object/apply:os.system ['id']",
    "%YAML 1.2\n---\n? key : value #comment",
    "yes", "null", "0x1F", "1e3", "012", "2001-01-01", "~", "=", "<<",
    "trailing: ", "'single' \"double\" `tick` ``two``",
    "\u202eright to left\u202c \u2066isolated\u2069 \u200b",
    "\x85next\u2028line\u2029 \ufeff\u00a0\x7f",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U000e0041",
    "$x^2$ ~~gone~~ *stars* __under__ <https://example.org> www.example.org &amp; &#60; {{ 7*7 }} ${HOME}",
    "1) one", "+ plus", "==", "\\", "`", "    indented", "[^1]: note", "@someone #1 :smile:",
)  # fmt: skip
# No surrogates: the reader of the descriptor refuses them. No blank line: it would be a paragraph.
_PIECES = st.one_of(st.sampled_from(_WORST), st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=8))
_TEXTS = st.lists(_PIECES, min_size=1, max_size=3).map("".join).filter(lambda text: text.strip() and "\n\n" not in text)
_SHOWN = (
    *range(6),
    7,
    8,
    *range(10, 24),
    26,
    28,
)  # not a licence's id beside its title
_LINES = re.compile(r"\n\s*\n")


def package(folder: Path, text: Callable[[int], str]) -> Path:
    """A package every one of whose texts is one of these; names of columns stand in a CSV file and stay simple."""
    field: dict[str, Any] = {"name": "id", "type": "string", "title": text(10), "description": text(11)}
    field["categories"] = [{"value": text(12), "label": text(13), "description": text(14)}, "1"]
    field["constraints"] = {"enum": [text(15)], "minLength": 1}
    coded: dict[str, Any] = {
        "name": "code",
        "type": "string",
        "missingValues": [{"value": text(16), "label": text(17)}],
    }
    coded["categories"] = [text(18)]
    schema = {"fields": [field, coded], "primaryKey": ["id"], "title": text(19), "description": text(20)}
    descriptor = {
        "name": text(0),
        "version": text(1),
        "title": text(2),
        "description": text(3),
        "keywords": [text(4), text(5)],
        "licenses": [{"name": text(6), "title": text(7), "path": "https://example.org/licence"}],
        "contributors": [
            {"title": text(8), "organization": text(9), "roles": [f"{text(21)} of it"]},
            {"givenName": text(22), "familyName": text(23)},
        ],
        "sources": [{"title": text(24)}],
        "id": text(25),
        "conformsTo": text(26),
        "languages": ["en", text(27)],
    }
    return make(folder, descriptor, {text(28): (schema, "id,code\n1,\n")})


def render(text: Callable[[int], str]) -> dict[str, str]:
    """All descriptions of the package of these texts."""
    with tempfile.TemporaryDirectory() as place:
        content = content_of(package(Path(place) / "made", text))
        files = imagined(content)
        return {item.PATH: item.render(content, files) for item in METADATA}


def graph(document: str) -> dict[str, Any]:
    """The entities of a crate by id."""
    return {entity["@id"]: entity for entity in json.loads(document)["@graph"]}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_TEXTS, min_size=29, max_size=29, unique_by=str.strip))
@example([f"{text} {number}" for number, text in enumerate((*_WORST, "e", "f", "g", "h", "i"))][:29])
@example([f"{number} {text}" for number, text in enumerate((*reversed(_WORST), "e", "f", "g", "h"))][:29])
def test_every_text_comes_back_as_it_was(texts: list[str]) -> None:
    texts = [_LINES.sub(" ", text) for text in texts]
    found = render(texts.__getitem__)

    cff = yaml.safe_load(found["CITATION.cff"])
    assert cff == YAML(typ="safe", pure=True).load(found["CITATION.cff"])
    assert (cff["title"], cff["abstract"], cff["version"]) == (texts[2], texts[3], texts[1])
    assert cff["keywords"] == [texts[4], texts[5]]
    assert cff["authors"][:2] == [{"name": texts[8]}, {"family-names": texts[23], "given-names": texts[22]}]

    zenodo = json.loads(found[".zenodo.json"])
    assert (zenodo["title"], zenodo["version"], zenodo["keywords"]) == (texts[2], texts[1], [texts[4], texts[5]])
    assert zenodo["creators"][0] == {"name": texts[8], "affiliation": texts[9]}
    assert _markup(zenodo["description"]) == ["<p>", "</p>"]

    page, croissant, crate = (
        json.loads(found["schema-org.jsonld"]),
        json.loads(found["croissant.json"]),
        graph(found["ro-crate-metadata.json"]),
    )
    for document in (page, croissant, crate["./"]):
        assert (document["name"], document["version"]) == (texts[2], texts[1])
        assert (document["keywords"], document["identifier"]) == ([texts[4], texts[5]], texts[25])
    assert croissant["description"] == crate["./"]["description"] == texts[3]
    assert page["description"].startswith(texts[3])
    assert page["variableMeasured"][0]["name"] == f"{texts[19]}: {texts[10]}"
    assert page["variableMeasured"][0]["description"] == texts[11]
    assert crate["https://example.org/licence"]["name"] == texts[7]
    assert [crate[f"#contributor-{number}"]["name"] for number in (1, 2)] == [texts[8], f"{texts[22]} {texts[23]}"]
    (enumeration, _, table) = croissant["recordSet"]
    assert (table["name"], table["description"]) == (texts[28], texts[20])
    assert [*enumeration["data"][0].values()] == [texts[12], texts[13]]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_TEXTS, min_size=29, max_size=29, unique_by=str.strip))
@example([f"{text} {number}" for number, text in enumerate((*_WORST, "e", "f", "g", "h", "i"))][:29])
@example([f"{number} {text}" for number, text in enumerate((*reversed(_WORST), "e", "f", "g", "h"))][:29])
def test_a_page_of_hostile_texts_is_built_like_one_of_plain_texts(texts: list[str]) -> None:
    texts = [_LINES.sub(" ", text) for text in texts]
    hostile, plain = (render(text)["codebook.md"] for text in (texts.__getitem__, lambda number: f"text{number}"))

    assert _markup(_page(hostile)) == _markup(_page(plain))
    words = _words(_page(hostile))
    assert [number for number in _SHOWN if not re.search(_shown(texts[number]), words)] == []


def test_no_json_can_end_a_script_and_nothing_unseen_stands_in_a_file() -> None:
    found = render(lambda number: f"{number} {' '.join(_WORST)}")

    for path, text in found.items():
        assert not set("\u202e\u2066\u200b\u2028\ufeff\x7f\x85\U000e0041") & set(text), path
        if path.startswith((".", "croissant", "schema-org", "ro-crate")):
            assert not set("<>&") & set(text)
            assert json.dumps(json.loads(text), ensure_ascii=False, indent=2).count("\n") == text.count("\n") - 1


@given(st.text(max_size=30))
def test_any_text_survives_json_and_both_versions_of_yaml(text: str) -> None:
    assert json.loads(json_text({"text": text})) == {"text": text}
    written = yaml_text({"text": text, "list": [text, {"one": text, "two": text}]})
    expected = {"text": text, "list": [text, {"one": text, "two": text}]}
    assert yaml.safe_load(written) == expected
    assert YAML(typ="safe", pure=True).load(written) == expected


@pytest.mark.parametrize("path", ["CITATION.cff", "codebook.md"])
def test_a_plain_text_is_readable_as_it_stands(path: str) -> None:
    found = render(lambda number: f"Plain words (of 3.5 m), part_of {number}")

    assert "Plain words (of 3.5 m), part_of 2" in found[path]


def _page(text: str) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


class _Parsed(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(f"<{' '.join([tag, *(name for name, _ in attrs)])}>")
        for name, value in attrs:
            assert (tag, name) in {("a", "href"), ("a", "id"), ("code", "class"), ("th", "style"), ("td", "style")}
            assert name != "href" or (value or "").startswith(("#", "https://example.org/licence"))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _markup(html: str) -> list[str]:
    return _Parsed(html).tags


def _words(html: str) -> str:
    return " ".join("".join(_Parsed(html).words).split())


def _shown(text: str) -> str:
    """A pattern of the text as people read it: on one line, what cannot be seen perhaps written out."""
    return "".join(map(_readable, " ".join(text.split())))


def _readable(char: str) -> str:
    if char == " " or unicodedata.category(char)[0] not in "CZ":
        return re.escape(char)
    return f"(?:{re.escape(char)}|{re.escape(char.encode('unicode_escape').decode())})"
