"""Reported stocks: the last one heard of by a day."""

from __future__ import annotations

from datetime import date

from musterroll.record.missions import predecessors
from musterroll.record.record import Record
from musterroll.record.rows import Mission, Strength


def last_reported(record: Record, mission: Mission, country: str | None, day: date) -> Strength | None:
    """The last believed stock of people present whose days had passed by `day`; `country` None is the whole mission.

    Of several that end on the same day the one with the later begin, then the higher id.
    """
    missions = {item.id for item in predecessors(record, mission)}
    stocks = [
        stock
        for stock in record.strengths
        if stock.measure == "present"
        and stock.mission in missions
        and stock.country == country
        and stock.as_of.certain(day)
    ]
    return max(stocks, key=lambda stock: (stock.as_of.latest, stock.as_of.earliest, stock.id), default=None)
