"""The paths that a descriptor names: unsafe ones are refused before anything is opened, others must be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Any

from musterroll.package.descriptor import DESCRIPTOR, Package, listed, owner, strings
from musterroll.package.json_reader import Pointer
from musterroll.package.paths import collision_key, is_remote, path_fault, portability_fault
from musterroll.package.problem import Problem, Rejected


def refusals(package: Package) -> Iterator[Problem]:
    """Unsafe paths; if there is one, nothing is opened, not even the harmless files."""
    place = package.document.place
    for pointer, path in named_paths(package.descriptor):
        if fault := path_fault(path):
            yield Problem(*fault, DESCRIPTOR, *place(pointer), value=path, table=owner(package.descriptor, pointer))
    for pointer, value in _remote_profiles(package.descriptor):
        message = "The profile is a URL or path; nothing is fetched while checking."
        table = owner(package.descriptor, pointer)
        yield Problem("remote-refused", message, DESCRIPTOR, *place(pointer), value=value, table=table)


def absent_files(package: Package) -> tuple[list[Problem], set[str]]:
    """What cannot be opened (missing, or a link, pipe or device), and the paths that are missing."""
    problems, absent = [], set()
    for pointer, path in named_paths(package.descriptor):
        try:
            package.folder.open(path).close()
        except Rejected as rejection:
            found = rejection.problem
            place, table = package.document.place(pointer), owner(package.descriptor, pointer)
            problems.append(Problem(found.check, found.message, DESCRIPTOR, *place, value=path, table=table))
            absent.add(path)
    return problems, absent


def surprises(package: Package, absent: Set[str]) -> Iterator[Problem]:
    """What is not unsafe but will surprise somebody: names, collisions, second links, unlisted files."""
    seen: dict[str, str] = {}
    paths = {path for _, path in named_paths(package.descriptor)}
    for pointer, path in named_paths(package.descriptor):
        place = package.document.place(pointer)
        if fault := portability_fault(path):
            yield Problem("path-portable", fault, DESCRIPTOR, *place, value=path)
        other = seen.setdefault(collision_key(path), path)
        if other != path:
            message = f"{path} and {other} are one file on systems that ignore case or Unicode form."
            yield Problem("path-collision", message, DESCRIPTOR, *place, value=path)
        if path not in absent and package.folder.is_hard_linked(path):
            yield Problem("path-hard-link", f"{path} has a second name on this disk.", DESCRIPTOR, *place, value=path)
    for path in package.folder.files("data", "schemas"):
        if path not in paths and not Path(path).name.startswith("."):
            yield Problem("manifest-extra", f"{path} is in the folder but not in {DESCRIPTOR}.", path)


def named_paths(descriptor: Mapping[str, Any]) -> Iterator[tuple[Pointer, str]]:
    """Every path that reading or judging the package would open, with its place in the descriptor."""
    for index, item in enumerate(listed(descriptor)):
        at: Pointer = ("resources", index)
        path = item.get("path")
        if isinstance(path, list):
            yield from (((*at, "path", n), value) for n, value in enumerate(path) if isinstance(value, str))
        for name in ("path", "schema", "dialect"):
            value = item.get(name)
            if isinstance(value, str):
                yield (*at, name), value
        for extra in strings(item.get("extrapaths")):  # Frictionless' own way to list more files
            yield (*at, "extrapaths"), extra


def _remote_profiles(descriptor: Mapping[str, Any]) -> Iterator[tuple[Pointer, str]]:
    """`profile` may be a URL that a library would fetch."""
    for pointer, holder in [((), descriptor), *((("resources", n), i) for n, i in enumerate(listed(descriptor)))]:
        value = holder.get("profile")
        if isinstance(value, str) and (is_remote(value) or "/" in value):
            yield (*pointer, "profile"), value
