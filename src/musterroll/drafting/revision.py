"""A new revision of what is kept as a chain: the standing row with a higher number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from musterroll.drafting.draft import Draft
from musterroll.drafting.new_row import drafted, settled
from musterroll.drafting.notation import stem_columns
from musterroll.drafting.proofs import GROUPS, Source
from musterroll.drafting.request import Request, read_request
from musterroll.drafting.unfit import Unfit, refuse
from musterroll.package.descriptor import Package
from musterroll.package.table import Table
from musterroll.record.record import Record

# Of a commitment: what belongs to the statement behind a revision, and what is the same in all of them.
_OF_THE_STATEMENT = ("announced_earliest", "announced_latest", "announced_by", "change_reason", "note")
_CONSTANT = ("mission_id", "country_code", "part_of")
_NOWHERE = Source()


def new_revision(
    package: Package, name: str, id: str, pairs: Sequence[tuple[str, str]], source: Source = _NOWHERE
) -> Draft:
    """The next revision of `id`: the standing row with these cells changed, and evidence of what changes.

    Of a commitment the date, the speaker, the reason and the note are those of
    the new statement and not copied. Raises as `new_row` does, and if the table
    keeps no revisions or has no such id.
    """
    request = read_request(package, name, pairs, source)
    table = request.table
    rows = _chain(table, id)
    standing = _standing(request, rows)
    before = dict(zip(table.header, table.rows[standing], strict=True))
    refuse(_constant(request, before))
    number = max(int(table.cell(row, table.schema.primary_key[1])) for row in rows) + 1
    cells = {**_copied(request, before), **request.settings.cells, table.schema.primary_key[1]: str(number)}
    cells = settled(request, cells)
    draft = drafted(request, cells, _changed_groups(request, before, cells))
    copied = f"copied from revision {before[table.schema.primary_key[1]]}, which stands"
    return replace(draft, remarks=(copied,))


def _chain(table: Table, id: str) -> list[int]:
    key = table.schema.primary_key
    if len(key) != 2 or table.schema.fields.get(key[1], {}).get("type") != "integer":
        raise Unfit(f"{table.name} keeps no revisions: its key is {', '.join(key)}")
    rows = [row for row, text in enumerate(table.column(key[0])) if text == id]
    if not rows:
        raise Unfit(f"{table.name} has no {id}")
    wrong = [row for row in rows if not table.cell(row, key[1]).isdecimal()]
    if wrong:
        raise Unfit(f"{table.file}:{table.lines[wrong[0]]}: {key[1]} is {table.cell(wrong[0], key[1])!r}, not a number")
    return rows


def _standing(request: Request, rows: Sequence[int]) -> int:
    """The row that stands: of a commitment the last that was announced and is believed, else the highest number."""
    table = request.table
    first, second = table.schema.primary_key

    def number(row: int) -> int:
        return int(table.cell(row, second))

    if not (request.takes_evidence and table.name == "commitments"):
        return max(rows, key=number)
    record = Record(request.tables)
    believed = [row for row in rows if record.is_believed(table.name, table.cell(row, first), number(row))] or rows
    return max(
        believed,
        key=lambda row: (table.cell(row, "announced_latest"), table.cell(row, "announced_earliest"), number(row)),
    )


def _constant(request: Request, before: Mapping[str, str]) -> Iterator[str]:
    if request.is_record and request.table.name == "commitments":
        for name in _CONSTANT:
            if request.settings.cells.get(name, before[name]) != before[name]:
                yield f"{name} is {before[name] or 'empty'} in all revisions; another one is another commitment"
    for name in request.table.schema.primary_key:
        if name in request.settings.cells:
            yield f"{name} is given by --revise; leave it out"


def _copied(request: Request, before: Mapping[str, str]) -> dict[str, str]:
    if not (request.is_record and request.table.name == "commitments"):
        return dict(before)
    anew = {*_OF_THE_STATEMENT, "is_summable"}
    return {name: text for name, text in before.items() if name not in anew}


def _changed_groups(request: Request, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """What the new revision says otherwise, and when it was said; a cell that it repeats inherits its evidence."""
    table = request.table

    def is_changed(group: str) -> bool:
        columns = stem_columns(group, table.header) or (group,)
        return group == "announced" or any(before.get(name, "") != after.get(name, "") for name in columns)

    return tuple(group for group in GROUPS.get(table.name, ()) if is_changed(group))
