"""Does deployed exceed pledged? Four answers, never a false certainty (RECORD, "Verdict")."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from musterroll.record.count import ZERO, Interval, total
from musterroll.record.missions import predecessors
from musterroll.record.pledges import Pledged, announced, commitments, standing
from musterroll.record.presence import deployed
from musterroll.record.record import Record
from musterroll.record.rows import Mission

Verdict = Literal["holds", "violated", "possibly_violated", "unknown"]

_NOTHING = Pledged(ZERO, 0, 0)
_UNSTATED = Pledged(Interval(0, None, None), 1, 1)


def verdict(people: Interval, allowed: Pledged) -> Verdict:
    """Compare people deployed with all that was ever promised.

    *violated* is true in every world that the ranges allow; *holds* is relative
    to the preferred pledge.
    """
    if people.max == 0:
        return "holds"
    if not allowed.has_number:
        return "unknown"
    limit = allowed.interval
    if limit.max is not None and people.min > limit.max:
        return "violated"
    reference = limit.best if limit.best is not None else limit.max
    if reference is None:  # "at least n": more may have been meant
        return "holds" if people.max is not None and people.max <= limit.min else "unknown"
    return "holds" if people.max is not None and people.max <= reference else "possibly_violated"


def allowed(record: Record, mission: Mission, country: str | None, day: date) -> Pledged:
    """What the verdict compares people with: all that promises or ever promised.

    Each commitment counts with the best of its standing revision and with the
    smallest min and largest max of that one and of later ones that may already
    have been announced. If those to the mission have no number, those to its
    predecessor count. The whole mission is the sum over countries; one that has
    people there but never pledged makes the sum open.
    """
    if country is None:
        return _plus(_share(record, mission, each, day) for each in _countries(record, day))
    candidates = [_allowed_in(record, each, country, day) for each in predecessors(record, mission)]
    with_number = [candidate for candidate in candidates if candidate.has_number]
    stated = [candidate for candidate in candidates if candidate.commitments]
    return [*with_number, *stated, _NOTHING][0]


def _share(record: Record, mission: Mission, country: str, day: date) -> Pledged:
    """What a country adds to the mission's limit; people of one that never pledged make it unknown, not zero."""
    own = allowed(record, mission, country, day)
    has_people = deployed(record, mission, country, day).max != 0
    return _UNSTATED if has_people and not own.commitments else own


def _countries(record: Record, day: date) -> set[str]:
    promised = {chain[0].country for chain in record.revisions.values()}
    return promised | {movement.country for movement in record.movements if movement.when.possible(day)}


def _plus(parts: Iterable[Pledged]) -> Pledged:
    result = _NOTHING
    for part in parts:
        interval = result.interval + part.interval
        result = Pledged(interval, result.commitments + part.commitments, result.without_number + part.without_number)
    return result


def _allowed_in(record: Record, mission: Mission, country: str | None, day: date) -> Pledged:
    intervals, without = [], 0
    for revisions in commitments(record, mission, country, day):
        said = [revision for revision in revisions if revision.announced.possible(day)]
        if not any(revision.promises for revision in said):
            continue
        stands = standing(revisions, day)
        later = [revision for revision in said if stands is None or announced(revision) > announced(stands)]
        interval = stands.personnel.interval if stands else ZERO
        for revision in later:
            interval = interval.hull(revision.personnel.interval)
        intervals.append(interval)
        without += not any(revision.personnel.has_number for revision in ([stands] if stands else []) + later)
    return Pledged(total(intervals), len(intervals), without)
