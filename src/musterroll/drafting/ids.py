"""Ids that are free: not given, not retired, and named nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Set

from musterroll.drafting.id_form import IdForm
from musterroll.drafting.links import links_to
from musterroll.package.table import Table


class FreeIds:
    """Gives ids, none of them twice.

    Behind the highest number that stands anywhere: in the table, in `retired_ids`,
    in evidence, errata, waivers or another row. Gaps are not filled: what is
    missing was perhaps taken once, and an id is never given to another row.
    """

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables
        self._last: dict[str, int] = {}

    def next(self, table: Table, form: IdForm) -> str:
        """The next free id; raises `Unfit` if there is none left."""
        if table.name not in self._last:
            numbers = map(form.number, self.taken(table))
            self._last[table.name] = max((number for number in numbers if number is not None), default=0)
        id = form.id(self._last[table.name] + 1)
        self._last[table.name] += 1
        return id

    def taken(self, table: Table) -> Set[str]:
        """Every id that the table gives, or that any cell of the package says it gives or gave."""
        links = links_to(self._tables, table)
        named = {id for link in links for id in map(link.named, range(len(link.table.rows))) if id}
        return named | set(table.column(table.schema.primary_key[0]))
