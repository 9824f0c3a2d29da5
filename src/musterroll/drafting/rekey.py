"""Move a row, and all that speaks of it, to a free id: after two branches took the same one.

Which of two rows moves, and which evidence goes with it, the branch that is
joined tells: what it has stays. If the clash is a revision of a chain that it
has, the revision gets the next number instead of another id. Rows that move and
whose own id the other branch took as well, such as evidence, get free ids too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from musterroll.drafting.draft import Draft, read_tables
from musterroll.drafting.edit import TableEdit, editable
from musterroll.drafting.id_form import id_form
from musterroll.drafting.ids import FreeIds
from musterroll.drafting.links import Link, links_to
from musterroll.drafting.movers import Movers, doubles, movers, number_of
from musterroll.drafting.origins import Origins, origins
from musterroll.drafting.remarks import missed, stale_waivers, still_double
from musterroll.drafting.request import table_named
from musterroll.drafting.slug import gives_slugs, slug_of
from musterroll.drafting.unfit import Unfit
from musterroll.package.descriptor import Package
from musterroll.package.table import Table


def rekey(
    package: Package, name: str, ids: Sequence[str], line: int | None = None, base: Package | None = None
) -> Draft:
    """Move the rows of the table `name` with these ids to free ones, with all that names them.

    Of rows that share a key, the one in `line` moves, or those that `base` does
    not have. Raises `Unfit` if that does not tell which, or there is nothing to
    move; `Unusable` if a table of either package cannot be read.
    """
    tables = read_tables(package)
    table = table_named(tables, name)
    removal = _Removal(tables, None if base is None else read_tables(base))
    moved = tuple(removal.move(table, id, line) for id in ids)
    return Draft(moved, tuple(removal.edits()), remarks=tuple(removal.remarks(ids)))


class _Removal:
    """The work in hand: the cells that change, by table and row."""

    def __init__(self, tables: Mapping[str, Table], base: Mapping[str, Table] | None) -> None:
        self._tables, self._base = tables, base
        self._free = FreeIds(tables)
        self._cells: dict[str, dict[int, dict[str, str]]] = {}
        self._missed: list[str] = []
        self._moved: dict[tuple[str, str], str] = {}  # the new key by table and id
        self._origins: dict[str, Origins] = {}

    def move(self, table: Table, id: str, line: int | None = None) -> str:
        """Give the rows of an id that move another key, and follow what names them; returns the new key."""
        if (table.name, id) not in self._moved:  # it may have moved with another
            found = movers(table, id, self._came(table), line)
            self._moved[table.name, id] = ""
            change = self._renumber if found.is_revision else self._rename
            self._moved[table.name, id] = change(table, id, found)
        return self._moved[table.name, id]

    def edits(self) -> Iterator[TableEdit]:
        """The changed rows of each table, as they will be."""
        for name, changed in self._cells.items():
            table = self._tables[name]
            rows = (dict(zip(table.header, table.rows[row], strict=True)) | changed[row] for row in sorted(changed))
            yield TableEdit(editable(table), tuple(tuple(cells.values()) for cells in rows), frozenset(changed))

    def remarks(self, ids: Sequence[str]) -> Iterator[str]:
        """What the user should know: what went missing, what no longer applies, what is still called alike."""
        if self._base is None:
            yield f"if a release has {', '.join(ids)}: who cites it must find it in retired_ids, with its successor"
        yield from self._missed
        yield from stale_waivers(self._tables.get("waivers"), self._cells)
        yield from still_double(self._tables, self._cells)

    def _rename(self, table: Table, id: str, found: Movers) -> str:
        new = self._free_id(table, found)
        for row in found.rows:
            self._set(table, row, table.schema.primary_key[0], new)
        for link in links_to(self._tables, table):
            for row in self._naming(link, id, found):
                self._set(link.table, row, link.column, new + link.table.cell(row, link.column)[len(id) :])
                self._follow(link.table, row)
        if found.staying:
            self._missed += missed(links_to(self._tables, table), id, new, self._cells)
        return new

    def _free_id(self, table: Table, found: Movers) -> str:
        form = id_form(table)
        if form is not None:
            return self._free.next(table, form)
        cells = dict(zip(table.header, table.rows[found.rows[0]], strict=True))
        slug = slug_of(cells, self._free.taken(table)) if gives_slugs(table) else None
        if slug is None:
            raise Unfit(f"ids of {table.name} are not letters, a hyphen and digits, so there is no next one")
        return slug

    def _renumber(self, table: Table, id: str, found: Movers) -> str:
        """Give revisions that were added to a chain of the base the next numbers."""
        numbers: dict[str, str] = {}
        last = max(number_of(table, row) for row in found.staying)
        second = table.schema.primary_key[1]
        for number, row in enumerate(sorted(found.rows, key=lambda row: number_of(table, row)), start=last + 1):
            numbers[table.cell(row, second)] = str(number)
            self._set(table, row, second, str(number))
        for link in links_to(self._tables, table):
            for row in self._naming(link, id, found):
                number_named = link.named_second(row)
                if number_named in numbers:
                    self._set_second(link, row, id, numbers[number_named])
                    self._follow(link.table, row)
        return "/".join([id, *numbers.values()])

    def _set_second(self, link: Link, row: int, id: str, number: str) -> None:
        if link.second is not None:
            self._set(link.table, row, link.second, number)
        else:
            rest = link.table.cell(row, link.column).split("/")[2:]
            self._set(link.table, row, link.column, "/".join([id, number, *rest]))

    def _naming(self, link: Link, id: str, found: Movers) -> Iterator[int]:
        """The rows that name what moves, and not what keeps the id."""
        came = self._came(link.table)
        for row in link.rows(id):
            if not found.staying:
                yield row
            elif came is None or row in came.unclear or (found.is_twofold and came.came(row)):
                place = f"{link.table.file}:{link.table.lines[row]}"
                raise Unfit(f"{place} names {id}: which of the rows? --since REV tells, if REV has the one that stays")
            elif row in came.fresh or _is_pointed_anew(came, link, row):
                yield row

    def _follow(self, table: Table, row: int) -> None:
        """A row that moves with another gets a free id of its own if the other branch took that, too."""
        key = table.schema.primary_key
        if self._base is None or not key or id_form(table) is None:
            return
        id = table.cell(row, key[0])
        is_done = key[0] in self._cells[table.name][row] or (len(key) > 1 and key[1] in self._cells[table.name][row])
        if not is_done and any(row in rows for rows in doubles(table).values()):
            self.move(table, id)

    def _came(self, table: Table) -> Origins | None:
        if self._base is None:
            return None
        if table.name not in self._origins:
            self._origins[table.name] = origins(table, self._base.get(table.name))
        return self._origins[table.name]

    def _set(self, table: Table, row: int, column: str, text: str) -> None:
        self._cells.setdefault(table.name, {}).setdefault(row, {})[column] = text


def _is_pointed_anew(came: Origins, link: Link, row: int) -> bool:
    """Whether a row that the base has names the id only now."""
    before = came.changed.get(row)
    return before is not None and before[link.column] != link.table.cell(row, link.column)
