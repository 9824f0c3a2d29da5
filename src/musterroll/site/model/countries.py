"""All countries: what each had promised and sent on the last day of every mission, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from musterroll.record.balance import BalanceRow
from musterroll.record.rows import Mission
from musterroll.site.subject import Subject

Standing = Literal["present", "promising", "promised", "named"]

_STANDINGS: Mapping[Standing, str] = {
    "present": "people",
    "promising": "a promise stands, nobody there",
    "promised": "promised once, nothing stands",
    "named": "named in the record, promised no people",
}
_ON_THE_MAP: Mapping[Standing, str] = {"named": "no promise of people in this record"}  # so all others look as well


@dataclass(frozen=True)
class Closing:
    """The last day of a mission that the record covers: the countries of which people were promised or came."""

    mission: Mission
    name: str
    day: date
    is_running: bool
    rows: tuple[BalanceRow, ...]
    whole: BalanceRow


def closings(subject: Subject) -> list[Closing]:
    """The last day of every mission, the newest mission first."""
    return [_closing(subject, mission) for mission in reversed(subject.missions)]


def meanings(subject: Subject) -> Mapping[Standing, str]:
    """What each standing means, in words."""
    return {**_STANDINGS, "present": f"people {subject.record.host.inside}"}


def meanings_on_the_map(subject: Subject) -> Mapping[Standing, str]:
    """What each colour of the map means: that of countries without a promise is also that of all not in the record."""
    return {**meanings(subject), **_ON_THE_MAP}


def standings(subject: Subject) -> dict[str, Standing]:
    """What became of each country's part, by code, on the last day of the record."""
    return {code: _standing(subject, code) for code in subject.names}


def _closing(subject: Subject, mission: Mission) -> Closing:
    day = min(mission.until, subject.day) if mission.until else subject.day
    rows = [row for code in subject.names if (row := row_on(subject, code, day)) and _takes_part(row)]
    whole = row_on(subject, None, day) or subject.balances[None][0]  # every beginning of a mission has one
    name = subject.mission_names[mission.id]
    return Closing(mission, name, day, day == subject.day, tuple(sorted(rows, key=_order)), whole)


def row_on(subject: Subject, country: str | None, day: date) -> BalanceRow | None:
    """The row of a country that holds on a day; None if it had not been heard of."""
    return next((row for row in reversed(subject.balances.get(country, ())) if row.as_of <= day), None)


def _takes_part(row: BalanceRow) -> bool:
    return row.pledged is not None or row.deployed.max != 0


def _order(row: BalanceRow) -> tuple[int, int, str]:
    """Who has most people there first, then who promised most."""
    promised = row.pledged
    most = 0 if promised is None else promised.best or promised.max or promised.min
    return -(row.deployed.best or row.deployed.min), -most, row.country or ""


def _standing(subject: Subject, code: str) -> Standing:
    row = row_on(subject, code, subject.day)
    if row and row.present.max != 0:
        return "present"
    if row and row.pledged is not None:
        return "promising"
    chains = (chain for chain in subject.record.revisions.values() if chain[0].country == code)
    return "promised" if any(revision.promises for chain in chains for revision in chain) else "named"
