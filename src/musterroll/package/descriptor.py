"""`datapackage.json` and the files it names, read strictly and put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from musterroll.errors import Unavailable
from musterroll.package import limits
from musterroll.package.folder import Folder
from musterroll.package.json_reader import Document, Pointer, parse
from musterroll.package.paths import collision_key, is_remote, path_fault, portability_fault
from musterroll.package.problem import Problem, Rejected

DESCRIPTOR = "datapackage.json"
_COMPRESSED = (".gz", ".zip", ".bz2", ".xz", ".zst")
_TABLE_PROFILES = {"tabular-data-resource"}


@dataclass(frozen=True)
class Part:
    """A schema or dialect: its value, and the document and pointer where it is written."""

    value: Mapping[str, Any]
    document: Document
    pointer: Pointer = ()

    def place(self, *pointer: str | int) -> tuple[str, int, int]:
        """File, line and column of a value inside this part."""
        return (self.document.file, *self.document.place((*self.pointer, *pointer)))


@dataclass(frozen=True)
class Resource:
    """One entry of `resources`, with its schema and dialect looked up."""

    index: int
    name: str
    descriptor: Mapping[str, Any]
    files: tuple[str, ...]
    schema: Part | None
    dialect: Part | None
    missing: frozenset[str] = frozenset()  # named paths that are not there

    @property
    def is_table(self) -> bool:
        """Whether it claims to hold rows and columns."""
        declared = self.descriptor.get("type") == "table" or self.descriptor.get("profile") in _TABLE_PROFILES
        return declared or self.schema is not None or self.is_csv

    @property
    def is_csv(self) -> bool:
        """Whether its one file is CSV (or TSV), by declared format or by suffix."""
        if len(self.files) != 1 or "compression" in self.descriptor or self.files[0].endswith(_COMPRESSED):
            return False
        return self.format in {"csv", "tsv"}

    @property
    def format(self) -> str:
        """Declared format, or the suffix of the first file, in lower case."""
        declared = self.descriptor.get("format")
        if isinstance(declared, str) and declared:
            return declared.lower()
        suffix = Path(self.files[0]).suffix.lower() if self.files else ""
        return "tsv" if suffix == ".tab" else suffix.lstrip(".")

    @property
    def dialect_settings(self) -> Mapping[str, Any]:
        """Declared dialect properties; a TSV file's delimiter is a tab unless declared otherwise."""
        settings = dict(self.dialect.value) if self.dialect else {}
        if self.format == "tsv":
            settings.setdefault("delimiter", "\t")
        return settings


@dataclass
class Package:
    """A data package whose descriptor could be read."""

    folder: Folder
    document: Document
    resources: list[Resource] = field(default_factory=list)

    @property
    def descriptor(self) -> Mapping[str, Any]:
        """The value of `datapackage.json`."""
        value: Mapping[str, Any] = self.document.value
        return value

    @property
    def name(self) -> str:
        """The package's name, or the folder's if it has none."""
        return str(self.descriptor.get("name") or self.folder.root.resolve().name)

    @property
    def version(self) -> str | None:
        """The data version."""
        declared = self.descriptor.get("version")
        return None if declared is None else str(declared)

    @property
    def profile(self) -> str | None:
        """The profile the package says it follows (`conformsTo`), such as mission-record/0.1.0."""
        declared = self.descriptor.get("conformsTo")
        return declared if isinstance(declared, str) else None

    def resource(self, name: str) -> Resource | None:
        """The first resource of that name."""
        return next((resource for resource in self.resources if resource.name == name), None)


def find_folder(target: Path) -> Folder:
    """The package's folder, given it or its `datapackage.json`.

    Raises `Unavailable` if there is nothing of the kind.
    """
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
        return None, [Problem("descriptor-shape", "The descriptor must be a JSON object.", DESCRIPTOR, 1, 1)]
    package = Package(folder, document)
    refusals = [*_refusals(package)]
    if refusals:
        return None, refusals
    problems, absent = _absent_files(package)
    if any(problem.check != "manifest-missing" for problem in problems):
        return None, problems
    faults = []
    for index, item in enumerate(_listed(document.value)):
        try:
            package.resources.append(_resource(package, index, item, absent))
        except Rejected as rejection:
            faults.append(rejection.problem)
    problems += [*faults, *_soft_path_problems(package, absent)]
    return (None if faults else package), problems


