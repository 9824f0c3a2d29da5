"""The profile's JSON Schema and `muster validate` say the same of a descriptor."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import frictionless
import pytest
from jsonschema import Draft7Validator, FormatChecker
from pyarrow.compute import match_substring_regex
from referencing import Registry
from referencing.jsonschema import DRAFT7

import musterroll
from edits import describe
from muster_validators.structure import profile_descriptor, profile_schema
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.record.profile import descriptor_schema, profile_schemas
from musterroll.starting.beginning import text_fault
from running import ROOT

EXAMPLE = ROOT / "examples/harbour-watch"


@pytest.fixture(scope="module")
def profile() -> Draft7Validator:
    """The whole of it; for the address of the standard's own profile stands what Frictionless carries of it."""
    schema = descriptor_schema()
    Draft7Validator.check_schema(dict(schema))
    (address,) = [part["$ref"] for part in schema["allOf"] if part["$ref"].startswith("https:")]
    standard = DRAFT7.create_resource(frictionless.Package.metadata_profile)
    registry = Registry().with_resource(address, standard)
    return Draft7Validator(dict(schema), registry=registry, format_checker=FormatChecker(["date"]))


def test_both_take_the_record_its_releases_and_the_example(profile: Draft7Validator) -> None:
    releases = sorted(path.parent for path in (ROOT / "releases").glob("*/datapackage.json"))
    assert releases
    for folder in (ROOT, *releases, EXAMPLE):
        assert profile.is_valid(_descriptor(folder)), folder
        assert not _refused(folder), folder


BROKEN: tuple[Mapping[str, Any], ...] = (
    {"$schema": None},
    {"$schema": "https://datapackage.org/profiles/1.0/datapackage.json"},
    {"name": "Harbour-Watch"},
    {"name": "harbour watch"},
    {"title": None},
    {"title": " "},
    {"version": None},
    {"version": "1.1"},
    {"version": "01.1.0"},
    {"version": "1.1.0\n"},
    {"host": None},
    {"host": "XAA"},
    {"host": {"code": "XAA"}},
    {"host": {"title": "Exampleland"}},
    {"host": {"code": "XAA\n", "title": "Exampleland"}},
    {"host": {"code": "xaa", "title": "Exampleland"}},
    {"host": {"code": "XAA", "title": ["Exampleland"]}},
    {"host": {"code": "XAA", "title": " "}},
    {"host": {"code": "XAA", "title": " Exampleland"}},
    {"host": {"code": "XAA", "title": "Exampleland\n"}},
    {"host": {"code": "XAA", "title": "E" * 201}},
    {"host": {"code": "XAA", "title": None}},
    {"horizon": None},
    {"horizon": 20250630},
    {"horizon": "20250630"},
    {"horizon": "2025-02-30"},
    {"licenses": None},
    {"licenses": []},
    {"licenses": [{"title": "Free"}]},
    {"searches": {}},
    {"searches": [{"countries": ["XBB"], "earliest": "2025-01-01", "sought": "people"}]},
    {"searches": [{"countries": [], "earliest": "2025-01-01", "latest": "2025-01-31", "sought": "people"}]},
    {"resources": []},
)


def test_both_refuse_what_is_missing_or_of_another_form(profile: Draft7Validator, tmp_path: Path) -> None:
    package = shutil.copytree(EXAMPLE, tmp_path / "package")
    resources = _descriptor(EXAMPLE)["resources"]
    assert {resource["name"] for resource in resources} == set(profile_schemas())
    without = ({"resources": [item for item in resources if item is not gone]} for gone in resources)
    for broken in (*BROKEN, *without):
        shutil.copyfile(EXAMPLE / "datapackage.json", package / "datapackage.json")
        describe(package, **broken)

        assert not profile.is_valid(_descriptor(package)), broken
        assert _refused(package), broken


def test_the_title_of_a_host_is_refused_for_the_characters_that_init_refuses_by_every_engine() -> None:
    schema = descriptor_schema()["definitions"]["descriptor"]["properties"]["host"]["properties"]["title"]
    refused = schema["not"]["pattern"]
    parts = range(0xD800), range(0xE000, 0x2_0000), range(0xE_0000, 0xE_0100)  # every one that is of any kind
    letters = [chr(code) for part in parts for code in part]
    titles = ["Côte d’Ivoire", " x", "x ", "x  y", *(f"x{letter}y" for letter in letters)]
    told = [text_fault("it", title) is not None for title in titles]

    assert [re.search(refused, title) is not None for title in titles] == told
    assert match_substring_regex(titles, refused).to_pylist() == told  # RE2


def test_there_is_one_file_and_its_name_has_the_version_of_the_profile() -> None:
    (path,) = (ROOT / "profile").iterdir()

    assert path.name == f"{musterroll.PROFILE}-{musterroll.PROFILE_VERSION}.json"
    assert json.loads(path.read_text())["title"] == f"Mission record {musterroll.PROFILE_VERSION}"


def _refused(folder: Path) -> bool:
    """Whether a check of `muster validate` that compares with the profile finds anything."""
    package = require_package(Folder(folder))
    return any((*profile_descriptor.run(package), *profile_schema.run(package)))


def _descriptor(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "datapackage.json").read_text()))
