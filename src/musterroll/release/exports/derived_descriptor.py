"""The descriptor of the derived tables: the folder opens as a data package of its own, with every column described."""

from __future__ import annotations

import json
from typing import Any

from musterroll.package.descriptor import STANDARD, Package
from musterroll.package.dialect import AS_WRITTEN
from musterroll.record.derived.tables import DERIVED
from musterroll.record.host import host_of

_CARRIED = ("version", "created", "contributors")  # what is true of the package is true of these tables


def render_descriptor(package: Package) -> str:
    """The descriptor as text, a pure function of the package's own."""
    host = host_of(package)
    carried = {name: package.descriptor[name] for name in _CARRIED if name in package.descriptor}
    document = {
        "$schema": STANDARD,
        "name": f"{package.name}-derived",
        "title": f"Derived tables of {package.name} {package.version}",
        "description": (
            f"Tables computed from the data package {package.name} {package.version} and from nothing else. They are "
            "published for reading and joining, never edited: a mistake in them is mended in that package."
        ),
        **carried,
        **_licences(package.descriptor.get("licenses")),
        "resources": [_resource(table.name, table.title, table.description, table.schema(host)) for table in DERIVED],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _licences(declared: object) -> dict[str, Any]:
    """Those of the package; a path into it would lead nowhere from here."""
    listed = [item for item in declared if isinstance(item, dict)] if isinstance(declared, list) else []
    kept = [item for item in listed if "name" in item or _is_url(item.get("path"))]
    licences = [{name: value for name, value in item.items() if name != "path" or _is_url(value)} for item in kept]
    return {"licenses": licences} if licences else {}


def _is_url(path: object) -> bool:
    return isinstance(path, str) and path.startswith(("https://", "http://"))


def _resource(name: str, title: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "type": "table",
        "title": title,
        "description": description,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": AS_WRITTEN,
        "schema": schema,
    }
