"""`muster diff` on two packages made of the case's files and its schema."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from telling import answer, asked, change, named, run, whole

_DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False}


def main() -> None:
    """Build both packages, compare them as text for the words and as JSON for the facts."""
    question = asked()
    with TemporaryDirectory() as place:
        sides = [_package(question, side, Path(place) / side) for side in ("old", "new")]
        text = run("muster", "diff", *sides, "--all")
        document = json.loads(run("muster", "diff", *sides, "--format", "json"))
    facts = (fact for found in document["changes"] for fact in _facts(found, question["names"]))
    answer(f"muster diff OLD NEW, schema: {_schema_in_words(question['schema'])}", _words(text), facts)


def _package(question: dict[str, Any], side: str, target: Path) -> Path:
    source, schema = Path(question["folder"]) / f"{side}.csv", question["schema"]
    target.mkdir()
    shutil.copy(source, target / "table.csv")
    with source.open(newline="") as stream:
        header = next(csv.reader(stream))
    fields = [{"name": name, "type": "string", **schema["fields"].get(name, {})} for name in header]
    table = {"fields": fields, **({"primaryKey": schema["primaryKey"]} if schema["primaryKey"] else {})}
    resource = {"name": "table", "path": "table.csv", "encoding": "utf-8", "dialect": _DIALECT, "schema": table}
    profile = "https://datapackage.org/profiles/2.0/datapackage.json"
    package = {"$schema": profile, "name": "case", "version": "1.0.0", "resources": [resource]}
    (target / "datapackage.json").write_text(json.dumps(package))
    return target


def _schema_in_words(schema: dict[str, Any]) -> str:
    key = "primaryKey " + ", ".join(schema["primaryKey"]) if schema["primaryKey"] else "no key"
    said = {
        name: ", ".join(f"{aspect} {value}" for aspect, value in field.items())
        for name, field in schema["fields"].items()
    }
    return "; ".join([key, *(f"{name}: {aspects}" for name, aspects in said.items())])


def _words(text: str) -> list[str]:
    """Everything but the title (names and versions of the packages) and the name of the only table."""
    return [line for line in text.splitlines()[1:] if line and line != "table"]


def _facts(found: dict[str, Any], names: list[str]) -> Iterator[str]:
    match found["kind"]:
        case "row_removed" | "row_added" as kind:
            yield f"{kind.removeprefix('row_')} {whole(found['row'])}"
        case "row_changed":
            for cell in found["cells"]:
                kind = "changed" if cell["nature"] == "value" else "respelt"
                yield change(named(found["key"], names), cell["field"], cell["old"], cell["new"], kind)
        case "key_duplicated":
            yield f"duplicated {whole(found['key'])}"
        case "row_rekeyed":
            yield f"suggests row {whole(found['key'])} -> {whole(found['new_key'])}"
        case "field_removed":
            yield f"column gone {found['field']}"
        case "field_added":
            yield f"column new {found['field']}"
        case "field_renamed":
            yield f"column renamed {found['old']} -> {found['new']}"
        case other:
            yield f"{other} {found}"


if __name__ == "__main__":
    main()
