"""Changes gathered for people: how many of each kind in each table, and the first few."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from muster_cli.render.visible import visible
from musterroll.changes.change import Bump, Change
from musterroll.changes.compatibility import Policy, bump_of, greatest
from musterroll.changes.diff import Diff
from musterroll.changes.headline import moved_totals, with_headline

# One, and several.
_WORDS = {
    "metadata_changed": ("description changed", "descriptions changed"),
    "licence_changed": ("licence changed", "licences changed"),
    "table_removed": ("table removed", "tables removed"),
    "table_added": ("table added", "tables added"),
    "table_renamed": ("table perhaps renamed", "tables perhaps renamed"),
    "key_changed": ("key changed", "keys changed"),
    "field_removed": ("column removed", "columns removed"),
    "field_added": ("column added", "columns added"),
    "field_renamed": ("column perhaps renamed", "columns perhaps renamed"),
    "field_moved": ("column moved", "columns moved"),
    "field_retyped": ("column retyped", "columns retyped"),
    "constraint_tightened": ("constraint tightened", "constraints tightened"),
    "constraint_loosened": ("constraint loosened", "constraints loosened"),
    "constraint_changed": ("constraint changed", "constraints changed"),
    "category_removed": ("code removed", "codes removed"),
    "category_added": ("code added", "codes added"),
    "key_duplicated": ("key with several rows", "keys with several rows"),
    "row_removed": ("row removed", "rows removed"),
    "row_added": ("row added", "rows added"),
    "row_changed": ("row changed", "rows changed"),
    "row_filled": ("row filled in new columns", "rows filled in new columns"),
    "row_rekeyed": ("row perhaps under another key", "rows perhaps under another key"),
}


def words(kind: str, count: int = 2) -> str:
    """What happened to one thing, or to several."""
    return _WORDS[kind][count != 1]


def group_of(change: Change) -> str:
    """Its kind; rows in which only new columns were filled are told apart, for they are many and say little."""
    return "row_filled" if change.variant == "filled" else change.kind


@dataclass
class Group:
    """The changes of one kind in one table."""

    kind: str
    count: int = 0
    bump: Bump = "none"
    first: list[Change] = field(default_factory=list)


@dataclass
class Gathered:
    """All groups, table by table (None: the package itself), and what they require together."""

    tables: dict[str | None, dict[str, Group]] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)  # headline totals
    bump: Bump = "none"

    @property
    def counts(self) -> dict[str, int]:
        """How many changes of each kind there are, in the order in which they are told."""
        groups = [group for groups in self.tables.values() for group in groups.values()]
        totals = {kind: sum(group.count for group in groups if group.kind == kind) for kind in _WORDS}
        return {kind: total for kind, total in totals.items() if total}


def gather(diff: Diff, most: int | None, policy: Policy = "consumer") -> Gathered:
    """Count all changes and keep the first `most` of each group (None: all)."""
    result = Gathered()
    for change in diff.changes():
        group = result.tables.setdefault(change.table, {}).setdefault(group_of(change), Group(group_of(change)))
        group.count += 1
        group.bump = greatest([group.bump, bump_of(change, policy)])
        if most is None or len(group.first) < most:
            group.first.append(change)
    alone = greatest(group.bump for groups in result.tables.values() for group in groups.values())
    result.moved = moved_totals(diff) if result.tables else []
    result.bump = with_headline(diff, alone, policy)
    return result


def title(diff: Diff) -> str:
    """Which release became which."""
    old, new = diff.old.package, diff.new.package
    return visible(f"{old.name} {old.version or ''} → {new.name} {new.version or ''}".strip())


def in_words(counts: dict[str, int]) -> Iterator[str]:
    """`3 rows added`, `1 row changed` …"""
    for kind, count in counts.items():
        yield f"{count:,} {words(kind, count)}"
