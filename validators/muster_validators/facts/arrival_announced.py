"""Nobody arrives from a country before that country announced anything, or while all that it announced stands suspended or ended.

Why: it is how a missing pledge, or a missing revision that lifts a suspension, shows itself.

Example: 200 police arrive in June, and the country's only pledge stands suspended since March.

Remedy: Add the pledge or the revision that the sources must hold, or correct the date of the arrival.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.record.pledges import may_stand
from musterroll.record.presence import IN_SERVICE
from musterroll.record.record import Record
from musterroll.record.rows import ARRIVALS, Movement, Revision

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("commitments", "deployments", "evidence")

_INWARD = ARRIVALS | {"rotation_in"}  # trainees abroad are not part of the mission
_DAY = timedelta(days=1)
_ENDED = {"suspended", "withdrawn", "declined", "lapsed"}


def run(record: Record) -> Iterator[Finding]:
    """One finding per arrival that no announcement can carry."""
    table = record.tables["deployments"]
    for item in record.movements:
        if item.kind not in _INWARD or item.place not in IN_SERVICE:
            continue
        chains = [chain for chain in record.revisions.values() if chain[0].country == item.country]
        message = _fault(item, chains)
        if message:
            yield INFO.at(table, item.row, "date_latest", message)


def _fault(item: Movement, chains: list[tuple[Revision, ...]]) -> str | None:
    first, last = item.when.earliest, item.when.latest
    if last is None or (first and first > last):
        return None
    said = [revision for chain in chains for revision in chain if revision.announced.possible(last)]
    if not said:
        return f"{item.country} had announced nothing by {last}."
    said_on = [day for item in said for day in (item.announced.earliest, item.announced.latest) if day]
    days = {first or last, last, *said_on}
    within = [day for day in days if (first or last) <= day <= last]
    if all(_all_ended(chains, day) for day in within):
        return f"All that {item.country} had announced stood suspended or ended on {last}."
    return None


def _all_ended(chains: list[tuple[Revision, ...]], day: date) -> bool:
    """Whether on all of that day every pledge surely stood ended, whichever of its revisions was the last."""
    return all(revision.status in _ENDED for chain in chains for revision in _on(chain, day))


def _on(chain: tuple[Revision, ...], day: date) -> list[Revision]:
    """What may have stood at some time of the day: the last until then, and what may have been said on it."""
    eve = day - _DAY if day > date.min else day
    said = [item for item in chain if item.announced.possible(day) and not item.announced.certain(eve)]
    return [*may_stand(chain, eve), *said]
