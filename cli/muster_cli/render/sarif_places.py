"""Where a finding is, as SARIF says it: a file relative to the checkout, line and column, table, row and field."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from muster_cli.render.sarif_rules import message
from muster_cli.render.visible import visible
from muster_validators.finding import Finding, Related
from musterroll.package.descriptor import DESCRIPTOR
from musterroll.package.folder import Folder

_RELATED = 100  # more locations of one result GitHub does not show


class Places:
    """Makes the locations of findings in one folder.

    Files are relative to the working folder, which in CI is the checkout, if the
    package lies in it; else, and in archives and revisions, to the package.
    """

    base = "%SRCROOT%"

    def __init__(self, folder: Folder) -> None:
        root = "" if folder.is_copy else os.path.relpath(folder.root)
        inside = bool(root) and not root.startswith("..")
        self._prefix = root if inside else ""
        self.meaning = "The folder in which muster ran." if inside else "The folder or archive of the package."

    def of(self, finding: Finding) -> dict[str, Any]:
        """The place of a finding; what is in no file is at the descriptor, for code scanning drops what is nowhere."""
        return {"physicalLocation": self._physical(finding, finding.file or DESCRIPTOR), **_logical(finding)}

    def related(self, finding: Finding) -> list[dict[str, Any]]:
        """The rows to be read beside it, in their order, at most 100."""
        places = [self._related(number, item) for number, item in enumerate(finding.related[:_RELATED], start=1)]
        more = len(finding.related) - len(places)
        return [*places, *([{"message": message(f"… and {more:,} more rows")}] if more else [])]

    def _related(self, number: int, item: Related) -> dict[str, Any]:
        physical = {"physicalLocation": self._physical(item, item.file)} if item.file else {}
        return {"id": number, **physical, **_logical(item), "message": message(item.says)}

    def _physical(self, item: Finding | Related, file: str) -> dict[str, Any]:
        path = PurePosixPath(self._prefix, file).as_posix()
        uri = quote(path, safe="/", errors="surrogatepass")
        region = {"startLine": item.line, **({"startColumn": item.column} if item.column else {})}
        return {
            "artifactLocation": {"uri": uri, "uriBaseId": self.base},
            **({"region": region} if item.line else {}),
        }


def _logical(item: Finding | Related) -> dict[str, Any]:
    """The table, the row in it and the field in that, each with its whole name."""
    steps = list(_steps(item))
    names = [name for _, name in steps]
    found = [
        {"name": name, "fullyQualifiedName": "/".join(map(_escaped, names[: place + 1])), "kind": kind}
        for place, (kind, name) in enumerate(steps)
    ]
    return {"logicalLocations": found} if found else {}


def _steps(item: Finding | Related) -> Iterator[tuple[str, str]]:
    if item.table is None:
        return
    yield "table", visible(item.table)
    if item.key:
        yield "row", ",".join(visible(value) for value in item.key.values())
    if isinstance(item, Finding) and item.field is not None:
        yield "field", visible(item.field)


def _escaped(name: str) -> str:
    """As in a JSON Pointer, so that a slash in a name divides nothing."""
    return name.replace("~", "~0").replace("/", "~1")
