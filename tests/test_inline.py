"""Tables that are written into the descriptor: judged as far as that goes, and never passed for lack of a judge."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

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


def test_a_value_of_another_type_is_found(tmp_path: Path) -> None:
    (finding,) = report_on(tmp_path, _SOUND, [["id", "name"], ["one", "a"]])

    assert (finding.check, finding.table, finding.file) == ("type-error", "people", "datapackage.json")


def test_what_nobody_judges_there_did_not_run(tmp_path: Path) -> None:
    field = {"name": "code", "type": "string", "categories": ["a"], "constraints": {"pattern": "[a-z]"}}
    schema = {"fields": [field], "uniqueKeys": [["code"]]}

    report = report_on(tmp_path, schema, [["code"], ["ZZZ"]])

    assert {item.check for item in report.layers[0].not_run} == {"category", "pattern", "unique-key"}
    assert report.exit_code() == 1


def test_a_pattern_that_backtracks_is_not_tried(tmp_path: Path) -> None:
    schema = {"fields": [{"name": "code", "type": "string", "constraints": {"pattern": "(a+)+"}}]}

    report = report_on(tmp_path, schema, [["code"], ["a" * 60 + "!"]])

    assert [item.check for item in report.layers[0].not_run] == ["pattern"]
