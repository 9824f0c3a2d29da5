"""What Frictionless says of a package when it is run directly: on the same bytes, with the declared dialect and schema.

Where a package leaves a dialect property or an encoding out, the standard's own
default is filled in, for Frictionless would guess it from the first rows. No
other word of the package is changed, and nothing of ours is used, not even to
find the line on which a row begins.
"""

from __future__ import annotations

import csv
import io
import json
import warnings
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import frictionless
from frictionless.errors import ForeignKeyError, LabelError, RowError

_DIALECT: Mapping[str, Any] = {
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "lineTerminator": "\r\n",
    "header": True,
}
_NO_LIMIT = 10**9


@dataclass(frozen=True)
class Said:
    """One error of Frictionless; `lines` are the first and the last physical line of its row, `row` counts from 0."""

    type: str
    note: str
    table: str | None = None
    row: int | None = None
    lines: tuple[int, int] | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """All errors, or how Frictionless came to grief."""

    said: tuple[Said, ...] = ()
    crash: str | None = None


def ask_frictionless(folder: Path) -> Verdict:
    """Run Frictionless on the package in `folder`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of what it reads in an old spelling
            return Verdict(tuple(_ask(folder)))
    except Exception as error:  # noqa: BLE001 (whatever it raises is its answer)
        return Verdict(crash=f"{type(error).__name__}: {error}")


def _ask(folder: Path) -> Iterator[Said]:
    try:
        descriptor = _completed(folder)
        package = frictionless.Package.from_descriptor(descriptor, basepath=str(folder))
        report = package.validate(limit_errors=_NO_LIMIT)
    except frictionless.FrictionlessException as problem:
        errors = list(problem.reasons) or [problem.error]
        yield from _about_descriptors(folder, errors)
        return
    yield from _about_descriptors(folder, report.errors)
    for task, (resource, name) in zip(report.tasks, _named(descriptor["resources"]), strict=False):
        lines = _lines(folder, resource)
        yield from (_said(error, name, resource, lines) for error in task.errors)


def _named(listed: Sequence[Any]) -> Iterator[tuple[Any, str]]:
    """The resources with their names; Frictionless makes up one for a resource that has none, and so do we."""
    for number, item in enumerate(listed, start=1):
        yield item, (item.get("name") if isinstance(item, dict) else None) or f"resource {number}"


def _completed(folder: Path) -> Any:
    """The descriptor with the standard's defaults where Frictionless would guess."""
    descriptor = frictionless.Package.metadata_retrieve(str(folder / "datapackage.json"))
    listed = descriptor.get("resources")
    if isinstance(listed, list):
        descriptor["resources"] = [_complete(folder, item) for item in listed]
    return descriptor


def _complete(folder: Path, resource: Any) -> Any:
    path = resource.get("path") if isinstance(resource, dict) else None
    if not isinstance(path, str) or resource.get("format", Path(path).suffix[1:]) not in {"csv", "tsv"}:
        return resource
    dialect = resource.get("dialect", {})
    if isinstance(dialect, str):
        dialect = json.loads((folder / dialect).read_text())
    defaults = {**_DIALECT, "delimiter": "\t"} if path.endswith(".tsv") else _DIALECT
    return {"encoding": "utf-8", **resource, "dialect": {**defaults, **dialect}}


def _about_descriptors(folder: Path, errors: Sequence[frictionless.Error]) -> Iterator[Said]:
    """Frictionless does not say which resource it means: it is the one whose fault stays when it is alone."""
    if not errors:
        return
    descriptor = _retrieved(folder)
    listed = descriptor.get("resources", []) if isinstance(descriptor, dict) else []
    common = _reasons(folder, {**descriptor, "resources": []}) if isinstance(descriptor, dict) else set()
    alone = [_reasons(folder, {**descriptor, "resources": [item]}) - common for item in listed]
    for error in errors:
        fault = (error.type, error.note)
        names = [name for (_, name), found in zip(_named(listed), alone, strict=True) if fault in found]
        if not names:
            yield Said(error.type, error.note)
        yield from (Said(error.type, error.note, name) for name in names)


def _retrieved(folder: Path) -> Any:
    try:
        return _completed(folder)
    except frictionless.FrictionlessException:
        return None


def _reasons(folder: Path, descriptor: Mapping[str, Any]) -> set[tuple[str, str]]:
    try:
        package = frictionless.Package.from_descriptor(deepcopy(dict(descriptor)), basepath=str(folder))
        for resource in package.resources:  # their files are read when they are asked for
            _ = resource.schema, resource.dialect
    except frictionless.FrictionlessException as problem:
        return {(error.type, error.note) for error in list(problem.reasons) or [problem.error]}
    return set()


def _said(error: frictionless.Error, table: str, resource: Mapping[str, Any], lines: Sequence[tuple[int, int]]) -> Said:
    if isinstance(error, RowError):
        row = error.row_number - (2 if resource.get("dialect", {}).get("header", True) else 1)
        place = lines[error.row_number - 1] if error.row_number <= len(lines) else None
        names = error.field_names if isinstance(error, ForeignKeyError) else [getattr(error, "field_name", "")]
        return Said(error.type, error.note, table, row, place, tuple(filter(None, names)))
    if isinstance(error, LabelError):
        return Said(error.type, error.note, table, fields=tuple(filter(None, (error.label, error.field_name))))
    return Said(error.type, error.note, table)


def _lines(folder: Path, resource: Mapping[str, Any]) -> list[tuple[int, int]]:
    """The first and the last physical line of each row, the header's first; empty if it is no file of rows."""
    dialect = {**_DIALECT, **resource.get("dialect", {})} if isinstance(resource.get("dialect", {}), dict) else _DIALECT
    try:
        text = (folder / resource["path"]).read_bytes().decode(resource.get("encoding", "utf-8-sig"))
        reader = csv.reader(
            io.StringIO(text, newline=""),
            delimiter=dialect["delimiter"],
            quotechar=dialect["quoteChar"],
            skipinitialspace=dialect["skipInitialSpace"],
        )
        ends = [0, *(reader.line_num for _ in reader)]
    except (KeyError, TypeError, OSError, UnicodeError, LookupError, csv.Error):
        return []
    return [(before + 1, end) for before, end in pairwise(ends)]
