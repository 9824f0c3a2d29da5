"""Packages that tests export: tables as a test states them, staged as a release stages them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from musterroll.package.canonical import csv_record
from musterroll.package.dialect import Dialect
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.release.content import Content, stage_package
from musterroll.release.exports.exporter import Exporter

Rows = Sequence[Sequence[str]]
Stated = tuple[Mapping[str, Any], Rows]  # schema and rows, the names of the fields being the header


def stage(source: Path, folder: Path) -> Content:
    """The package in `source`, staged in a new folder."""
    folder.mkdir(parents=True)
    return stage_package(require_package(Folder(source)), folder)


def content_of(folder: Path, tables: Mapping[str, Stated], *, inline: bool = False, **descriptor: Any) -> Content:
    """A package of these tables, staged in `folder / "release"`; inline tables may hold what no CSV file may."""
    source = folder / "source"
    source.mkdir(parents=True)
    resources = []
    for number, (name, (schema, rows)) in enumerate(tables.items()):
        header = [field["name"] for field in schema["fields"]]
        resource: dict[str, Any] = {"name": name, "schema": schema}
        if inline:
            resource["data"] = [header, *rows]
        else:
            resource["path"] = f"table-{number}.csv"
            text = "".join(csv_record(cells, Dialect()) + "\n" for cells in [header, *rows])
            (source / resource["path"]).write_bytes(text.encode())
        resources.append(resource)
    whole = {"name": "made-up", "version": "1.0.0", **descriptor, "resources": resources}
    (source / "datapackage.json").write_text(json.dumps(whole))
    return stage(source, folder / "release")


def one_column(folder: Path, field: Mapping[str, Any], *cells: str, **schema: Any) -> Content:
    """A package whose table `t` has the column `cell`, and behind it a number for each row."""
    fields = [{"name": "cell", **field}, {"name": "row", "type": "integer"}]
    rows = [[cell, str(number)] for number, cell in enumerate(cells, start=1)]
    return content_of(folder, {"t": ({"fields": fields, **schema}, rows)}, inline=True)


def exported(exporter: Exporter, content: Content, folder: Path) -> Path:
    """Write one export, see that it is equal to the tables, and say where its first file lies."""
    exporter.write(content, folder)
    assert list(exporter.differences(content, folder)) == []
    return folder / exporter.files(content)[0].path
