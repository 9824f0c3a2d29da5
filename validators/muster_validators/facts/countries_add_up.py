"""The countries of a day add up to the mission's reported total of that day.

Why: totals and country figures come from different speakers. Where they cannot both be true, a country is missing, counted twice, or the total counts something else.

Example: 700 in all are reported on a day on which 744 Kenyans and 24 Jamaicans are reported.

Remedy: Check what the total counts (present, or all who ever came: measure `cumulative`), and which country figure is out of date.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.facts.stocks_reconcile import hull_of_present, number_column
from muster_validators.finding import Finding
from musterroll.record.asserted import agree
from musterroll.record.count import Interval, total
from musterroll.record.record import Record
from musterroll.record.rows import Strength
from musterroll.record.written import written, written_count

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("missions", "commitments", "conditions", "deployments", "strengths", "evidence")


def run(record: Record) -> Iterator[Finding]:
    """One finding per believed total that the countries cannot add up to: reported where they are, else by movements."""
    table = record.tables["strengths"]
    stocks = [stock for stock in record.strengths if stock.measure == "present" and stock.personnel.has_number]
    for stock in stocks:
        of_countries = _by_country(stock, stocks)
        if stock.country is not None or not of_countries:
            continue
        added = _added(record, stock, of_countries)
        if added and not stock.personnel.interval.overlaps(added):
            message = f"{written_count(stock.personnel)} are reported in all; the countries add up to {written(added)}."
            yield INFO.at(table, stock.row, number_column(table, stock.row), message, expected=written(added))


def _by_country(of: Strength, stocks: list[Strength]) -> dict[str, Strength]:
    """The country figures reported for the same days; of several for one country the last."""
    return {stock.country: stock for stock in stocks if stock.country and agree(stock.as_of, of.as_of)}


def _added(record: Record, stock: Strength, reported: dict[str, Strength]) -> Interval | None:
    moved = {movement.country for movement in record.movements} - set(reported)
    by_movements = [hull_of_present(record, stock, country) for country in sorted(moved)]
    if None in by_movements:
        return None
    figures = [figure.personnel.interval for figure in reported.values()]
    return total([*figures, *(interval for interval in by_movements if interval)])
