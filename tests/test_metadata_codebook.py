"""`codebook.md` tells people what every table, column and code means, and can be linked to."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from golden import build_base
from metadata_of import ONE_TABLE, RICH, content_of, make
from musterroll.release.metadata import codebook
from running import ROOT

_REFUSED = {"value": "-", "label": "refused"}


def written(folder: Path) -> str:
    return codebook.render(content_of(folder), [])


def column(tmp_path: Path, field: dict[str, Any], **schema: Any) -> str:
    """What is said of one column, behind its name."""
    fields = {"fields": [{"name": "one", **field}, {"name": "two"}], **schema}
    text = written(make(tmp_path / "made", {}, {"t": (fields, "one,two\n")}))
    return next(line for line in text.splitlines() if '<a id="t/one">' in line).partition("`one` | ")[2]


def test_the_record_has_every_table_column_and_code(tmp_path: Path) -> None:
    content, text = content_of(ROOT), written(ROOT)

    anchors = re.findall(r'<a id="([^"]+)">', text)
    assert len(set(anchors)) == len(anchors)
    for name, table in content.tables.items():
        assert name in anchors
        assert {f"{name}/{label}" for label in table.header} <= set(anchors)
        assert f"- Rows: {len(table.rows):,}\n" in text
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(anchors)
    assert "| `fewer_than` | the source gives a ceiling that is not reached:" in text
    assert "`commitment_id`, `revision` refers to `commitment_id`, `revision` in [`commitments`](#commitments)" in text
    assert "- `predecessor_id` refers to `mission_id` in this table\n" in text
    assert f"- Period: up to {content.package.descriptor['horizon']}\n" in text
    assert "- Profile: `mission-record/" in text
    assert "In every table, a value is missing where the cell holds nothing.\n" in text
    descriptions = [
        field["description"]
        for path in sorted((ROOT / "schemas").glob("*.json"))
        for field in json.loads(path.read_text())["fields"]
    ]
    plain = re.sub(r"\\([^A-Za-z0-9\s])", r"\1", text).replace("&gt;", ">").replace("&lt;", "<")
    assert [words for words in descriptions if words not in plain] == []


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ({}, "string |  |"),
        ({"type": "integer", "title": "One", "description": "Counts."}, "integer | **One**<br>Counts. |"),
        ({"constraints": {"required": True, "unique": False}}, "string | Rules: required |"),
        ({"constraints": {"minimum": 0, "maximum": "9"}}, "string | Rules: at least `0`; at most `9` |"),
        ({"constraints": {"enum": ["a", 1], "unique": True}}, "string | Rules: one of `a`, `1`; unique |"),
        ({"constraints": {"pattern": "a|b"}}, "string | Rules: matches <code>a&#124;b</code> |"),
        ({"constraints": {"jsonSchema": {"type": "object"}}}, 'string | Rules: jsonSchema `{"type": "object"}` |'),
        ({"type": "date", "format": "default"}, "date |  |"),
        ({"type": "date", "format": "%d.%m.%Y"}, "date | Rules: format `%d.%m.%Y` |"),
        ({"type": "number", "groupChar": "'"}, "number | Rules: group character `'` |"),
        ({"type": "number", "bareNumber": False}, "number | Rules: bare numbers `false` |"),
        ({"missingValues": ["-"]}, "string | Rules: a value is missing where the cell holds `-` |"),
        ({"missingValues": []}, "string | Rules: no value is missing |"),
        ({"categories": ["a"]}, "string, [coded](#t/one/codes) |  |"),
    ],
)
def test_what_is_said_of_a_column(field: dict[str, Any], expected: str, tmp_path: Path) -> None:
    assert column(tmp_path, field) == expected


def test_codes_are_a_table_where_they_are_explained_and_a_line_else(tmp_path: Path) -> None:
    categories = [{"value": "a", "label": "first"}, {"value": "b", "description": "the other"}, "c"]
    fields = [{"name": "one", "categories": categories}, {"name": "two", "type": "integer", "categories": [1, 2]}]

    text = written(make(tmp_path / "made", {}, {"t": ({"fields": fields}, "one,two\n")}))

    assert (
        "Codes of `one`:\n\n| Code | Meaning |\n|---|---|\n| `a` | first |\n| `b` | the other |\n| `c` |  |\n" in text
    )
    assert text.endswith('<a id="t/two/codes"></a>Codes of `two`: `1`, `2`\n')


def test_missing_values_are_told_by_table_where_they_differ(tmp_path: Path) -> None:
    tables: dict[str, tuple[Any, str]] = {
        "a": ({"fields": [{"name": "x"}, {"name": "y"}], "missingValues": ["", _REFUSED]}, "x,y\n"),
        "b": ({"fields": [{"name": "x"}, {"name": "y"}]}, "x,y\n"),
    }

    text = written(make(tmp_path / "made", {}, tables))

    assert "## Missing values\n\n- In `a`, a value is missing where the cell holds nothing or `-` (refused)\n" in text
    assert "- In `b`, a value is missing where the cell holds nothing\n" in text


@pytest.mark.parametrize("package", ["plain", "ferries"])
def test_a_package_that_says_little_has_a_codebook(package: str, tmp_path: Path) -> None:
    text = written(build_base(package, tmp_path / package))

    assert f"- Package: `{package}`, version `1.0.0`\n- Licence: none is named\n\n" in text
    assert f"The {package} project (no date)." in text


def test_people_licence_and_website_are_linked_where_the_descriptor_has_an_address(tmp_path: Path) -> None:
    text = written(make(tmp_path / "rich", RICH, ONE_TABLE))

    assert "- Licence: [Public Domain Dedication](<https://example.org/pddl>)\n" in text
    assert "[An Institute](<https://example.org/institute>) (author, publisher), Charles (DataCurator)" in text
    assert "(<https://example.org/rich?a=1&b=2#top>)\n" in text
    assert "- Period: from 2020-01-01 up to 2024-12-31\n" in text


def test_tables_in_the_descriptor_and_tables_without_a_schema_are_described(tmp_path: Path) -> None:
    resource = {"name": "inline", "data": [{"a": 1, "b": "x"}], "title": "Within"}
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "n", "version": "1.0.0", "resources": [resource]}))

    text = written(tmp_path)

    assert "## `inline`: Within\n\n- In the descriptor itself\n- Rows: 1\n- Primary key: none\n" in text
    assert '| <a id="inline/a"></a>`a` | string |  |\n' in text


def test_unique_keys_and_keys_into_other_tables_are_told(tmp_path: Path) -> None:
    schema = {
        "fields": [{"name": "a"}, {"name": "b"}],
        "uniqueKeys": [["a", "b"]],
        "foreignKeys": [{"fields": "a", "reference": {"resource": "a b", "fields": "b"}}],
    }

    text = written(make(tmp_path / "made", {}, {"t": (schema, "a,b\n"), "a b": (None, "b,c\n")}))

    assert "- Unique together: `a`, `b`\n- `a` refers to `b` in [`a b`](#a%20b)\n" in text


def test_a_package_without_tables_says_nothing_of_missing_values(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    descriptor = {"name": "n", "version": "1.0.0", "resources": [{"name": "notes", "path": "notes.txt"}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))

    assert written(tmp_path).endswith("## Missing values\n")
