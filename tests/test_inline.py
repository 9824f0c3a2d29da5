"""Tables that are written into the descriptor: judged as far as that goes, and never passed for lack of a judge."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from muster_validators import Report, validate

_SOUND = {"fields": [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}], "primaryKey": ["id"]}


def report_on(folder: Path, schema: dict[str, Any], data: list[Any]) -> Report:
    """The report on a package of one inline table."""
    resource = {"name": "people", "type": "table", "schema": schema, "data": data}
    version = "https://datapackage.org/profiles/2.0/datapackage.json"
    (folder / "datapackage.json").write_text(json.dumps({"$schema": version, "name": "x", "resources": [resource]}))
    return validate(folder)


def test_a_sound_inline_table_passes(tmp_path: Path) -> None:
    assert report_on(tmp_path, _SOUND, [["id", "name"], [1, "a"]]).valid


def test_a_value_of_another_type_is_found_where_it_stands(tmp_path: Path) -> None:
    (finding,) = report_on(tmp_path, _SOUND, [["id", "name"], ["one", "a"]])

    text = (tmp_path / "datapackage.json").read_text()
    assert (finding.check, finding.table, finding.file, finding.field) == (
        "type-error",
        "people",
        "datapackage.json",
        "id",
    )
    assert (finding.file, finding.line, finding.column) == ("datapackage.json", 1, text.index('"one"') + 1)


def test_inline_rows_are_judged_like_those_of_a_file(tmp_path: Path) -> None:
    code = {"name": "code", "type": "string", "categories": ["aa", "b"], "constraints": {"pattern": "[a-z]+"}}
    schema = {"fields": [code, {"name": "n", "type": "integer"}], "uniqueKeys": [["code"]]}

    rows = [{"code": "aa", "n": 1}, {"code": "aa", "n": "1_0"}, {"code": "ZZ", "n": None}, {"code": "c"}]
    report = report_on(tmp_path, schema, rows)

    assert sorted(finding.check for finding in report) == ["bent-value", "category", "pattern", "unique-key"]


def test_a_repeated_key_is_found(tmp_path: Path) -> None:
    assert [finding.check for finding in report_on(tmp_path, _SOUND, [{"id": 1}, {"id": 1, "name": "b"}])] == [
        "primary-key"
    ]


def test_a_pattern_that_backtracks_costs_nothing(tmp_path: Path) -> None:
    schema = {"fields": [{"name": "code", "type": "string", "constraints": {"pattern": "(a+)+"}}]}

    assert [finding.check for finding in report_on(tmp_path, schema, [["code"], ["a" * 60 + "!"]])] == ["pattern"]


def test_a_header_that_is_not_the_schemas_is_found(tmp_path: Path) -> None:
    assert [finding.check for finding in report_on(tmp_path, _SOUND, [["id", "nam"], [1, "a"]])] == [
        "header-extra",
        "header-missing",
    ]


@pytest.mark.parametrize("data", [[], [1, 2], [["id"], [1, 2]], [["id"], {"id": 1}]])
def test_what_is_no_table_is_not_passed(data: list[Any], tmp_path: Path) -> None:
    report = report_on(tmp_path, _SOUND, data)

    assert "format-unsupported" in {finding.check for finding in report}
    assert not report.valid
