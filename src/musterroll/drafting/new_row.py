"""A new row with the next free id, and its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from musterroll.drafting.draft import Blank, Draft, addition, blanks
from musterroll.drafting.id_form import id_form
from musterroll.drafting.ids import FreeIds
from musterroll.drafting.notation import stem_columns
from musterroll.drafting.proofs import Source, skeletons
from musterroll.drafting.references import dangling
from musterroll.drafting.request import Request, read_request
from musterroll.drafting.slug import gives_slugs, slug_of
from musterroll.drafting.unfit import Unfit, refuse
from musterroll.package.descriptor import Package
from musterroll.package.table import Table

_NO_PROMISE = {"interest", "declined"}
_NOWHERE = Source()


def new_row(package: Package, name: str, pairs: Sequence[tuple[str, str]], source: Source = _NOWHERE) -> Draft:
    """A row of the table `name` with these cells, under the next free id, and skeletons of its evidence.

    Raises `Unfit` if a value does not fit the schema, names a row that is not
    there, or no id can be given; `Unusable` if a table cannot be read.
    """
    request = read_request(package, name, pairs, source)
    own = {name: text for name, text in source.cells.items() if text and name in request.table.index}
    cells = _with_key(request, {**own, **request.settings.cells})
    return drafted(request, settled(request, cells))


def drafted(request: Request, cells: Mapping[str, str], groups: tuple[str, ...] | None = None) -> Draft:
    """The draft of a row whose key is known, with evidence for these groups of its cells (all by default)."""
    table = request.table
    refuse([*dangling(request.tables, table, cells), *_double(table, cells)])
    edits, left = [addition(table, [cells])], _left(request, cells)
    rows = _evidence(request, cells, groups) if request.takes_evidence else []
    if rows:
        evidence = request.tables["evidence"]
        edits.append(addition(evidence, rows))
        left += _left_in_evidence(evidence, rows)
    return Draft(("/".join(cells[part] for part in table.schema.primary_key),), tuple(edits), tuple(left))


def settled(request: Request, cells: Mapping[str, str]) -> dict[str, str]:
    """The cells with those that the definitions of the record settle, unless they were set."""
    result = dict(cells)
    if request.is_record and request.table.name == "commitments":
        if result.get("revision") == "1":
            result.setdefault("change_reason", "new")
        if result.get("status"):
            adds_up = not result.get("part_of") and result["status"] not in _NO_PROMISE
            result.setdefault("is_summable", "true" if adds_up else "false")
    return result


def _with_key(request: Request, cells: dict[str, str]) -> dict[str, str]:
    """The cells with the whole key: the next free id, revision 1, a slug; what cannot be told must be given."""
    table = request.table
    first, *others = table.schema.primary_key
    form, ids = id_form(table), FreeIds(request.tables)
    if not cells.get(first):
        cells[first] = ids.next(table, form) if form else _slug(table, cells, ids)
    elif form and cells[first] in ids.taken(table):
        raise Unfit(f"{first}={cells[first]}: it is given, retired or named somewhere; leave it out to get a free one")
    for name in others:
        if form and table.schema.fields.get(name, {}).get("type") == "integer":
            cells.setdefault(name, "1")
    absent = [name for name in table.schema.primary_key if not cells.get(name)]
    if absent:
        options = " ".join(f"--set {name}=…" for name in absent)
        raise Unfit(f"the key of {table.name} cannot be made up; give it: {options}")
    return cells


def _slug(table: Table, cells: Mapping[str, str], ids: FreeIds) -> str:
    """A readable id, for tables of documents; empty for others."""
    if not gives_slugs(table):
        return ""
    slug = slug_of(cells, ids.taken(table))
    if slug is None:
        raise Unfit("a source gets its id from its publisher and date: --set publisher=… (or title=…), published=…")
    return slug


def _double(table: Table, cells: Mapping[str, str]) -> Iterator[str]:
    """A fault if the key, or what must be unique together, is there already."""
    for names in (table.schema.primary_key, *table.schema.unique_keys):
        values = {name: cells.get(name, "") for name in names}
        if not set(names) <= set(table.index) or _has_missing(table, values):
            continue
        if tuple(values.values()) in set(zip(*map(table.column, names), strict=True)):
            yield f"{table.name} has a row with {', '.join(names)} = {', '.join(values.values())} already"


def _has_missing(table: Table, cells: Mapping[str, str]) -> bool:
    return any(text in table.schema.missing_values(name) for name, text in cells.items())


def _evidence(request: Request, cells: Mapping[str, str], groups: tuple[str, ...] | None) -> list[dict[str, str]]:
    evidence = request.tables["evidence"]
    form, ids = id_form(evidence), FreeIds(request.tables)
    if form is None:
        raise Unfit("the ids of evidence are not letters, a hyphen and digits, so the next one cannot be told")
    drafts = skeletons(request.table, cells, request.settings, request.source, groups)
    return [{**row, "evidence_id": ids.next(evidence, form)} for row in drafts]


def _left(request: Request, cells: Mapping[str, str]) -> list[Blank]:
    """What is empty in the row, but for the cells of a number or date that was said as a whole."""
    table = request.table
    said = {column for stem in request.settings.said for column in stem_columns(stem, table.header)}
    return [blank for blank in blanks(table, [cells]) if blank.column not in said]


def _left_in_evidence(evidence: Table, rows: Sequence[Mapping[str, str]]) -> list[Blank]:
    """What must be filled in: what is required, and the value of evidence about a field."""
    unsaid = [row for row in rows if row["field"] and not row["value_asserted"]]
    values = [blank for blank in blanks(evidence, unsaid) if blank.column == "value_asserted"]
    required = [blank for blank in blanks(evidence, rows) if blank.is_required]
    return [*required, *(replace(blank, is_required=True) for blank in values)]
