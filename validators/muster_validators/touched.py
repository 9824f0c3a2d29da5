"""What changed in a package since another one, and which rows that moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from musterroll.changes.change import Change
from musterroll.drafting.id_form import id_form
from musterroll.drafting.links import Link, links_to
from musterroll.package.table import Table

Node = tuple[str, tuple[str, ...]]  # a table and an id (of all revisions of a commitment), or else the whole key

# Tables whose rows add up to balances, by country and in all.
MOVING = frozenset({"missions", "commitments", "conditions", "deployments", "strengths"})
_WORDS = frozenset({"title", "description", "example", "rdfType", "label"})  # of a schema; they judge nothing


@dataclass
class Touched:
    """The rows that changed, and what else moves with them.

    `rows` holds keys (or, in tables without a key, whole rows) by table. `nodes`
    are these rows and what changed evidence speaks of; a row that refers to one of
    them, at whatever remove, moves as well. `tables` had their columns or rules changed.
    """

    tables_now: Mapping[str, Table]
    rows: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)
    nodes: set[Node] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    profile: bool = False

    def __post_init__(self) -> None:
        self._links: dict[str, list[Link]] = {}
        for target in self.tables_now.values():
            for link in links_to(self.tables_now, target):
                self._links.setdefault(link.table.name, []).append(link)
        self._rows_of: dict[str, Mapping[str, list[int]]] = {}

    def has_row(self, table: Table, row: int) -> bool:
        """Whether the row itself came or changed."""
        return row_key(table, table.rows[row]) in self.rows.get(table.name, ())

    def moves(self, table: Table, row: int) -> bool:
        """Whether the row changed, or refers to one that did."""
        return self.has_row(table, row) or bool(self.nodes & set(self.above(table, row)))

    def above(self, table: Table, row: int) -> Iterator[Node]:
        """The row, the rows that it refers to, those that these refer to, and so on."""
        seen: set[Node] = set()
        waiting = [(table, row)]
        while waiting:
            here, at = waiting.pop()
            node = node_of(here, dict(zip(here.header, here.rows[at], strict=True)))
            if node in seen:
                continue
            seen.add(node)
            yield node
            for link in self._links.get(here.name, ()):
                id = link.named(at)
                if id is not None:
                    yield link.target.name, (id,)  # also if it is gone
                    waiting += [(link.target, other) for other in self._with_id(link.target, id)]

    def _with_id(self, table: Table, id: str) -> Iterable[int]:
        if table.name not in self._rows_of:
            found: dict[str, list[int]] = {}
            for row, text in enumerate(table.column(table.schema.primary_key[0])):
                found.setdefault(text, []).append(row)
            self._rows_of[table.name] = found
        return self._rows_of[table.name].get(id, ())

    def settle(self) -> None:
        """Note the countries of what moves, once all changes are in."""
        for cells in map(self._cells_of, [node for node in self.nodes if node[0] == "conditions"]):
            self.nodes.add(("commitments", (cells.get("commitment_id", ""),)))
        for name in MOVING & self.tables_now.keys():
            table = self.tables_now[name]
            if "country_code" in table.index:
                moved = (row for row in range(len(table.rows)) if node_of(table, _cells(table, row)) in self.nodes)
                self.countries.update(table.cell(row, "country_code") for row in moved)

    def _cells_of(self, node: Node) -> dict[str, str]:
        """The cells of the first row that a node stands for; none if it is gone."""
        table = self.tables_now[node[0]]
        rows = (_cells(table, row) for row in range(len(table.rows)))
        return next((cells for cells in rows if node_of(table, cells) == node), {})

    @property
    def moves_totals(self) -> bool:
        """Whether a total of a mission may have changed."""
        return any(table in MOVING for table, _ in self.nodes)

    @property
    def moves_mandates(self) -> bool:
        """Whether a mission itself changed, and with it the balance of every country."""
        return any(table == "missions" for table, _ in self.nodes)


def touched(changes: Iterable[Change], tables: Mapping[str, Table]) -> Touched:
    """What the changes touch in a package with these tables."""
    result = Touched(tables)
    for change in changes:
        if change.suggested:
            continue
        if change.table is None:
            result.profile |= change.variant == "profile"
        elif change.kind.startswith(("row_", "key_duplicated")):
            for cells in _versions(change):
                _touch(result, change.table, cells)
        elif not (change.kind == "metadata_changed" and change.aspect in _WORDS):
            result.tables.add(change.table)
    result.settle()
    return result


def row_key(table: Table, cells: Iterable[str]) -> tuple[str, ...]:
    """The key of a row, or all its cells if its table has none."""
    named = dict(zip(table.header, cells, strict=True))
    return tuple(named[name] for name in _key(table) or table.header)


def node_of(table: Table, cells: Mapping[str, str]) -> Node:
    """What stands for the row where others refer to it: its id, or its whole key in tables that give none."""
    key = _key(table)
    names = key[:1] if id_form(table) else key or tuple(table.header)
    return table.name, tuple(cells.get(name, "") for name in names)


def _touch(result: Touched, name: str, cells: Mapping[str, str]) -> None:
    table = result.tables_now.get(name)
    if table is None:
        return
    result.rows.setdefault(name, set()).add(tuple(cells.get(each, "") for each in _key(table) or table.header))
    result.nodes.add(node_of(table, cells))
    if name in MOVING and cells.get("country_code"):
        result.countries.add(cells["country_code"])
    if name == "evidence" and "table_name" in cells:
        result.nodes.add((cells["table_name"], (cells.get("row_id", ""),)))
    if name == "conditions" and "commitment_id" in cells:
        result.nodes.add(("commitments", (cells["commitment_id"],)))


def _versions(change: Change) -> Iterator[Mapping[str, str]]:
    """The row as it is and as it was; of a key that names several rows, the key."""
    row = change.row if change.row is not None else change.key
    yield row
    if change.cells:
        yield {**row, **{cell.field: cell.old or "" for cell in change.cells}}


def _key(table: Table) -> tuple[str, ...]:
    """The primary key, if the table has its columns."""
    key = table.schema.primary_key
    return key if set(key) <= set(table.index) else ()


def _cells(table: Table, row: int) -> dict[str, str]:
    return dict(zip(table.header, table.rows[row], strict=True))
