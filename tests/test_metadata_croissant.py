"""`croissant.json` tells loaders the truth: checked against the files themselves, for no loader checks it all.

`benchmarks/croissant_check.py` reads every record with the format's own loader.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from golden import build_base
from metadata_of import described, make
from musterroll.release.content import Content
from running import ROOT

_ARROW: Mapping[str, Any] = {
    "sc:Integer": pa.types.is_integer,
    "sc:Float": pa.types.is_floating,
    "sc:Boolean": pa.types.is_boolean,
    "sc:Date": pa.types.is_date,
    "sc:DateTime": pa.types.is_timestamp,
    "sc:Text": pa.types.is_string,
}


def croissant(source: Path, target: Path) -> tuple[Content, dict[str, Any]]:
    content, texts = described(source, target)
    return content, json.loads(texts["croissant.json"])


def check(content: Content, document: Mapping[str, Any], folder: Path) -> None:
    """Everything that must hold of any Croissant file of ours."""
    ids = [node["@id"] for node in _nodes(document) if len(node) > 1]
    assert len(set(ids)) == len(ids)
    assert not [id for id in ids if re.search(r"[\s%:#?]", id)]
    assert {node["@id"] for node in _nodes(document)} <= set(ids)
    paths = {file["@id"]: _file(file, folder) for file in document["distribution"]}
    tables = [item for item in document["recordSet"] if "data" not in item]
    assert [item["name"] for item in tables] == list(content.tables)
    for record_set, table in zip(tables, content.tables.values(), strict=True):
        names = {field["@id"]: field["name"] for field in record_set["field"]}
        assert list(names.values()) == list(table.header)
        key = record_set.get("key", [])
        keys = [names[item["@id"]] for item in (key if isinstance(key, list) else [key])]
        assert tuple(keys) == table.schema.primary_key
        for field in record_set["field"]:
            _column(field, paths)


def _file(file: Mapping[str, Any], folder: Path) -> Path:
    path = folder / unquote(file["contentUrl"])
    data = path.read_bytes()
    assert file["contentSize"] == f"{len(data)} B"
    assert file["sha256"] == hashlib.sha256(data).hexdigest()
    return path


def _column(field: Mapping[str, Any], paths: Mapping[str, Path]) -> None:
    """The column is in the file that is named, and has the type that is named."""
    assert field["source"]["extract"] == {"column": field["name"]}
    stored = pq.read_schema(paths[field["source"]["fileObject"]["@id"]]).field(field["name"]).type
    assert _ARROW[field["dataType"]](stored.value_type if pa.types.is_dictionary(stored) else stored)


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    """Every object with an id, but what stands in the context and in data."""
    if isinstance(value, dict):
        if "@id" in value:
            yield value
        for name, inner in value.items():
            if name not in {"@context", "data"}:
                yield from _nodes(inner)
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item)


def references(document: Mapping[str, Any]) -> dict[str, str]:
    """Where the values of fields stand, by field."""
    fields = (field for item in document["recordSet"] for field in item["field"])
    return {field["@id"]: field["references"]["field"]["@id"] for field in fields if "references" in field}


def test_the_record_is_described_file_by_file_and_column_by_column(tmp_path: Path) -> None:
    content, document = croissant(ROOT, tmp_path / "release")

    check(content, document, tmp_path / "release")
    assert document["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    assert (document["@type"], document["isLiveDataset"]) == ("sc:Dataset", False)
    assert document["version"] == content.version
    assert document["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert document["datePublished"] == str(content.package.descriptor["created"])[:10]
    assert document["citeAs"].startswith("@misc{haiti-mss-")
    assert {file["encodingFormat"] for file in document["distribution"] if "data/" in file["@id"]} == {"text/csv"}
    found = references(document)
    assert found["deployments/country_code"] == "countries/country_code"
    assert found["deployments/movement"] == "deployments/movement/categories/value"
    assert not [field for field in found if field.startswith(("missions/", "events/", "conditions/commitment_id"))]


@pytest.mark.parametrize("package", ["plain", "ferries"])
def test_foreign_packages_are_described(package: str, tmp_path: Path) -> None:
    content, document = croissant(build_base(package, tmp_path / package), tmp_path / "release")

    check(content, document, tmp_path / "release")
    assert not {"license", "datePublished", "creator", "keywords"} & document.keys()


def test_categories_are_an_enumeration_with_values_of_the_columns_type(tmp_path: Path) -> None:
    fields = [
        {"name": "size", "type": "integer", "categories": [{"value": 1, "label": "small"}, {"value": "2"}]},
        {"name": "kind", "type": "string", "categories": ["1", "2", "2"]},
        {"name": "odd", "type": "integer", "categories": ["a few", "many"]},
    ]
    source = make(tmp_path / "made", {}, {"t": ({"fields": fields}, "size,kind,odd\n1,2,1\n,1,\n")})

    content, document = croissant(source, tmp_path / "release")

    check(content, document, tmp_path / "release")
    data = {item["@id"]: [tuple(record.values()) for record in item["data"]] for item in document["recordSet"][:3]}
    assert data == {
        "t/size/categories": [(1, "small"), (2, "2")],
        "t/kind/categories": [("1", "1"), ("2", "2")],
        "t/odd/categories": [("a few", "a few"), ("many", "many")],
    }
    types = {item["@id"]: item["field"][0]["dataType"] for item in document["recordSet"][:3]}
    assert [*types.values()] == ["sc:Integer", "sc:Text", "sc:Text"]
    assert all(item["dataType"] == "sc:Enumeration" for item in document["recordSet"][:3])
    assert list(references(document)) == ["t/size", "t/kind"]


def _key(field: str, table: str, target: str) -> dict[str, Any]:
    return {"fields": field, "reference": {"resource": table, "fields": target}}


def test_references_are_those_that_a_loader_can_follow(tmp_path: Path) -> None:
    key = {"fields": [{"name": "id"}, {"name": "number", "type": "integer"}], "primaryKey": "id"}
    pair = {"fields": [{"name": "a"}, {"name": "b"}], "primaryKey": ["a", "b"]}
    child: dict[str, Any] = {"fields": [{"name": name} for name in ("id", "good", "self", "half", "bare", "empty")]}
    child["fields"].append({"name": "other", "type": "integer"})
    child |= {"primaryKey": "id", "foreignKeys": [_key("good", "key", "id"), _key("self", "", "id")]}
    child["foreignKeys"] += [_key("half", "pair", "a"), _key("bare", "key", "number"), _key("empty", "key", "id")]
    child["foreignKeys"] += [_key("other", "key", "id"), _key("good", "nowhere", "id")]
    tables = {
        "key": (key, "id,number\nk,1\n"),
        "pair": (pair, "a,b\n1,2\n"),
        "child": (child, "id,good,self,half,bare,empty,other\nx,k,x,1,1,,7\n"),
    }

    content, document = croissant(make(tmp_path / "made", {}, tables), tmp_path / "release")

    check(content, document, tmp_path / "release")
    assert references(document) == {"child/good": "key/id"}


def test_a_table_that_others_refer_to_refers_to_none(tmp_path: Path) -> None:
    fields = [{"name": "id", "categories": ["x"]}, {"name": "to"}]
    first = {"fields": fields, "primaryKey": "id", "foreignKeys": [_key("to", "second", "id")]}
    second = {"fields": fields, "primaryKey": "id", "foreignKeys": [_key("to", "first", "id")]}
    third = {**first, "foreignKeys": [_key("to", "first", "id")]}
    schemas = {"first": first, "second": second, "third": third}
    tables = {name: (schema, "id,to\nx,x\n") for name, schema in schemas.items()}

    _, document = croissant(make(tmp_path / "made", {}, tables), tmp_path / "release")

    assert references(document) == {"third/id": "third/id/categories/value", "third/to": "first/id"}


def test_names_make_ids_that_are_distinct_and_hold_nothing_special(tmp_path: Path) -> None:
    tables: dict[str, tuple[Any, str]] = {
        "a b": (None, "c/d,c~2Fd,é,..\n1,2,3,4\n"),
        "a~20b": (None, "x:y,<z>,@id\n1,2,3\n"),
        "data": (None, "0.csv,x\n1,2\n"),
        "..": (None, "x,y\n1,2\n"),
    }

    content, document = croissant(make(tmp_path / "made", {}, tables), tmp_path / "release")

    check(content, document, tmp_path / "release")
    ids = {field["name"]: field["@id"] for item in document["recordSet"] for field in item["field"]}
    assert (ids["c/d"], ids["c~2Fd"], ids["é"]) == ("a~20b/c~2Fd", "a~20b/c~7E2Fd", "a~20b/é")
    assert (ids[".."], ids["0.csv"], ids["@id"]) == ("a~20b/~2E~2E", "data/0.csv", "a~7E20b/~40id")
    assert document["distribution"][0]["@id"] == "file=data/0.csv"


def test_the_language_is_the_one_declared_and_english_else(tmp_path: Path) -> None:
    for number, (languages, expected) in enumerate([(["fr", "en"], "fr"), ([], "en"), (["no such <tag>"], "en")]):
        source = make(tmp_path / f"made{number}", {"languages": languages}, {"t": (None, "a,b\n1,2\n")})

        _, document = croissant(source, tmp_path / f"release{number}")

        assert document["@context"]["@language"] == expected
