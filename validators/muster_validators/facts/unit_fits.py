"""An amount has one unit: a currency if it is money, else a currency or an item, and never both.

Why: amounts of another currency or item are never added. One without a unit, or with two, falls out of every sum or into a wrong one.

Example: 5,000,000 of money without a currency; 24 with the currency USD and the item vehicles.

Remedy: Fill in the currency of money and of goods whose value is given, or the item that is counted, and empty the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.table import Table
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("contributions",)


def run(record: Record) -> Iterator[Finding]:
    """One finding per contribution."""
    table = record.tables["contributions"]
    for row in range(len(table.rows)):
        currency, item = table.cell(row, "currency"), table.cell(row, "item")
        if currency and item:
            yield INFO.at(table, row, "item", f"The amount is in {currency} and counts {item}.", expected="one of them")
        elif table.cell(row, "kind") == "money" and not currency:
            yield INFO.at(table, row, "currency", "The amount of money has no currency.", expected="a currency")
        elif not currency and not item and _has_amount(table, row):
            yield INFO.at(table, row, "currency", "The amount has no unit.", expected="a currency, or an item")


def _has_amount(table: Table, row: int) -> bool:
    return any(table.cell(row, f"amount_{end}") for end in ("min", "best", "max"))
