"""The countries of a day add up to the mission's reported total of that day.

Why: totals and country figures come from different speakers. Where they cannot both be true, a country is missing, counted twice, or the total counts something else (an error). Where the total is only lower than what movements leave of countries without a figure of that day, departures may not have been reported (a warning).

Example: 700 in all are reported on a day on which 744 Kenyans and 24 Jamaicans are reported.

Remedy: Check what the total counts (present, or all who ever came: measure `cumulative`), and which country figure is out of date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from muster_validators.check import describe
from muster_validators.facts.added import days, moved, number_column, reported
from muster_validators.finding import Finding, Related, Severity
from musterroll.record.asserted import agree
from musterroll.record.count import ZERO, Interval, total
from musterroll.record.missions import current_mission
from musterroll.record.presence import IN_COUNTRY, counted
from musterroll.record.reconciliation import hull_of_present, nearest_day
from musterroll.record.record import Record
from musterroll.record.rows import Strength
from musterroll.record.written import written, written_count

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("missions", "commitments", "conditions", "deployments", "strengths", "evidence")


@dataclass(frozen=True, slots=True)
class _Share:
    """What a country adds to a total: by its own figures of that very day (`of_day`), else also by its movements."""

    country: str
    figures: list[Strength]
    of_day: bool
    people: Interval | None

    @property
    def reported(self) -> Interval:
        """As many as a report says there were that day; none if there is none."""
        return self.people if self.of_day and self.people else ZERO


def run(record: Record) -> Iterator[Finding]:
    """One finding per believed total that the countries cannot add up to: reported where they are, else by movements."""
    stocks = [stock for stock in record.strengths if stock.measure == "present" and stock.personnel.has_number]
    for stock in stocks:
        of_countries = _by_country(stock, stocks)
        if stock.country is None and of_countries:
            yield from _judge(record, stock, _shares(record, stock, of_countries))


def _judge(record: Record, stock: Strength, shares: list[_Share]) -> Iterator[Finding]:
    known = [share.people for share in shares if share.people is not None]
    added, people = total(known), stock.personnel.interval
    if len(known) < len(shares) or people.overlaps(added):
        return
    surely = added.max is not None and people.min > added.max
    surely = surely or not people.overlaps(replace(total(share.reported for share in shares), max=None))
    severity: Severity = "error" if surely else "warning"
    table, expected = record.tables["strengths"], written(added)
    number = written_count(stock.personnel)
    message = f"{number} are reported in all ({days(stock.as_of)}); the countries add up to {expected}."
    field = number_column(table, stock.row)
    finding = INFO.at(table, stock.row, field, message, expected=expected, severity=severity)
    yield replace(finding, related=_rows_of(record, stock, shares))


def _by_country(of: Strength, stocks: list[Strength]) -> dict[str, list[Strength]]:
    """The country figures reported for days of the total's window."""
    found: dict[str, list[Strength]] = {}
    for stock in stocks:
        if stock.country and agree(stock.as_of, of.as_of):
            found.setdefault(stock.country, []).append(stock)
    return found


def _shares(record: Record, stock: Strength, reported: dict[str, list[Strength]]) -> list[_Share]:
    countries = {movement.country for movement in record.movements} | set(reported)
    return [_share(record, stock, country, reported.get(country, [])) for country in sorted(countries)]


def _share(record: Record, stock: Strength, country: str, figures: list[Strength]) -> _Share:
    """People of a country: as reported if total and figure are of one and the same day, else also by its movements."""
    of_day = [item for item in figures if item.as_of == stock.as_of and item.as_of.earliest == item.as_of.latest]
    people = of_day[0].personnel.interval if of_day else hull_of_present(record, stock, country)
    for figure in of_day or figures:
        people = people.hull(figure.personnel.interval) if people else None
    return _Share(country, of_day or figures, bool(of_day), people)


def _rows_of(record: Record, stock: Strength, shares: list[_Share]) -> tuple[Related, ...]:
    """The figures of countries, and the movements of those that have none of that very day."""
    day = nearest_day(record, stock, None)
    mission = current_mission(record, day)
    by_movements = [share.country for share in shares if not share.of_day]
    movements = [item for each in by_movements for item in counted(record, mission, each, day, IN_COUNTRY)]
    figures = [figure for share in shares for figure in share.figures]
    return reported(record, figures) + moved(record, movements, day, of_all=True)
