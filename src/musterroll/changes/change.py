"""One change between two releases, as a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, Literal

Nature = Literal["value", "spelling", "missing"]
Bump = Literal["none", "patch", "minor", "major"]
BUMPS: tuple[Bump, ...] = ("none", "patch", "minor", "major")

# In the order in which the changes of one table are told.
KINDS = (
    "metadata_changed",
    "licence_changed",
    "table_removed",
    "table_added",
    "table_renamed",
    "key_changed",
    "field_removed",
    "field_added",
    "field_renamed",
    "field_moved",
    "field_retyped",
    "constraint_tightened",
    "constraint_loosened",
    "constraint_changed",
    "category_removed",
    "category_added",
    "key_duplicated",
    "row_removed",
    "row_added",
    "row_changed",
    "row_rekeyed",
)


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell before and after, as text in the files; None where the column does not exist.

    `nature` is *spelling* if both texts are the same value of the column's
    type, *missing* if both say that there is none, else *value*.
    """

    field: str
    old: str | None
    new: str | None
    nature: Nature


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a package, a table, a column or a row.

    `variant` tells changes of one kind apart where they do not weigh the same;
    with the kind it names the rule that grades the change. `aspect` is the property
    of a descriptor or schema that `old` and `new` are values of. A suggested
    change explains others, is not counted and not replayed. `row` is the whole
    row: as it was if it was removed, else as it is.
    """

    kind: str
    variant: str = ""
    table: str | None = None
    key: Mapping[str, str] = field(default_factory=dict)
    field: str | None = None
    aspect: str | None = None
    new_key: Mapping[str, str] | None = None
    old: Any = None
    new: Any = None
    cells: tuple[CellChange, ...] = ()
    row: Mapping[str, str] | None = None
    suggested: bool = False

    @property
    def rule(self) -> str:
        """The name of the rule that grades it."""
        return f"{self.kind}.{self.variant}" if self.variant else self.kind


def changed_properties(
    old: Mapping[str, Any], new: Mapping[str, Any], apart: Set[str], table: str | None = None, field: str | None = None
) -> Iterator[Change]:
    """Properties of a descriptor or schema that differ, but for those that are judged apart."""
    for aspect in sorted({*old, *new} - apart):
        if old.get(aspect) != new.get(aspect):
            values = old.get(aspect), new.get(aspect)
            yield Change(kind="metadata_changed", table=table, field=field, aspect=aspect, old=values[0], new=values[1])
