"""What a derived table is: typed rows from one pure function, and columns that say what they hold.

A column gives its cell and its description in one place, so that what is
published and what is said about it cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from musterroll.record.host import Host
from musterroll.record.record import Record

Cell = str | int | bool | date | tuple[str, ...] | None
R = TypeVar("R")

INSIDE = "{inside}"  # in a description: `in Haiti`, as the record names its country
_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"


class Ends(Protocol):
    """A count or an interval: three ends, None where one is open or unknown."""

    @property
    def min(self) -> int | None:
        """The least."""

    @property
    def best(self) -> int | None:
        """The most likely."""

    @property
    def max(self) -> int | None:
        """The most."""


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column: its name, Table Schema type, title and description, and its cell in a row."""

    name: str
    type: str
    title: str
    description: str
    cell: Callable[[R], Cell]
    required: bool = False
    categories: Mapping[str, str] | None = None

    def field(self, host: Host) -> dict[str, Any]:
        """Its description in a Table Schema, for a record of that country."""
        field: dict[str, Any] = {name: getattr(self, name) for name in ("name", "type", "title")}
        field["description"] = self.description.replace(INSIDE, host.inside)
        if self.categories:
            field["categories"] = [{"value": value, "label": label} for value, label in self.categories.items()]
        if self.type == "boolean":
            field |= {"trueValues": ["true"], "falseValues": ["false"]}
        return field | ({"constraints": {"required": True}} if self.required else {})


@dataclass(frozen=True)
class DerivedTable(Generic[R]):
    """A derived table: the function that computes its rows, and its columns; `key` names those that tell rows apart."""

    name: str
    title: str
    description: str
    rows: Callable[[Record], Iterable[R]]
    columns: tuple[Column[R], ...]
    key: tuple[str, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.columns)

    def cells(self, row: R) -> list[str]:
        """A row as text, as it stands in a CSV file; what is missing is empty."""
        return [_text(column.cell(row)) for column in self.columns]

    def schema(self, host: Host) -> dict[str, Any]:
        """The Table Schema, for a record of that country.

        A key of which a part may be empty is a unique key and no primary key.
        """
        is_primary = all(column.required for column in self.columns if column.name in self.key)
        return {
            "$schema": _SCHEMA,
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "fields": [column.field(host) for column in self.columns],
            "missingValues": [""],
            **({"primaryKey": list(self.key)} if is_primary else {"uniqueKeys": [list(self.key)]}),
        }


def ends_of(stem: str, title: str, text: str, value: Callable[[R], Ends | None]) -> tuple[Column[R], ...]:
    """The three columns of a number; `text` says what is counted, in which unit, and when all three are empty."""
    ends: dict[str, tuple[str, Callable[[Ends], int | None]]] = {
        "min": ("At least. Empty: no lower limit is known.", lambda each: each.min),
        "best": ("The best value. Empty: there is none.", lambda each: each.best),
        "max": ("At most. Empty: no upper limit is known.", lambda each: each.max),
    }
    return tuple(
        Column(f"{stem}_{end}", "integer", f"{title}: {end}", f"{text} {meaning}", _end(value, take))
        for end, (meaning, take) in ends.items()
    )


def _end(value: Callable[[R], Ends | None], take: Callable[[Ends], int | None]) -> Callable[[R], Cell]:
    def cell(row: R) -> Cell:
        ends = value(row)
        return None if ends is None else take(ends)

    return cell


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, tuple):
        return " ".join(cell)
    return "" if cell is None else str(cell)
