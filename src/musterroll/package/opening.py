"""Open a package: find its folder, read `datapackage.json` and the schemas and dialects it names, strictly."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from pathlib import Path
from typing import Any

from musterroll.errors import Unavailable
from musterroll.package import limits
from musterroll.package.descriptor import DESCRIPTOR, Package, Part, Resource, listed, name_of, strings
from musterroll.package.folder import Folder
from musterroll.package.json_reader import Document, parse
from musterroll.package.manifest import absent_files, refusals, surprises
from musterroll.package.problem import Problem, Rejected, as_error
from musterroll.package.shape import shape_problems


def find_folder(target: Path | Folder) -> Folder:
    """The package's folder, given it or its `datapackage.json`; one that was opened before is returned as it is.

    Raises `Unavailable` if there is nothing of the kind.
    """
    if isinstance(target, Folder):
        return target
    folder = target.parent if target.name == DESCRIPTOR and not target.is_dir() else target
    if not folder.exists():
        raise Unavailable(f"{target}: no such folder")
    if not folder.is_dir():
        raise Unavailable(f"{target}: neither a folder nor a {DESCRIPTOR}")
    if not (folder / DESCRIPTOR).exists() and not (folder / DESCRIPTOR).is_symlink():
        raise Unavailable(f"{folder}: there is no {DESCRIPTOR} in this folder")
    return Folder(folder)


def read_package(folder: Folder) -> tuple[Package | None, list[Problem]]:
    """Read the descriptor and what it names (schemas and dialects, not the data).

    Returns the package, or None if it cannot be gone on with, and every problem
    found. Raises `Unavailable` if a file cannot be opened for want of permission.
    """
    try:
        document = read_json(folder, DESCRIPTOR)
    except Rejected as rejection:
        return None, [rejection.problem]
    if not isinstance(document.value, dict):
        message = "The descriptor must be a JSON object."
        return None, [Problem("descriptor-shape", message, DESCRIPTOR, *document.place(()))]
    package = Package(folder, document)
    unsafe = [*refusals(package)]
    if unsafe:
        return None, unsafe
    problems, absent = absent_files(package)
    if any(problem.check != "manifest-missing" for problem in problems):
        return None, problems
    faults = []
    for index, item in enumerate(listed(document.value)):
        try:
            package.resources.append(_resource(package, index, item, absent))
        except Rejected as rejection:
            faults.append(replace(rejection.problem, table=name_of(item, index)))
    faults += shape_problems(package)
    problems += [*faults, *surprises(package, absent)]
    return (None if faults else package), problems


def require_package(folder: Folder) -> Package:
    """The package of a folder, for those who cannot do without.

    Raises `Unusable` or, if it is unsafe, `Refused`, with the first problem.
    """
    package, problems = read_package(folder)
    if package is None:
        raise as_error(problems[0])
    return package


def read_json(folder: Folder, path: str) -> Document:
    """Read one JSON file of the package; raises `Rejected` as `json_reader.parse` does."""
    with folder.open(path) as stream:
        return parse(stream.read(limits.JSON_BYTES + 1), path)


def _resource(package: Package, index: int, item: Mapping[str, Any], absent: Set[str]) -> Resource:
    named = [*strings(item.get("path")), *strings(item.get("schema")), *strings(item.get("dialect"))]
    return Resource(
        index=index,
        name=name_of(item, index),
        descriptor=item,
        files=tuple(strings(item.get("path"))),
        schema=_part(package, index, item.get("schema"), "schema", absent),
        dialect=_part(package, index, item.get("dialect"), "dialect", absent),
        missing=frozenset(absent & set(named)),
    )


def _part(package: Package, index: int, value: object, name: str, absent: Set[str]) -> Part | None:
    if isinstance(value, dict):
        return Part(value, package.document, ("resources", index, name))
    if not isinstance(value, str) or value in absent:
        return None
    document = read_json(package.folder, value)
    if not isinstance(document.value, dict):
        raise Rejected(Problem("descriptor-shape", f"A {name} must be a JSON object.", value, *document.place(())))
    return Part(document.value, document)
