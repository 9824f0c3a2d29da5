"""The countries of a day add up to the mission's reported total of that day.

Why: totals and country figures come from different speakers. Where they cannot both be true, a country is missing, counted twice, or the total counts something else.

Example: 700 in all are reported on a day on which 744 Kenyans and 24 Jamaicans are reported.

Remedy: Check what the total counts (present, or all who ever came: measure `cumulative`), and which country figure is out of date.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.facts.stocks_reconcile import number_column
from muster_validators.finding import Finding
from musterroll.record.asserted import agree
from musterroll.record.count import Interval, total
from musterroll.record.reconciliation import hull_of_present
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


def _by_country(of: Strength, stocks: list[Strength]) -> dict[str, list[Strength]]:
    """The country figures reported for days of the total's window."""
    found: dict[str, list[Strength]] = {}
    for stock in stocks:
        if stock.country and agree(stock.as_of, of.as_of):
            found.setdefault(stock.country, []).append(stock)
    return found


def _added(record: Record, stock: Strength, reported: dict[str, list[Strength]]) -> Interval | None:
    countries = {movement.country for movement in record.movements} | set(reported)
    intervals = [_people(record, stock, country, reported.get(country, [])) for country in sorted(countries)]
    known = [interval for interval in intervals if interval is not None]
    return total(known) if len(known) == len(intervals) else None


def _people(record: Record, stock: Strength, country: str, figures: list[Strength]) -> Interval | None:
    """People of a country: as reported if total and figure are of one and the same day, else also by its movements."""
    by_movements = hull_of_present(record, stock, country)
    same_day = [item for item in figures if item.as_of == stock.as_of and item.as_of.earliest == item.as_of.latest]
    result = by_movements if not same_day else same_day[0].personnel.interval
    for figure in same_day or figures:
        result = result.hull(figure.personnel.interval) if result else None
    return result
