"""Faults of duplication: one thing entered twice, under two ids."""

from __future__ import annotations

from random import Random

from musterroll.faults.edits import Rows, name_of, tables_changed, whole
from musterroll.faults.evidenced import evidence_for
from musterroll.faults.fault import Fault, Inject, Kind
from musterroll.faults.original import Original
from musterroll.package.table import Table


def _again(*names: str, with_evidence: bool) -> Inject:
    """A row of one of the tables (of any, if none is named) is entered again with the next free id."""

    def inject(original: Original, random: Random) -> Fault | None:
        for table in original.tables_of(random):
            column = _id(original, table)
            if column is None or (names and table.name not in names):
                continue
            row = random.randrange(len(table.rows))
            evidence = evidence_for(original, table, row)
            if bool(evidence) == with_evidence or not names:
                return _doubled(original, table, row, column, evidence if with_evidence else [])
        return None

    return inject


def _id(original: Original, table: Table) -> str | None:
    """The column of its ids, if they end in a number."""
    key = table.schema.primary_key
    name = key[0] if key else ""
    is_own = (table.name, name) not in original.references
    return name if is_own and name and all(text[-1:].isdigit() for text in table.column(name)) else None


def _doubled(original: Original, table: Table, row: int, column: str, evidence: list[int]) -> Fault:
    id = _next(table, column)
    copy = list(table.rows[row])
    copy[table.index[column]] = id
    changed: dict[str, tuple[Table, Rows]] = {table.name: (table, [*(list(cells) for cells in table.rows), copy])}
    source = original.tables.get("evidence")
    if source is not None and evidence:
        rows = [list(cells) for cells in source.rows]
        for number in evidence:
            again = list(source.rows[number])
            again[source.index["evidence_id"]] = _after(rows[-1][source.index["evidence_id"]])
            again[source.index["row_id"]] = id
            rows.append(again)
        changed["evidence"] = (source, rows)
    says = f"{table.name} {name_of(table, row)} is entered again as {id}" + (", with its evidence" if evidence else "")
    return tables_changed(changed, [(table, len(table.rows), None), (table, row, None)], says)


def _next(table: Table, column: str) -> str:
    return _after(max(table.column(column), key=lambda text: (len(text), text)))


def _after(id: str) -> str:
    """The id behind one, with as many digits."""
    digits = id[len(id.rstrip("0123456789")) :]
    return f"{id[: len(id) - len(digits)]}{int(digits) + 1:0{len(digits)}}"


def _pasted(original: Original, random: Random) -> Fault | None:
    """The rows of a table are pasted in below themselves."""
    for table in original.tables_of(random, rows=3):
        rows = [list(cells) for cells in [*table.rows, *table.rows]]
        fault = tables_changed(
            {table.name: (table, rows)}, [(table, 0, None)], f"{table.name}: all rows stand there twice"
        )
        return Fault(fault.files, (whole(table),), fault.says)
    return None


def _evidence_again(original: Original, random: Random) -> Fault | None:
    """A piece of evidence that is not preferred is entered again."""
    table = original.tables.get("evidence")
    if table is None or "rank" not in table.index:
        return None
    rows = [row for row in range(len(table.rows)) if table.cell(row, "rank") == "normal" and table.cell(row, "field")]
    return _doubled(original, table, random.choice(rows), "evidence_id", []) if rows else None


_S = "duplication"
KINDS: tuple[Kind, ...] = (
    Kind(
        "entered-again",
        _S,
        "a row is entered again with the next free id, without evidence",
        "row",
        _again(with_evidence=False),
    ),
    Kind(
        "movement-again",
        _S,
        "a movement is entered again, with its evidence",
        "row",
        _again("deployments", with_evidence=True),
    ),
    Kind(
        "pledge-again",
        _S,
        "a pledge is entered again, with its evidence",
        "row",
        _again("commitments", with_evidence=True),
    ),
    Kind(
        "contribution-again",
        _S,
        "a contribution is entered again, with its evidence",
        "row",
        _again("contributions", with_evidence=True),
    ),
    Kind(
        "event-again", _S, "an event is entered again, with its evidence", "row", _again("events", with_evidence=True)
    ),
    Kind(
        "figure-again",
        _S,
        "a figure of an event is entered again, with its evidence",
        "row",
        _again("event_figures", with_evidence=True),
    ),
    Kind(
        "total-again",
        _S,
        "a reported total is entered again, with its evidence",
        "row",
        _again("strengths", with_evidence=True),
    ),
    Kind(
        "condition-again",
        _S,
        "a condition is entered again, with its evidence",
        "row",
        _again("conditions", with_evidence=True),
    ),
    Kind("evidence-again", _S, "a piece of evidence is entered again", "row", _evidence_again),
    Kind("table-twice", _S, "all rows of a table are pasted in below themselves", "table", _pasted),
)
