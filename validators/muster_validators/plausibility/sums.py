"""What a mission record adds up to: people promised, moved and counted, things and money, by mission and country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from musterroll.changes.headline import figures
from musterroll.record.count import Count, Interval
from musterroll.record.record import NUMBER_STEMS, Record

_MEASURES = ("pledged", "deployed", "present")


@dataclass(frozen=True, order=True)
class Name:
    """Which sum: of which table, of which of its numbers, and of the rows with these values."""

    table: str
    field: str
    of: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        measure = f"{self.field} " if self.table == "balance" else ""
        return measure + " ".join(value for _, value in self.of if value)


@dataclass(frozen=True)
class Total:
    """What a sum comes to, and the rows of its table that add up to it."""

    number: int = 0
    rows: tuple[int, ...] = ()


_Term = tuple[Name, Count | Interval | None, tuple[int, ...]]


def sums(record: Record, day: date | None) -> Mapping[Name, Total]:
    """Every sum that is worth comparing; those of the derived table balance on that day, if there is one."""
    found: dict[Name, Total] = defaultdict(Total)
    for name, value, rows in (*_of_tables(record), *(_of_balance(record, day) if day else ())):
        found[name] = Total(found[name].number + _number(value), found[name].rows + rows)
    return found


def _of_tables(record: Record) -> Iterator[_Term]:
    for chain in record.revisions.values():
        last = chain[-1]
        if last.is_summable and last.promises:
            yield _name("commitments", last.mission, last.country), last.personnel, (last.row,)
    for movement in record.movements:
        name = _name("deployments", movement.mission, movement.country, movement=movement.kind)
        yield name, movement.personnel, (movement.row,)
    for item in record.contributions:
        if item.is_summable:
            unit = {"currency": item.currency} if item.currency else {"item": item.item or ""}
            name = _name("contributions", item.mission, item.country, kind=item.kind, **unit)
            yield name, item.amount, (item.row,)


def _of_balance(record: Record, day: date) -> Iterator[_Term]:
    for row in figures(record, day) if record.missions else ():
        if row.country:
            for measure in _MEASURES:
                yield _name("balance", row.mission, row.country, field=measure), getattr(row, measure), ()
            for currency, amount in row.paid.items():
                yield _name("balance", row.mission, row.country, field="paid", currency=currency), amount, ()


def _name(table: str, mission: str, country: str | None, field: str | None = None, **others: str) -> Name:
    of = {"mission_id": mission, "country_code": country or "", **others}
    return Name(table, field or f"{NUMBER_STEMS[table]}_best", tuple(of.items()))


def _number(value: Count | Interval | None) -> int:
    """The best number, else the least; what is open at that end adds nothing."""
    if value is None:
        return 0
    return value.best if value.best is not None else value.min or 0
