"""Faults of deletion: rows, halves, columns, tables that are gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from random import Random

from musterroll.faults.edits import Edit, Rows, gone, name_of, tables_changed, whole, written
from musterroll.faults.evidenced import evidence_for, numbers, sole_evidence
from musterroll.faults.fault import Fault, Inject, Kind, Place
from musterroll.faults.original import Column, Original
from musterroll.package.descriptor import DESCRIPTOR
from musterroll.package.table import Table

Row = tuple[Table, int]


def without(
    original: Original,
    rows: Sequence[Row],
    *,
    edits: Sequence[Edit] = (),
    with_evidence: bool = False,
    lies: Sequence[tuple[Table, int, str | None]] = (),
) -> Fault:
    """Rows are gone, with the evidence that names them if asked for; `lies` are places among what is left."""
    going = {table.name: {row for other, row in rows if other is table} for table, _ in rows}
    tables = {table.name: table for table, _ in rows}
    evidence = original.tables.get("evidence")
    if with_evidence and evidence is not None:
        tables["evidence"] = evidence
        going.setdefault("evidence", set()).update(
            number for table, row in rows for number in evidence_for(original, table, row)
        )
    changed: dict[str, tuple[Table, Rows]] = {}
    for name, table in tables.items():
        kept = [list(cells) for cells in table.rows]
        for edit in edits:
            if edit.table is table:
                kept[edit.row][table.index[edit.field]] = edit.text
        changed[name] = (table, [cells for row, cells in enumerate(kept) if row not in going[name]])
    left = [(table, row - sum(other < row for other in going[table.name]), field) for table, row, field in lies]
    first, number = rows[0]
    more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
    says = f"{first.name} {name_of(first, number)}{more} gone" + (", with the evidence" if with_evidence else "")
    fault = tables_changed(changed, left, says)
    return fault if lies else Fault(fault.files, tuple(gone(table, row) for table, row in rows), says)


def _referred(original: Original, random: Random) -> Fault | None:
    """A row is deleted to which another one refers by a foreign key."""
    for (name, field), (target, column) in _shuffled(original.references.items(), random):
        table, other = original.tables.get(name), original.tables.get(target)
        if table is None or other is None or table is other:
            continue
        used = sorted(set(table.column(field)) & set(other.column(column)))
        if used:
            id = random.choice(used)
            row = list(other.column(column)).index(id)
            first = list(table.column(field)).index(id)
            fault = without(original, [(other, row)])
            place = Place(file=table.file, table=name, key=table.key(first), line=table.lines[first])
            return Fault(fault.files, (place, *fault.places), fault.says)
    return None


def _shuffled(
    items: Iterable[tuple[tuple[str, str], tuple[str, str]]], random: Random
) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    found = sorted(items)
    random.shuffle(found)
    return found


def _evidenced(original: Original, random: Random, names: Sequence[str] = ()) -> Iterator[Row]:
    """Rows with evidence, in random order, to which nothing refers by a foreign key."""
    targets = {target for target, _ in original.references.values()}
    for table in original.tables_of(random):
        if table.name in names if names else table.name not in targets:
            rows = random.sample(range(len(table.rows)), len(table.rows))
            yield from ((table, row) for row in rows if evidence_for(original, table, row))


def _row_alone(original: Original, random: Random) -> Fault | None:
    """Its evidence is left behind."""
    for table, row in _evidenced(original, random):
        fault = without(original, [(table, row)])
        evidence, first = original.tables["evidence"], evidence_for(original, table, row)[0]
        place = Place(file=evidence.file, table="evidence", key=evidence.key(first), line=evidence.lines[first])
        return Fault(fault.files, (place, *fault.places), fault.says)
    return None


def _row_and_evidence(*names: str) -> Inject:
    def inject(original: Original, random: Random) -> Fault | None:
        for row in _evidenced(original, random, names):
            return without(original, [row], with_evidence=True)
        return None

    return inject


def _unreferred(original: Original, random: Random) -> Fault | None:
    """A row to which nothing refers."""
    targets = {target for target, _ in original.references.values()}
    for table in original.tables_of(random, rows=2):
        if table.name not in targets:
            row = random.randrange(len(table.rows))
            if not evidence_for(original, table, row):
                return without(original, [(table, row)])
    return None


def _arrival(original: Original, random: Random) -> Fault | None:
    table = original.tables.get("deployments")
    rows = [row for row, text in enumerate(table.column("movement")) if text == "arrival"] if table else []
    return without(original, [(table, random.choice(rows))], with_evidence=True) if table and rows else None


def _evidence_row(original: Original, random: Random) -> Fault | None:
    """The only preferred evidence of a number is deleted; the place is the number."""
    for number in numbers(original, random, "exact"):
        row = sole_evidence(original, number)
        if row is not None:
            fault = without(original, [(original.tables["evidence"], row)])
            table = number.table
            place = Place(file=table.file, table=table.name, key=table.key(number.row), line=table.lines[number.row])
            return Fault(fault.files, (place, *fault.places), fault.says)
    return None


def _all_evidence(original: Original, random: Random) -> Fault | None:
    """All evidence of one row is deleted; the place is the row."""
    for table, row in _evidenced(original, random):
        evidence = original.tables["evidence"]
        fault = without(original, [(evidence, number) for number in evidence_for(original, table, row)])
        place = Place(file=table.file, table=table.name, key=table.key(row), line=table.lines[row])
        return Fault(fault.files, (place,), fault.says)
    return None


def _half(original: Original, random: Random) -> Fault | None:
    """The second half of the rows is gone, with its evidence."""
    for table in _kept_to_itself(original, random):
        return _table_without(original, table, list(range(len(table.rows) // 2, len(table.rows))))
    return None


def _last_rows(original: Original, random: Random) -> Fault | None:
    """The file of a table to which others refer, by a foreign key or as evidence, ends some rows too early."""
    targets = {target for target, _ in original.references.values()}
    for table in original.tables_of(random, rows=10):
        if table.name in targets or evidence_for(original, table, len(table.rows) - 1):
            count = max(1, len(table.rows) // 10)
            rows = [list(cells) for cells in table.rows[:-count]]
            says = f"{table.name}: the last {count} rows are gone"
            return Fault({table.file: written(table, rows).data}, (whole(table),), says)
    return None


def _all_rows(original: Original, random: Random) -> Fault | None:
    for table in original.tables_of(random, rows=2):
        return Fault({table.file: written(table, []).data}, (whole(table),), f"{table.name}: only the header is left")
    return None


def _group(original: Original, random: Random) -> Fault | None:
    """All rows with one code are gone, with their evidence, as after a filter."""
    for table in _kept_to_itself(original, random):
        for name in (
            name for name in table.header if Column(table, name).codes and name not in table.schema.primary_key
        ):
            codes = [
                code
                for code in sorted(set(table.column(name)))
                if 2 < list(table.column(name)).count(code) < len(table.rows)
            ]
            if codes:
                code = random.choice(codes)
                fault = _table_without(
                    original, table, [row for row, text in enumerate(table.column(name)) if text == code]
                )
                return Fault(fault.files, (whole(table),), f"{table.name}: all rows with {name} {code} are gone")
    return None


def _kept_to_itself(original: Original, random: Random) -> list[Table]:
    """Tables of some rows to which no foreign key leads, housekeeping aside."""
    targets = {target for target, _ in original.references.values()}
    return [
        table for table in original.tables_of(random, rows=10) if table.name not in {*targets, "evidence", "errata"}
    ]


def _table_without(original: Original, table: Table, rows: list[int]) -> Fault:
    fault = without(original, [(table, row) for row in rows], with_evidence=True)
    return Fault(
        fault.files,
        (whole(table),),
        f"{table.name}: {len(rows)} of {len(table.rows)} rows are gone, with their evidence",
    )


def _column(original: Original, random: Random, becomes: str) -> Fault | None:
    columns = [
        column
        for column in original.columns
        if not column.is_linked
        and len([text for text in column.table.column(column.name) if text]) > 2
        and (becomes == "same" or not column.constraints.get("required"))
    ]
    random.shuffle(columns)
    for column in columns:
        table, at = column.table, column.table.index[column.name]
        texts = sorted({text for text in table.column(column.name) if text})
        if becomes == "same" and len(texts) < 3:
            continue
        new = "" if becomes == "empty" else next(text for text in table.column(column.name) if text)
        rows = [[*cells[:at], new, *cells[at + 1 :]] for cells in table.rows]
        return Fault(
            {table.file: written(table, rows).data},
            (whole(table, column.name),),
            f"{table.name} {column.name}: every cell is {new[:40] or 'empty'}",
        )
    return None


def _file(original: Original, random: Random) -> Fault | None:
    for table in original.tables_of(random):
        return Fault({table.file: None}, (Place(file=DESCRIPTOR),), f"{table.file} is gone")
    return None


_S = "deletion"
_SHORTER = "a record without it is a record"
KINDS: tuple[Kind, ...] = (
    Kind("referred-row-deleted", _S, "a row is gone to which others refer", "row", _referred),
    Kind("row-deleted", _S, "a row is gone, and its evidence is left", "row", _row_alone),
    Kind("arrival-deleted", _S, "an arrival is gone, with its evidence", "row", _arrival, _SHORTER),
    Kind(
        "event-deleted",
        _S,
        "a figure of an event is gone, with its evidence",
        "row",
        _row_and_evidence("event_figures"),
        _SHORTER,
    ),
    Kind(
        "payment-deleted",
        _S,
        "a contribution is gone, with its evidence",
        "row",
        _row_and_evidence("contributions"),
        _SHORTER,
    ),
    Kind(
        "row-without-evidence-deleted",
        _S,
        "a row is gone that needs no evidence and to which nothing refers",
        "row",
        _unreferred,
        _SHORTER,
    ),
    Kind("evidence-deleted", _S, "the only preferred evidence of a number is gone", "row", _evidence_row),
    Kind("all-evidence-deleted", _S, "all evidence of a row is gone", "row", _all_evidence),
    Kind("half-deleted", _S, "half of a table is gone, with its evidence", "table", _half, _SHORTER),
    Kind("group-deleted", _S, "all rows with one code are gone, with their evidence", "table", _group, _SHORTER),
    Kind(
        "last-rows-deleted",
        _S,
        "a file to which others refer ends some rows too early, at the end of a line",
        "table",
        _last_rows,
    ),
    Kind("all-rows-deleted", _S, "only the header of a table is left", "table", _all_rows),
    Kind(
        "column-emptied",
        _S,
        "every cell of a column is empty",
        "table",
        lambda original, random: _column(original, random, "empty"),
        "a column may be empty",
    ),
    Kind(
        "column-constant",
        _S,
        "every cell of a column is that of the first row",
        "table",
        lambda original, random: _column(original, random, "same"),
    ),
    Kind("file-deleted", _S, "the file of a table is gone", "descriptor", _file),
)
