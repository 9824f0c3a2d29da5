"""Whether the loaders of Croissant get from a release what its CSV files say: every cell of every table.

    python -m venv DIR && DIR/bin/pip install mlcroissant pyarrow
    DIR/bin/python benchmarks/croissant_check.py RELEASE

mlcroissant wants other versions than we do, hence an environment of its own;
this script needs nothing else. `mlcroissant validate` is no substitute: it
passes wrong hashes and columns that are not there. Exit code 1 if a cell differs.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any


def main(release: Path) -> int:
    """Read every table twice and compare; the record sets from one loader, as people use it."""
    import mlcroissant  # type: ignore[import-not-found]

    dataset = mlcroissant.Dataset(release / "croissant.json")
    descriptor = json.loads((release / "datapackage.json").read_text())
    faults, cells = [], 0
    for resource in descriptor["resources"]:
        if "schema" not in resource or "path" not in resource:
            continue
        expected = list(_rows(release, resource))
        found = [_by_column(record) for record in dataset.records(resource["name"])]
        cells += sum(map(len, expected))
        faults += [f"{resource['name']}: {fault}" for fault in _differences(expected, found)]
    print(*faults[:20], sep="\n", end="\n" if faults else "")
    print(f"{len(descriptor['resources'])} resources, {cells:,} cells, {len(faults)} differences")
    return 1 if faults or not cells else 0


def _rows(release: Path, resource: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of the CSV as values, sorted as the loader gives them: as they stand."""
    schema = resource["schema"]
    schema = json.loads((release / schema).read_text()) if isinstance(schema, str) else schema
    types = {field["name"]: field.get("type", "string") for field in schema["fields"]}
    dialect = resource.get("dialect", {})
    with (release / resource["path"]).open(newline="", encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter=dialect.get("delimiter", ","), strict=True):
            yield {name: _value(types[name], cell) for name, cell in row.items()}


def _value(kind: str, cell: str) -> Any:
    """What the cell says, for the plain spellings that canonical files have."""
    if not cell:
        return None
    if kind in {"integer", "year", "number"}:
        return Decimal(cell)
    if kind == "boolean":
        return {"true": True, "false": False}[cell]
    return datetime.fromisoformat(cell) if kind in {"date", "datetime"} else cell


def _by_column(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record by the names of columns; the loader gives text as bytes and moments as timestamps."""
    return {key.partition("/")[2]: _plain(value) for key, value in record.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, float):
        return Decimal(repr(value))
    return value.to_pydatetime() if hasattr(value, "to_pydatetime") else value


def _differences(expected: list[dict[str, Any]], found: list[dict[str, Any]]) -> Iterator[str]:
    if len(expected) != len(found):
        yield f"{len(found)} records, the file has {len(expected)} rows"
        return
    for number, (row, record) in enumerate(zip(expected, found, strict=True), start=1):
        for name, value in row.items():
            if name not in record or record[name] != value or isinstance(record[name], bool) != isinstance(value, bool):
                yield f"row {number}, {name}: {record.get(name)!r}, the file has {value!r}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", type=Path)
    sys.exit(main(parser.parse_args().release))
