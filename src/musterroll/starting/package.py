"""The files of a new mission record, in canonical form: they pass every check before the first row is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from string import Template
from typing import Any

from musterroll import PROFILE, PROFILE_VERSION
from musterroll.markdown import prose
from musterroll.package.canonical import csv_record
from musterroll.package.descriptor import DESCRIPTOR, STANDARD
from musterroll.package.dialect import AS_WRITTEN, Dialect
from musterroll.record.profile import profile_folder, profile_schemas
from musterroll.starting.beginning import LICENCES, Beginning

# In the order in which they are read: what others refer to comes first, what keeps the house comes last.
TABLES = (
    "missions",
    "countries",
    "commitments",
    "conditions",
    "contributions",
    "deployments",
    "strengths",
    "events",
    "event_figures",
    "event_countries",
    "sources",
    "evidence",
    "waivers",
    "retired_ids",
    "errata",
)
_ATTRIBUTES = """# The bytes that are committed are those that are hashed: no line end is converted on any system.
/datapackage.json -text
/schemas/* -text
/data/* -text

# Two branches that add rows at one place keep both; muster validate finds what that may double.
/data/*.csv merge=union
"""


def package_files(beginning: Beginning) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file, the descriptor last: a folder that has it is whole."""
    yield ".gitattributes", _ATTRIBUTES.encode()
    yield "README.md", _readme(beginning).encode()
    for name in TABLES:
        yield f"schemas/{name}.json", (profile_folder() / f"{name}.json").read_bytes()
    for name in TABLES:
        yield f"data/{name}.csv", _header(name)
    yield DESCRIPTOR, (json.dumps(_descriptor(beginning), ensure_ascii=False, indent=2) + "\n").encode()


def _descriptor(beginning: Beginning) -> Mapping[str, Any]:
    path, title = LICENCES[beginning.licence]
    return {
        "$schema": STANDARD,
        "name": beginning.name,
        "title": beginning.heading,
        "version": "0.1.0",
        "conformsTo": f"{PROFILE}/{PROFILE_VERSION}",
        "host": {"code": beginning.host_code, "title": beginning.host_title},
        "horizon": beginning.horizon,
        "licenses": [{"name": beginning.licence, "path": path, "title": title}],
        "resources": [_resource(name) for name in TABLES],
    }


def _resource(name: str) -> Mapping[str, Any]:
    schema, data = profile_schemas()[name], _header(name)
    return {
        "name": name,
        "type": "table",
        "title": schema["title"],
        "description": schema["description"],
        "path": f"data/{name}.csv",
        "schema": f"schemas/{name}.json",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": AS_WRITTEN,
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }


def _header(name: str) -> bytes:
    columns = [field["name"] for field in profile_schemas()[name]["fields"]]
    return f"{csv_record(columns, Dialect())}\n".encode()


def _readme(beginning: Beginning) -> str:
    template = Template((files(__package__) / "README.template.md").read_text("utf-8"))
    return template.substitute(
        title=prose(beginning.heading),
        host=prose(beginning.host_title),
        horizon=beginning.horizon,
        profile=f"{PROFILE} {PROFILE_VERSION}",
        licence=beginning.licence,
        licence_url=LICENCES[beginning.licence][0],
    )
