"""`schema-org.jsonld` and `ro-crate-metadata.json`: every file, every column, nothing beyond the descriptor."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import musterroll
from golden import build_base
from metadata_of import ONE_TABLE, RICH, content_of, described, imagined, make
from musterroll.release.metadata import ro_crate, schema_org
from running import ROOT


def page(folder: Path) -> dict[str, Any]:
    content = content_of(folder)
    return dict(json.loads(schema_org.render(content, imagined(content))))


def crate(folder: Path) -> dict[str, dict[str, Any]]:
    """The entities of a crate by id, each of which stands there once."""
    content = content_of(folder)
    return entities(ro_crate.render(content, imagined(content)))


def entities(text: str) -> dict[str, dict[str, Any]]:
    graph = json.loads(text)["@graph"]
    found = {entity["@id"]: entity for entity in graph}
    assert len(found) == len(graph)
    return found


def test_search_engines_learn_what_the_record_measures_and_where_it_is(tmp_path: Path) -> None:
    content, texts = described(ROOT, tmp_path / "release")

    found = json.loads(texts["schema-org.jsonld"])
    assert (found["@context"], found["@type"]) == ("https://schema.org/", "Dataset")
    assert found["temporalCoverage"] == f"../{content.package.descriptor['horizon']}"
    assert found["isAccessibleForFree"] is True
    measured = {item["alternateName"]: item for item in found["variableMeasured"]}
    assert list(measured) == [f"{name}.{label}" for name, table in content.tables.items() for label in table.header]
    assert measured["deployments.personnel_min"]["name"].startswith("Deployments")
    assert "in persons" in measured["commitments.personnel_best"]["description"]
    for item in found["distribution"]:
        data = (tmp_path / "release" / item["contentUrl"]).read_bytes()
        assert (item["contentSize"], item["sha256"]) == (f"{len(data)} B", hashlib.sha256(data).hexdigest())
    addresses = {item["contentUrl"]: item["encodingFormat"] for item in found["distribution"]}
    assert addresses["exports/parquet/events.parquet"] == "application/vnd.apache.parquet"
    assert addresses["data/events.csv"] == "text/csv"
    assert not {"datapackage.json", "schemas/events.json", "CITATION.cff"} & addresses.keys()


def test_everything_that_a_descriptor_can_say_is_said(tmp_path: Path) -> None:
    found = page(make(tmp_path / "rich", RICH, ONE_TABLE))

    assert found["creator"][0] == {
        "@type": "Person",
        "name": "Ada Lovelace",
        "givenName": "Ada",
        "familyName": "Lovelace",
        "url": "https://orcid.org/0000-0002-1825-0097",
        "affiliation": {"@type": "Organization", "name": "Analytical Society"},
    }
    institute = {"@type": "Organization", "name": "An Institute", "url": "https://example.org/institute"}
    assert (found["creator"][1:], found["publisher"]) == ([institute], [institute])
    assert found["maintainer"] == [{"@type": "Person", "name": "Menabrea", "familyName": "Menabrea"}]
    assert (found["temporalCoverage"], found["inLanguage"]) == ("2020-01-01/2024-12-31", ["fra", "en"])
    assert (found["license"], found["url"]) == ("https://example.org/pddl", RICH["homepage"])
    assert [item["name"] for item in found["isBasedOn"]] == ["A report", "A list"]


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        (None, "made\n\nData package made, version 1.0.0, tables: things (1 rows)."),
        ("Short.", "Short.\n\nData package made, version 1.0.0, tables: things (1 rows)."),
        ("x" * 5000, "x" * 5000),
        ("x" * 5001, "x" * 4999 + "…"),
    ],
)
def test_a_description_is_as_long_as_search_engines_take_it(
    description: str | None, expected: str, tmp_path: Path
) -> None:
    told = {} if description is None else {"description": description}
    folder = make(tmp_path / "made", told, ONE_TABLE)

    assert page(folder)["description"] == expected
    assert crate(folder)["./"]["description"] == (description or expected)


@pytest.mark.parametrize(
    ("licences", "free"),
    [
        ([{"name": "CC0-1.0"}, {"name": "ODbL-1.0"}], True),
        ([{"name": "CC0-1.0"}, {"name": "own"}], None),
        ([{"name": "CC-BY-NC-4.0"}], None),
        ([], None),
    ],
)
def test_only_open_licences_promise_free_access(licences: list[Any], free: bool | None, tmp_path: Path) -> None:
    found = page(make(tmp_path / "made", {"licenses": licences}, ONE_TABLE))

    assert found.get("isAccessibleForFree") is free
    assert ("license" in found) == bool(licences)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"temporal": {"start": "2020-01-01"}}, "2020-01-01/.."),
        ({"temporal": {"end": "2020-01-01T10:00:00Z"}}, "../2020-01-01"),
        ({"temporal": {"start": "long ago"}}, None),
        ({"temporal": "2020"}, None),
        ({"horizon": "soon"}, None),
    ],
)
def test_a_period_has_ends_that_are_days(told: dict[str, Any], expected: str | None, tmp_path: Path) -> None:
    assert page(make(tmp_path / "made", told, ONE_TABLE)).get("temporalCoverage") == expected


def test_a_crate_holds_every_file_and_says_what_made_it(tmp_path: Path) -> None:
    content, texts = described(ROOT, tmp_path / "release")

    found = entities(texts["ro-crate-metadata.json"])
    root = found["./"]
    files = {path.relative_to(tmp_path / "release").as_posix() for path in (tmp_path / "release").rglob("*.*")}
    parts = {unquote(part["@id"]) for part in root["hasPart"]}
    assert parts == files - {"ro-crate-metadata.json"}
    for part in parts:
        data = (tmp_path / "release" / part).read_bytes()
        assert found[part]["@type"] == "File"
        assert (found[part]["contentSize"], found[part]["sha256"]) == (str(len(data)), hashlib.sha256(data).hexdigest())
    assert found["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    assert found["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    descriptor = content.package.descriptor
    assert root["datePublished"] == descriptor["created"][:10]
    assert found[root["license"]["@id"]]["name"] == descriptor["licenses"][0]["title"]
    assert found[root["author"]["@id"]]["name"] == descriptor["contributors"][0]["title"]
    action = found[root["mentions"]["@id"]]
    assert action["@type"] == "CreateAction"
    assert found[action["instrument"]["@id"]]["version"] == musterroll.__version__
    assert {item["@id"] for item in action["object"]} == set(content.paths)
    assert {item["@id"] for item in action["result"]} == parts - set(content.paths)


def test_a_crate_is_flat_and_everything_it_refers_to_is_in_it(tmp_path: Path) -> None:
    found = crate(make(tmp_path / "rich", RICH, ONE_TABLE))

    for entity in found.values():
        for name, value in entity.items():
            for item in value if isinstance(value, list) else [value]:
                assert not isinstance(item, dict) or list(item) == ["@id"], name
                assert not isinstance(item, dict) or item["@id"] in found or name == "conformsTo", item
    people = [found[item["@id"]] for item in found["./"]["author"]]
    assert [person["@id"] for person in people] == ["https://orcid.org/0000-0002-1825-0097", "#contributor-2"]
    assert people[0]["affiliation"] == "Analytical Society"


def test_two_with_one_address_are_one_entity(tmp_path: Path) -> None:
    orcid = "https://orcid.org/0000-0002-1825-0097"
    people = [{"title": "A", "path": orcid}, {"title": "B", "path": orcid}, {"title": "C", "path": "https://a.example"}]
    licences = [{"name": "one", "path": "https://a.example"}, {"name": "two", "path": "https://a.example"}]

    found = crate(make(tmp_path / "made", {"contributors": people, "licenses": licences}, ONE_TABLE))

    assert (found[orcid]["name"], found["https://a.example"]["name"]) == ("A", "one")
    assert found["#contributor-3"]["name"] == "C"


@pytest.mark.parametrize("package", ["plain", "ferries"])
def test_a_crate_of_a_package_that_says_little_says_that_it_names_no_licence(package: str, tmp_path: Path) -> None:
    root = crate(build_base(package, tmp_path / package))["./"]

    assert root["license"] == "The data package names no licence."
    assert not {"datePublished", "author", "keywords", "url"} & root.keys()
    assert root["name"]
    assert package in root["description"]
