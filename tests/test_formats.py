"""What programs rely on has a published JSON Schema, and every report follows it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from golden import CASES, judge
from golden_changes import build_sides, some_every_day
from muster_cli.render.json import render_json
from muster_validators import CATALOGUES
from running import RECORD, ROOT, muster


def schema(name: str) -> Draft202012Validator:
    """A published schema; nothing but the other published ones can be reached from it."""
    contents = {path.name: json.loads(path.read_text()) for path in (ROOT / "docs/formats").glob("*.schema.json")}
    content = contents[f"{name}.schema.json"]
    Draft202012Validator.check_schema(content)
    resources = [(key, Resource.from_contents(value)) for key, value in contents.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator(content, registry=registry)


def _some_reports() -> Iterator[ParameterSet]:
    """Every seventh case; of those of the gate, which take longest, one every day."""
    of_the_gate = [case for case in CASES[::7] if case.parts[-3] in CATALOGUES["gate"]]
    for case in CASES[::7]:
        marks = [pytest.mark.slow] if case in of_the_gate[1:] else []
        yield pytest.param(case, marks=marks, id="/".join(case.parts[-3:]))


@pytest.mark.parametrize("case", list(_some_reports()))
def test_every_report_follows_the_published_schema(case: Path, tmp_path: Path) -> None:
    report = judge(case, tmp_path)

    schema("report-1").validate(json.loads(render_json(report)))


@pytest.mark.parametrize("case", list(some_every_day(7)))
def test_every_difference_follows_the_published_schemas(case: Path, tmp_path: Path) -> None:
    old, new = build_sides(case, tmp_path)
    document = json.loads(muster("diff", old, new, "--format", "json").stdout)
    feed = [json.loads(line) for line in muster("diff", old, new, "--format", "jsonl").stdout.splitlines()]
    version = json.loads(muster("version", old, new, "--format", "json").stdout)

    schema("changes-1").validate(document)
    schema("version-1").validate(version)
    for line in feed:
        schema("changes-feed-1").validate(line)
    assert feed[1:-1] == (document["changes"] if feed else [])
    assert version["required_bump"] == document["required_bump"]


@pytest.mark.parametrize("day", ["2023-08-02", "2023-10-02", "2024-07-31", "2024-10-13", "2026-02-28"])
def test_every_balance_follows_the_published_schema_and_csv_says_the_same(day: str) -> None:
    document = json.loads(muster("balance", RECORD, "--as-of", day, "--format", "json").stdout)
    table = list(csv.DictReader(io.StringIO(muster("balance", RECORD, "--as-of", day, "--format", "csv").stdout)))

    schema("balance-1").validate(document)
    assert [_flat(row, day) for row in document["rows"]] == table


def test_the_last_row_of_a_balance_is_the_whole_mission() -> None:
    rows = json.loads(muster("balance", RECORD, "--as-of", "2024-10-13", "--format", "json").stdout)["rows"]

    assert [row["country_code"] for row in rows][-1] is None
    assert rows[-1]["deployed"] == {"min": 396, "best": 396, "max": 396}


def test_a_country_can_be_chosen_and_an_unknown_one_is_wrong_use() -> None:
    chosen = muster("balance", RECORD, "--as-of", "2024-10-13", "--country", "KEN")
    unknown = muster("balance", RECORD, "--as-of", "2024-10-13", "--country", "XXX")

    assert "KEN" in chosen.stdout
    assert "JAM" not in chosen.stdout
    assert unknown.code == 2
    assert "countries are ATG" in unknown.stderr


def test_a_day_after_the_record_ends_is_answered_with_a_remark() -> None:
    assert "complete up to" in muster("balance", RECORD, "--as-of", "2026-01-01").stderr
    assert not muster("balance", RECORD, "--as-of", "2024-01-01").stderr
    assert not muster("-q", "balance", RECORD, "--as-of", "2026-01-01").stderr


def _flat(row: dict[str, Any], day: str) -> dict[str, str]:
    flat: dict[str, Any] = {"as_of": day}
    for name, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{name}_{end}": number for end, number in value.items()}
        else:
            flat[name] = " ".join(value) if isinstance(value, list) else value
    return {name: "" if value is None else str(value) for name, value in flat.items()}
