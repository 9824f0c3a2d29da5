"""The numbers and dates of a record, and the evidence that stands behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from musterroll.faults.edits import Edit
from musterroll.faults.original import Original
from musterroll.package.table import Table

ENDS = ("min", "best", "max")
WINDOW = ("earliest", "latest")
_REVISED = "commitments"


@dataclass(frozen=True, slots=True)
class Group:
    """The cells of a row that hold a number (`min`, `best`, `max`, `qualifier`) or a date (`earliest`, `latest`)."""

    table: Table
    row: int
    stem: str

    def column(self, end: str) -> str:
        """The name of the column of one end."""
        return f"{self.stem}_{end}"

    def text(self, end: str) -> str:
        """The text of the cell of one end."""
        return self.table.cell(self.row, self.column(end))

    def edit(self, **texts: str) -> list[Edit]:
        """Other texts at some ends, as edits of those that change."""
        return [
            Edit(self.table, self.row, self.column(end), text) for end, text in texts.items() if self.text(end) != text
        ]


def numbers(original: Original, random: Random, qualifier: str = "") -> Iterator[Group]:
    """Every number of a record with that qualifier (or any), in random order of tables and rows."""
    for group in _groups(original, random, ENDS):
        if not qualifier or group.text("qualifier") == qualifier:
            yield group


def windows(original: Original, random: Random) -> Iterator[Group]:
    """Every date that is a first and a last day, in random order of tables and rows."""
    yield from _groups(original, random, WINDOW)


def _groups(original: Original, random: Random, ends: tuple[str, ...]) -> Iterator[Group]:
    for table in original.tables_of(random):
        stems = {name.rpartition("_")[0] for name in table.header if name.endswith(ends[0])}
        for stem in sorted(stem for stem in stems if all(f"{stem}_{end}" in table.index for end in ends)):
            rows = list(range(len(table.rows)))
            random.shuffle(rows)
            yield from (Group(table, row, stem) for row in rows)


def subject_of(table: Table, row: int) -> tuple[str, str]:
    """How evidence calls a row: its id, and its revision if it is one of a commitment."""
    key = list(table.key(row).values())
    return (key[0] if key else "", key[1] if table.name == _REVISED and len(key) > 1 else "")


def evidence_for(original: Original, table: Table, row: int, field: str | None = None) -> list[int]:
    """Positions of the evidence that names a row, or one field of it."""
    found = original.evidence.get((table.name, *subject_of(table, row)), [])
    if field is None:
        return list(found)
    evidence = original.tables["evidence"]
    return [number for number in found if evidence.cell(number, "field") == field]


def believed(original: Original, rows: list[int]) -> list[int]:
    """Of some evidence that which asserts a value and is not deprecated."""
    evidence = original.tables["evidence"]
    return [
        row for row in rows if evidence.cell(row, "stance") != "context" and evidence.cell(row, "rank") != "deprecated"
    ]


def sole_evidence(original: Original, group: Group) -> int | None:
    """The only evidence that asserts a number or a date, if it is preferred and nothing disagrees with it."""
    found = believed(original, evidence_for(original, group.table, group.row, group.stem))
    evidence = original.tables.get("evidence")
    if evidence is None or len(found) != 1 or evidence.cell(found[0], "rank") != "preferred":
        return None
    return found[0]


def agreeing_evidence(original: Original, group: Group, text: str) -> list[int]:
    """All evidence that asserts a number or a date, if it all says the same text; none otherwise."""
    found = believed(original, evidence_for(original, group.table, group.row, group.stem))
    evidence = original.tables.get("evidence")
    agrees = evidence is not None and all(evidence.cell(row, "value_asserted") == text for row in found)
    return found if agrees else []
