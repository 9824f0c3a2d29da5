"""Faults of revisions: gaps, disorder, and history that is rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from musterroll.faults.deletion import without
from musterroll.faults.edits import Edit, cells_changed
from musterroll.faults.evidenced import evidence_for
from musterroll.faults.fault import Fault, Kind
from musterroll.faults.original import Original
from musterroll.package.table import Table


def _chains(original: Original, random: Random, least: int = 2) -> Iterator[tuple[Table, list[int]]]:
    """Rows of each commitment with so many revisions, in their order; the commitments in random order."""
    table = original.tables.get("commitments")
    if table is None or not {"commitment_id", "revision"} <= set(table.header):
        return
    found: dict[str, list[int]] = {}
    for row, id in enumerate(table.column("commitment_id")):
        found.setdefault(id, []).append(row)
    ids = [id for id, rows in found.items() if len(rows) >= least]
    random.shuffle(ids)
    yield from ((table, sorted(found[id], key=lambda row: int(table.cell(row, "revision")))) for id in ids)


def _gap(original: Original, random: Random) -> Fault | None:
    for table, rows in _chains(original, random):
        row = rows[-1]
        return cells_changed(Edit(table, row, "revision", str(int(table.cell(row, "revision")) + 1)))
    return None


def _dates_exchanged(original: Original, random: Random) -> Fault | None:
    """The days of two revisions are exchanged, where both are known to the day."""
    names = ("announced_earliest", "announced_latest")
    for table, rows in _chains(original, random):
        one, two = rows[-2:]
        if table.cell(two, "change_reason") == "found_later" or not all(
            table.cell(row, name) for row in (one, two) for name in names
        ):
            continue
        if table.cell(one, names[1]) < table.cell(two, names[0]):
            edits = [
                Edit(table, row, name, table.cell(other, name))
                for row, other in ((one, two), (two, one))
                for name in names
            ]
            return cells_changed(*edits)
    return None


def _other_country(original: Original, random: Random) -> Fault | None:
    for table, rows in _chains(original, random):
        row = rows[-1]
        others = sorted(set(table.column("country_code")) - {table.cell(row, "country_code")})
        if others:
            return cells_changed(Edit(table, row, "country_code", random.choice(others)))
    return None


def _new_again(original: Original, random: Random) -> Fault | None:
    for table, rows in _chains(original, random):
        return cells_changed(Edit(table, rows[-1], "change_reason", "new"))
    return None


def _overwritten(original: Original, random: Random) -> Fault | None:
    """What a later statement says is written into the earlier revision instead of a new one."""
    for table, rows in _chains(original, random):
        before, after = rows[-2:]
        if table.cell(before, "status") != table.cell(after, "status"):
            return without(
                original,
                [(table, after)],
                edits=[Edit(table, before, "status", table.cell(after, "status"))],
                with_evidence=True,
                lies=[(table, before, "status")],
            )
    return None


def _last_deleted(original: Original, random: Random) -> Fault | None:
    for table, rows in _chains(original, random):
        if evidence_for(original, table, rows[-1]):
            return without(original, [(table, rows[-1])], with_evidence=True)
    return None


def _middle_deleted(original: Original, random: Random) -> Fault | None:
    for table, rows in _chains(original, random, least=3):
        return without(original, [(table, rows[1])], with_evidence=True, lies=[(table, rows[2], "revision")])
    return None


_S = "revisions"
KINDS: tuple[Kind, ...] = (
    Kind("revision-skipped", _S, "the number of a revision is one too high", "cell", _gap),
    Kind("revisions-out-of-order", _S, "the days of two revisions are exchanged", "cell", _dates_exchanged),
    Kind("revision-of-other-country", _S, "a revision names another country than those before", "cell", _other_country),
    Kind("revision-new-again", _S, "a later revision is called new", "cell", _new_again),
    Kind("revision-deleted", _S, "a revision in the middle is gone, with its evidence", "cell", _middle_deleted),
    Kind(
        "revision-overwritten",
        _S,
        "the status of a later revision is written into the earlier one, which is the last now",
        "cell",
        _overwritten,
        "the row says what a source says, and nothing tells that it said something else before",
    ),
    Kind(
        "last-revision-deleted",
        _S,
        "the last revision of a pledge is gone, with its evidence",
        "row",
        _last_deleted,
        "a shorter chain is a chain",
    ),
)
