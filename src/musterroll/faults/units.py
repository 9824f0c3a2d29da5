"""Faults of units: decimal shifts, thousands, cents, currencies."""

from __future__ import annotations

from random import Random

from musterroll.faults.edits import whole, written
from musterroll.faults.evidenced import ENDS
from musterroll.faults.fault import Fault, Kind
from musterroll.faults.making import cell_kind
from musterroll.faults.original import Column, Original
from musterroll.faults.ranges import with_evidence
from musterroll.faults.values import is_number

_CURRENCIES = {"USD": "EUR", "EUR": "USD", "CAD": "USD"}


def _tenfold(text: str, *_: object) -> str | None:
    return f"{text}0" if text.isdigit() and int(text) else None


def _tenth(text: str, *_: object) -> str | None:
    return text[:-1] if text.isdigit() and len(text) > 1 and text.endswith("0") else None


def _thousandth(text: str, *_: object) -> str | None:
    return text[:-3] if text.isdigit() and len(text) > 3 and text.endswith("000") else None


def _is_currency(column: Column) -> bool:
    return column.name == "currency"


def _whole_column(factor: int, id: str, says: str) -> Kind:
    """All numbers of one kind in a table are in another unit."""

    def inject(original: Original, random: Random) -> Fault | None:
        for table in original.tables_of(random, rows=2):
            names = [
                name
                for name in table.header
                if is_number(Column(table, name)) and name.endswith(tuple(f"_{end}" for end in ENDS))
            ] or [name for name in table.header if is_number(Column(table, name))][:1]
            if names and any(text.isdigit() and int(text) for text in table.column(names[0])):
                rows = [list(cells) for cells in table.rows]
                for cells in rows:
                    for at in (table.index[name] for name in names):
                        cells[at] = _scaled(cells[at], factor)
                return Fault(
                    {table.file: written(table, rows).data},
                    (whole(table, names[0]),),
                    f"{table.name} {', '.join(names)}: {says}",
                )
        return None

    return Kind(id, _S, says, "table", inject)


def _scaled(text: str, factor: int) -> str:
    if not text.isdigit():
        return text
    return str(int(text) * factor if factor > 0 else int(text) // -factor)


_S = "units"
_AGREE = "cell and evidence agree, and no sum of the record depends on it enough"
KINDS: tuple[Kind, ...] = (
    cell_kind("tenfold", _S, "a number has a zero too many", is_number, _tenfold),
    cell_kind("tenth", _S, "a number has a zero too few", is_number, _tenth),
    cell_kind("thousandth", _S, "one number is given in thousands", is_number, _thousandth),
    cell_kind(
        "currency-exchanged",
        _S,
        "the currency is another",
        _is_currency,
        lambda text, *_: _CURRENCIES.get(text),
        "an amount in another currency is an amount",
    ),
    cell_kind(
        "currency-lost", _S, "the currency of an amount is emptied", _is_currency, lambda text, *_: "" if text else None
    ),
    _whole_column(100, "all-in-hundredths", "all numbers are a hundred times too large, as in cents"),
    _whole_column(-1000, "all-in-thousands", "all numbers are given in thousands"),
    Kind(
        "arrival-tenfold",
        _S,
        "the number of an arrival has a zero too many, and so has its evidence",
        "cell",
        with_evidence(_tenfold, {"deployments": ("movement", "arrival")}),
    ),
    Kind(
        "payment-tenfold",
        _S,
        "a sum of money has a zero too many, and so has its evidence",
        "cell",
        with_evidence(_tenfold, {"contributions": ("kind", "money")}),
        _AGREE,
    ),
)
