"""What programs read of a release has a published JSON Schema, and our own reader takes nothing that it forbids."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from musterroll.errors import Unusable
from musterroll.release.index import INDEX, LATEST, parse_index
from musterroll.release.manifest import MANIFEST, Manifest, parse_manifest, render_manifest
from musterroll.release.yank import yank
from releases import release, write_package
from test_formats import schema

Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three releases, a candidate and a withdrawn one among them."""
    place = tmp_path_factory.mktemp("formats")
    for version, previous in (("1.0.0", None), ("1.1.0-rc.1", "1.0.0"), ("1.1.0", "1.0.0")):
        release(place / "out", write_package(place / version, version, f"1,Ada {version}\n"), previous)
    yank(place / "out", "1.1.0", "a swapped column", "1.0.0")
    return place / "out"


def test_every_release_follows_the_published_schema_and_is_read_as_it_is_written(out: Path) -> None:
    for version in ("1.0.0", "1.1.0-rc.1", "1.1.0"):
        data = (out / version / MANIFEST).read_bytes()

        schema("release-1").validate(json.loads(data))
        assert render_manifest(parse_manifest(data)).encode() == data


def test_index_and_latest_follow_the_published_schemas(out: Path) -> None:
    schema("index-1").validate(json.loads((out / INDEX).read_text()))
    schema("latest-1").validate(json.loads((out / LATEST).read_text()))


def _set(*keys: str | int, to: object) -> Change:
    def change(document: dict[str, Any]) -> None:
        place: Any = document
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = to

    return change


def _without(*keys: str | int) -> Change:
    def change(document: dict[str, Any]) -> None:
        place: Any = document
        for key in keys[:-1]:
            place = place[key]
        del place[keys[-1]]

    return change


@pytest.mark.parametrize(
    "change",
    [
        _set("format", to="musterroll/release/2"),
        _set("name", to=None),
        _set("created", to=3),
        _set("channel", to="beta"),
        _set("channel", to=["stable"]),
        _set("required_bump", to="huge"),
        _set("more", to=1),
        _set("tool", "more", to=1),
        _set("tool", to=None),
        _set("tables", to={}),
        _set("tables", to=None),
        _set("tables", 0, to=[]),
        _set("tables", 0, "rows", to=True),
        _set("tables", 0, "rows", to="2"),
        _set("tables", 0, "fingerprint", to="0" * 63),
        _set("files", 0, "bytes", to=1.5),
        _set("files", 0, "sha256", to="A" * 64),
        _set("files", 0, "path", to=None),
        _without("created"),
        _without("tool", "version"),
        _without("tables", 0, "columns"),
    ],
)
def test_a_manifest_that_the_schema_forbids_is_not_read(out: Path, change: Change) -> None:
    document = json.loads((out / "1.1.0" / MANIFEST).read_text())
    change(document)

    assert not schema("release-1").is_valid(document)
    with pytest.raises(Unusable, match=r"^release\.json is (damaged|no manifest of a release): "):
        parse_manifest(json.dumps(document).encode())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"[]", "is no manifest"),
        (b"{", r"^release\.json: "),
        (b'{"format": 1, "format": 2}', "stands twice"),
        (b"", r"^release\.json: "),
    ],
)
def test_what_is_no_manifest_is_said_to_be_none(data: bytes, said: str) -> None:
    with pytest.raises(Unusable, match=said):
        parse_manifest(data)


def test_a_manifest_of_a_version_that_is_none_or_of_another_channel_is_not_read(out: Path) -> None:
    document = json.loads((out / "1.1.0" / MANIFEST).read_text())

    for version, said in (("one", "one is no semantic version"), ("1.1.0-rc.2", "not of the channel stable")):
        with pytest.raises(Unusable, match=said):
            parse_manifest(json.dumps({**document, "version": version}).encode())


@pytest.mark.parametrize(
    "change",
    [
        _set("releases", 0, "sha256sums", to="0"),
        _set("releases", 0, "sha256sums", to=None),
        _set("releases", 0, "channel", to="beta"),
        _set("releases", 0, "created", to=1),
        _set("releases", 0, "yanked", to={"reason": "x"}),
        _set("releases", 0, "yanked", to="x"),
        _set("releases", 0, to=None),
        _set("releases", to=None),
        _set("name", to=1),
        _without("releases", 0, "path"),
    ],
)
def test_an_index_that_the_schema_forbids_is_not_read(out: Path, change: Change) -> None:
    document = json.loads((out / INDEX).read_text())
    change(document)

    assert not schema("index-1").is_valid(document)
    with pytest.raises(Unusable, match=r"index\.json is damaged: "):
        parse_index(json.dumps(document).encode(), INDEX)


def test_an_index_with_a_version_twice_is_not_read(out: Path) -> None:
    document = json.loads((out / INDEX).read_text())
    document["releases"].append(document["releases"][0])

    with pytest.raises(Unusable, match="a version stands in it twice"):
        parse_index(json.dumps(document).encode(), INDEX)


def test_the_schema_lists_what_a_manifest_has() -> None:
    properties = schema("release-1").schema["properties"]  # type: ignore[index]

    assert list(properties) == ["format", *Manifest.__dataclass_fields__]
