"""The evidence that a new row of a mission record needs: one skeleton for each group of cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from musterroll.drafting.notation import DAY_ENDS, stem_columns, written_days, written_number
from musterroll.drafting.settings import Settings
from musterroll.package.table import Table

# What each table's evidence is about; "" is the row as a whole, a stem its number or its date.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "missions": ("", "authorised_from"),
    "commitments": ("personnel", "status", "announced"),
    "conditions": ("", "date"),
    "contributions": ("amount", "date"),
    "deployments": ("personnel", "date"),
    "strengths": ("personnel", "as_of"),
    "events": ("", "date"),
    "event_figures": ("figure",),
}
_COLUMNS = {"evidence_id", "table_name", "row_id", "field", "source_id", "locator", "value_asserted", "stance", "rank"}


@dataclass(frozen=True)
class Source:
    """Where the user read it; empty where that is still to be filled in."""

    id: str = ""
    locator: str = ""

    @property
    def cells(self) -> dict[str, str]:
        """As cells of a row that names it."""
        return {"source_id": self.id, "locator": self.locator}


def takes_evidence(tables: Mapping[str, Table], table: Table) -> bool:
    """Whether rows of the table need evidence, and there is a table for it."""
    evidence = tables.get("evidence")
    return table.name in GROUPS and evidence is not None and set(evidence.header) >= _COLUMNS


def skeletons(
    table: Table, cells: Mapping[str, str], settings: Settings, source: Source, groups: tuple[str, ...] | None = None
) -> Iterator[dict[str, str]]:
    """The evidence rows, still without an id, for a new row (or only for some groups of its cells).

    Each asserts what the cells say, as the source that sets them.
    """
    key = table.schema.primary_key
    wanted = GROUPS[table.name] if groups is None else groups
    for group in wanted:
        if _needs_none(table, group, cells):
            continue
        yield {
            "table_name": table.name,
            "row_id": cells[key[0]],
            "revision": cells[key[1]] if len(key) > 1 else "",
            "field": group,
            **source.cells,
            "value_asserted": settings.said.get(group) or value_of(table, group, cells),
            "stance": "supports",
            "rank": "preferred" if group else "normal",
        }


def value_of(table: Table, group: str, cells: Mapping[str, str]) -> str:
    """What the cells of a group say, in the notation of `value_asserted`."""
    columns = stem_columns(group, table.header)
    if not columns:
        return cells.get(group, "")
    return written_days(group, cells) if len(columns) == len(DAY_ENDS) else written_number(group, cells)


def _needs_none(table: Table, group: str, cells: Mapping[str, str]) -> bool:
    """A number that no source gives needs no source, nor does a date on which nothing has happened yet."""
    if cells.get(f"{group}_qualifier") == "unspecified":
        return True
    return table.name == "conditions" and group == "date" and cells.get("status") in {"open", ""}
