"""What the user should know after rows were moved to other ids."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from musterroll.drafting.id_form import id_form
from musterroll.drafting.links import Link
from musterroll.drafting.movers import doubles
from musterroll.drafting.slug import gives_slugs
from musterroll.package.table import Table

Moved = Mapping[str, Container[int]]  # the rows that change, by table


def missed(links: Sequence[Link], id: str, new: str, moved: Moved) -> Iterator[str]:
    """What the row that stays has and the one that moved has not, since git keeps one of two lines that are alike."""
    for link in links:
        told = "field" if link.about and "field" in link.table.index else None
        by_kind: dict[str, list[bool]] = {}
        for row in link.rows(id):
            kind = link.table.cell(row, told) if told else ""
            by_kind.setdefault(kind, []).append(row in moved.get(link.table.name, ()))
        lacking = sorted(kind or "a row" for kind, went in by_kind.items() if not any(went))
        if lacking:
            what = f"{', '.join(lacking)} in {link.table.file}"
            yield f"{id} has {what}, {new} has not: git keeps one of two lines that both branches wrote alike"


def stale_waivers(waivers: Table | None, moved: Moved) -> Iterator[str]:
    """Waivers name a finding by its fingerprint, which changes with the key of its row."""
    for row in range(len(waivers.rows)) if waivers else ():
        if waivers is not None and row in moved.get("waivers", ()):
            key = " ".join(waivers.key(row).values())
            yield f"the waiver {key} names what moved; its finding has another fingerprint now (muster validate)"


def still_double(tables: Mapping[str, Table], moved: Moved) -> Iterator[str]:
    """Ids that still name two rows, with the command that moves one of them."""
    for table in tables.values():
        changed = moved.get(table.name, ())
        left = {key[0] for key, rows in doubles(table).items() if sum(row not in changed for row in rows) > 1}
        if left and (id_form(table) or gives_slugs(table)):
            options = " ".join(f"--rekey {id}" for id in sorted(left))
            yield f"{table.file} still has two rows each of these: muster new {table.name} {options}"
