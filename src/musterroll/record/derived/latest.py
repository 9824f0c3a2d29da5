"""Each country at a glance, at the end of the horizon: what it promised, who came, when it was last heard of.

One row for each country of which people were promised or came, by code, with
the numbers of `balance` on that day (persons; definitions: RECORD, section 2).
A pledge ends with its mission, so that nothing may stand although people are
there; the last word on the pledge is then that on the mission before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from musterroll.record.balance import BalanceRow, balance
from musterroll.record.heard import Hearsay
from musterroll.record.missions import current_mission, predecessors
from musterroll.record.pledges import standing
from musterroll.record.record import Record
from musterroll.record.rows import Revision
from musterroll.record.span import last_day


@dataclass(frozen=True, slots=True)
class LatestRow:
    """One country on the last day of the record.

    `standing` is the last word on each of its commitments (the standing revision,
    whether it promises or not; parts of others among them) to the current
    mission or, if it made none, to the newest one before to which it made one.
    `sources` tell of what was last heard.
    """

    name: str
    balance: BalanceRow
    standing: tuple[Revision, ...]
    sources: tuple[str, ...]


def latest(record: Record) -> list[LatestRow]:
    """The rows by country code. Raises `Unusable` if the record has no mission."""
    day = last_day(record)
    heard, names = Hearsay(record), _names(record)
    return [
        _row(record, heard, names.get(row.country, ""), row.country, row)
        for row in balance(record, day)
        if row.country is not None
    ]


def _names(record: Record) -> dict[str, str]:
    table = record.tables["countries"]
    return dict(zip(table.column("country_code"), table.column("name_en"), strict=True))


def _row(record: Record, heard: Hearsay, name: str, country: str, row: BalanceRow) -> LatestRow:
    last = heard.last(country, row.as_of)
    return LatestRow(name, row, _standing(record, country, row.as_of), last.sources if last else ())


def _standing(record: Record, country: str, day: date) -> tuple[Revision, ...]:
    """The standing revisions to the newest mission to which the country made any commitment."""
    for mission in predecessors(record, current_mission(record, day)):
        chains = [chain for chain in record.revisions.values() if chain[0].country == country]
        stand = [standing(chain, day) for chain in chains if chain[0].mission == mission.id]
        if found := [revision for revision in stand if revision]:
            return tuple(sorted(found, key=lambda revision: revision.commitment))
    return ()
