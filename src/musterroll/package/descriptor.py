"""A data package whose descriptor was read: its resources, schemas and dialects, and where each is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from musterroll.package.folder import Folder
from musterroll.package.json_reader import Document, Pointer

DESCRIPTOR = "datapackage.json"
STANDARD = "https://datapackage.org/profiles/2.0/datapackage.json"  # the `$schema` of version 2
_COMPRESSED = (".gz", ".zip", ".bz2", ".xz", ".zst")
_TABULAR = {".csv", ".tsv", ".tab", ".xlsx", ".xls", ".ods", ".ndjson", ".jsonl", ".parquet"}
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
        looks = any(_suffix(name) in _TABULAR for name in self.files) or f".{self.format}" in _TABULAR
        return declared or self.schema is not None or looks

    @property
    def is_csv(self) -> bool:
        """Whether its one file is CSV (or TSV), by declared format or by suffix."""
        packed = self.descriptor.get("compression", "no") != "no"
        if len(self.files) != 1 or packed or self.files[0].endswith(_COMPRESSED):
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
        return str(self.descriptor.get("name") or self.folder.name)

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


def _suffix(name: str) -> str:
    """The suffix that says what a file holds, behind the one that says how it is packed."""
    path = Path(name.lower())
    return Path(path.stem).suffix if path.suffix in _COMPRESSED else path.suffix


def name_of(item: Mapping[str, Any], index: int) -> str:
    """The name of an entry of `resources`, or its number if it has none."""
    return str(item.get("name") or f"resource {index + 1}")


def owner(descriptor: Mapping[str, Any], pointer: Sequence[str | int]) -> str | None:
    """The name of the resource in whose entry a place lies."""
    if len(pointer) < 2 or pointer[0] != "resources" or not isinstance(pointer[1], int):
        return None
    return name_of(listed(descriptor)[pointer[1]], pointer[1])


def listed(descriptor: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The entries of `resources`; an empty object for one that is not an object."""
    entries = descriptor.get("resources")
    return [item if isinstance(item, dict) else {} for item in entries] if isinstance(entries, list) else []


def strings(value: object) -> list[str]:
    """The strings in a value that may be one string or a list of them."""
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
