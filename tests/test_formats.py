"""What programs rely on has a published JSON Schema, and every report follows it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import click
import pytest

from golden_changes import ONE_OF_EACH_KIND, build_sides
from muster_cli.main import COMMANDS, cli
from muster_cli.reports import FORMATS as REPORTS
from muster_validators import CATALOGUES
from published import FORMATS
from published import schema as schema
from running import RECORD, muster


@pytest.mark.parametrize("case", ONE_OF_EACH_KIND, ids=lambda case: "/".join(case.parts[-2:]))
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


def test_the_catalogue_follows_the_published_schema_whole_and_by_layer() -> None:
    whole = json.loads(muster("checks", "--format", "json").stdout)
    facts = json.loads(muster("checks", "--layer", "facts", "--format", "json").stdout)

    schema("checks-1").validate(whole)
    schema("checks-1").validate(facts)
    assert [layer["name"] for layer in whole["layers"]] == list(CATALOGUES)
    assert facts["layers"] == [layer for layer in whole["layers"] if layer["name"] == "facts"]
    assert {check["id"] for layer in whole["layers"] for check in layer["checks"]} == {
        check for catalogue in CATALOGUES.values() for check in catalogue
    }


_PAGE = (FORMATS / "README.md").read_text()
_LISTED = re.findall(r"^\| \[([a-z-]+-\d+)\]\(([^)]+)\) \| (.+?) \|", _PAGE, re.MULTILINE)


def test_every_schema_is_listed_once_and_everyone_listed_exists() -> None:
    assert sorted(link for _, link, _ in _LISTED) == sorted(path.name for path in FORMATS.glob("*.json"))
    for name, link, _ in _LISTED:
        content = json.loads((FORMATS / link).read_text())
        assert link == f"{name}.schema.json"
        assert content["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert {"title", "description"} <= set(content)


def test_every_command_that_speaks_to_programs_says_where_its_format_is_described() -> None:
    promised = {command for _, _, made_by in _LISTED for command in re.findall(r"`(muster \w+ --format \w+)`", made_by)}
    offered = {
        f"muster {name} --format {choice}"
        for name in COMMANDS
        for option in _options(name)
        if isinstance(option.type, click.Choice)
        for choice in option.type.choices
        if choice in {"json", "jsonl", "sarif"} and "--format" in option.opts
    }

    assert offered == promised


def test_every_form_of_a_report_is_described_with_its_limits() -> None:
    described = re.findall(r"^\| `(\w+)` \| ", _PAGE, re.MULTILINE)

    assert sorted(described) == sorted(REPORTS)


def _options(name: str) -> list[click.Parameter]:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return command.params