def read_json(folder: Folder, path: str) -> Document:
    """Read one JSON file of the package; raises `Rejected` as `json_reader.parse` does."""
    with folder.open(path) as stream:
        return parse(stream.read(limits.JSON_BYTES + 1), path)


def _listed(descriptor: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = descriptor.get("resources")
    return [item if isinstance(item, dict) else {} for item in listed] if isinstance(listed, list) else []


def _resource(package: Package, index: int, item: Mapping[str, Any], absent: Set[str]) -> Resource:
    named = [*_strings(item.get("path")), *_strings(item.get("schema")), *_strings(item.get("dialect"))]
    return Resource(
        index=index,
        name=str(item.get("name") or f"resource {index + 1}"),
        descriptor=item,
        files=tuple(_strings(item.get("path"))),
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
        raise Rejected(Problem("descriptor-shape", f"A {name} must be a JSON object.", value, 1, 1))
    return Part(document.value, document)


def _strings(value: object) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def _named_paths(descriptor: Mapping[str, Any]) -> Iterator[tuple[Pointer, str]]:
    """Every path that reading or judging the package would open, with its place in the descriptor."""
    for index, item in enumerate(_listed(descriptor)):
        at: Pointer = ("resources", index)
        path = item.get("path")
        if isinstance(path, list):
            yield from (((*at, "path", n), value) for n, value in enumerate(path) if isinstance(value, str))
        for name in ("path", "schema", "dialect"):
            value = item.get(name)
            if isinstance(value, str):
                yield (*at, name), value
        for extra in item.get("extrapaths") or []:  # Frictionless' own way to list more files
            if isinstance(extra, str):
                yield (*at, "extrapaths"), extra


def _remote_profiles(descriptor: Mapping[str, Any]) -> Iterator[tuple[Pointer, str]]:
    """`profile` may be a URL that a library would fetch."""
    for pointer, holder in [((), descriptor), *((("resources", n), i) for n, i in enumerate(_listed(descriptor)))]:
        value = holder.get("profile")
        if isinstance(value, str) and (is_remote(value) or "/" in value):
            yield (*pointer, "profile"), value


def _refusals(package: Package) -> Iterator[Problem]:
    """Unsafe paths; if there is one, nothing is opened, not even the harmless files."""
    place = package.document.place
    for pointer, path in _named_paths(package.descriptor):
        if fault := path_fault(path):
            yield Problem(*fault, DESCRIPTOR, *place(pointer), value=path)
    for pointer, value in _remote_profiles(package.descriptor):
        message = "The profile is a URL or path; nothing is fetched while checking."
        yield Problem("remote-refused", message, DESCRIPTOR, *place(pointer), value=value)


def _absent_files(package: Package) -> tuple[list[Problem], set[str]]:
    """What cannot be opened (missing, or a link, pipe or device), and the paths that are missing."""
    problems, absent = [], set()
    for pointer, path in _named_paths(package.descriptor):
        try:
            package.folder.open(path).close()
        except Rejected as rejection:
            found = rejection.problem
            place = package.document.place(pointer)
            problems.append(Problem(found.check, found.message, DESCRIPTOR, *place, value=path))
            absent.add(path)
    return problems, absent


def _soft_path_problems(package: Package, absent: Set[str]) -> Iterator[Problem]:
    """What is not unsafe but will surprise somebody: names, collisions, second links, unlisted files."""
    seen: dict[str, str] = {}
    for pointer, path in _named_paths(package.descriptor):
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
        if path not in seen.values():
            yield Problem("manifest-extra", f"{path} is in the folder but not in {DESCRIPTOR}.", path)
