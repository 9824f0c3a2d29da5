"""Faults that only a sum betrays: what counts twice, what counts not at all, ceilings and totals."""

from __future__ import annotations

from random import Random

from musterroll.faults.deletion import without
from musterroll.faults.edits import Edit, cells_changed, said, spots
from musterroll.faults.evidenced import numbers, sole_evidence
from musterroll.faults.fault import Fault, Inject, Kind
from musterroll.faults.original import Original, rows_where
from musterroll.faults.ranges import exact


def _summable(name: str, old: str, new: str) -> Inject:
    def inject(original: Original, random: Random) -> Fault | None:
        table = original.tables.get(name)
        rows = rows_where(table, is_summable=old) if table is not None and "is_summable" in table.index else []
        return cells_changed(Edit(table, random.choice(rows), "is_summable", new)) if table and rows else None

    return inject


def _part_counted(name: str) -> Inject:
    """What is part of a whole is no longer called so, and counts beside it."""

    def inject(original: Original, random: Random) -> Fault | None:
        table = original.tables.get(name)
        rows = (
            [row for row, text in enumerate(table.column("part_of")) if text]
            if table and "part_of" in table.index
            else []
        )
        if table is None or not rows:
            return None
        row = random.choice(rows)
        of = [row] if name != "commitments" else rows_where(table, commitment_id=table.cell(row, "commitment_id"))
        free = [number for number in of if table.cell(number, "is_summable") == "false"]
        edits = [Edit(table, number, "part_of", "") for number in of] + [
            Edit(table, number, "is_summable", "true") for number in free
        ]
        return cells_changed(*edits)

    return inject


def _ceiling(original: Original, random: Random) -> Fault | None:
    """The ceiling of a mission has lost a digit."""
    table = original.tables.get("missions")
    rows = (
        [row for row, text in enumerate(table.column("personnel_ceiling")) if len(text) > 1]
        if table and "personnel_ceiling" in table.index
        else []
    )
    if table is None or not rows:
        return None
    row = random.choice(rows)
    return cells_changed(Edit(table, row, "personnel_ceiling", table.cell(row, "personnel_ceiling")[:-1]))


def _total(original: Original, random: Random) -> Fault | None:
    """A reported total of those present is twice as large, and so is its evidence."""
    evidence = original.tables.get("evidence")
    for number in numbers(original, random, "exact"):
        if (
            number.table.name != "strengths"
            or number.table.cell(number.row, "measure") != "present"
            or evidence is None
        ):
            continue
        row, best = sole_evidence(original, number), number.text("best")
        if row is not None and evidence.cell(row, "value_asserted") == best and best.isdigit() and int(best):
            new = str(int(best) * 2)
            edits = number.edit(**exact(new))
            return cells_changed(
                *edits,
                Edit(evidence, row, "value_asserted", new),
                at=spots(edits),
                says=said(*edits) + ", and its evidence",
            )
    return None


def _departures_gone(original: Original, _: Random) -> Fault | None:
    """Every row that says that people left is gone, with its evidence."""
    table = original.tables.get("deployments")
    out = {"departure", "unreported_out", "all_out", "death"}
    rows = [row for row, text in enumerate(table.column("movement")) if text in out] if table else []
    return without(original, [(table, row) for row in rows], with_evidence=True) if table and rows else None


_S = "sums"
KINDS: tuple[Kind, ...] = (
    Kind(
        "pledge-not-counted", _S, "a pledge is taken out of the sums", "cell", _summable("commitments", "true", "false")
    ),
    Kind(
        "part-counted",
        _S,
        "a part of a pledge counts beside the whole",
        "cell",
        _summable("commitments", "false", "true"),
    ),
    Kind(
        "gift-not-counted",
        _S,
        "a contribution is taken out of the sums",
        "cell",
        _summable("contributions", "true", "false"),
    ),
    Kind(
        "part-of-gift-counted",
        _S,
        "a part of a contribution counts beside the whole",
        "cell",
        _summable("contributions", "false", "true"),
    ),
    Kind(
        "part-as-pledge",
        _S,
        "a part of a pledge is called a pledge of its own",
        "cell",
        _part_counted("commitments"),
        "the same people promised twice look like two promises",
    ),
    Kind(
        "part-as-gift",
        _S,
        "a part of a contribution is called one of its own",
        "cell",
        _part_counted("contributions"),
        "the same money told twice looks like two gifts",
    ),
    Kind("ceiling-mistyped", _S, "the ceiling of a mission has lost a digit", "cell", _ceiling),
    Kind("total-doubled", _S, "a reported total is twice as large, and so is its evidence", "cell", _total),
    Kind(
        "departures-deleted",
        _S,
        "nobody has ever left: those rows are gone, with their evidence",
        "table",
        _departures_gone,
    ),
)
