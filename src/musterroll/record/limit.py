"""What a country ever promised, as the verdict compares people with it (RECORD, "Verdict").

The definition leaves three things to settle, so that nobody is called above a
limit who is not above it in every world. Which of two revisions with overlapping
windows came last is not known: each may be the limit. A pledge to the mission, of
which it is not sure that it was made by then, does not yet replace what was
pledged to the mission before. And where a part and a whole that may not yet have
been promised are added, although no world has both, the limit is too high, never
too low; so it is where interest may have been followed by a promise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from musterroll.record.count import ZERO, Interval, plus
from musterroll.record.missions import predecessors
from musterroll.record.pledges import commitments, may_stand, standing, was_promised
from musterroll.record.presence import deployed
from musterroll.record.record import Record
from musterroll.record.rows import Mission, Revision


@dataclass(frozen=True, slots=True)
class Limit:
    """What a verdict compares people with.

    `interval` holds what was promised, in every world; `preferred` is what
    *holds* is relative to: of each commitment that was surely promised, the best
    of its standing revision, or the maximum if it gives no best; None if one of
    them has neither. `revisions` are those that say so, of `commitments`
    commitments; `numbers` of these may give a number, and `surely_numbered` do.
    """

    interval: Interval = ZERO
    preferred: int | None = 0
    revisions: tuple[Revision, ...] = ()
    commitments: int = 0
    numbers: int = 0
    surely_numbered: int = 0
    preferred_numbers: int = 0  # commitments that were surely promised and whose standing revision gives a number

    @property
    def has_number(self) -> bool:
        """Whether at least one of the pledges may give a number."""
        return self.numbers > 0

    def __add__(self, other: Limit) -> Limit:
        return Limit(
            self.interval + other.interval,
            plus(self.preferred, other.preferred),
            self.revisions + other.revisions,
            self.commitments + other.commitments,
            self.numbers + other.numbers,
            self.surely_numbered + other.surely_numbered,
            self.preferred_numbers + other.preferred_numbers,
        )


_NOTHING = Limit()
_UNSTATED = Limit(Interval(0, None, None), None, commitments=1)


def allowed(record: Record, mission: Mission, country: str | None, day: date) -> Limit:
    """What the verdict compares people with: all that promises or ever promised.

    Each commitment counts with the best of its standing revision, and with the
    smallest min and largest max of all revisions that may be the last by then.
    If those to the mission have no number, those to its predecessor count. The
    whole mission is the sum over countries; one that has people there but never
    pledged makes the sum open.
    """
    if country is None:
        return _sum(_share(record, mission, each, day) for each in _countries(record, day))
    return _limit(record, predecessors(record, mission), country, day)


def _limit(record: Record, missions: list[Mission], country: str, day: date) -> Limit:
    """The limit that pledges to the first of the missions set, or those to the next where these may give no number."""
    own = _sum(_stated(record, missions[0], country, day))
    if own.surely_numbered or not missions[1:]:
        return own
    before = _limit(record, missions[1:], country, day)
    if not before.commitments:
        return own
    replaced = own.commitments and (own.has_number or not before.surely_numbered)
    return _either(own, before) if replaced else before


def _stated(record: Record, mission: Mission, country: str, day: date) -> Iterator[Limit]:
    """The limit that each commitment to the mission sets that may have promised by `day`."""
    for revisions in commitments(record, mission, country, day):
        if any(revision.promises and revision.announced.possible(day) for revision in revisions):
            yield _of_one(revisions, day)


def _of_one(revisions: tuple[Revision, ...], day: date) -> Limit:
    last = may_stand(revisions, day)
    promised = was_promised(revisions, day)
    stands = standing(revisions, day) if promised else None
    interval = stands.personnel.interval if stands else ZERO
    numbered = [revision.personnel.has_number for revision in last]
    return Limit(
        interval=_hull(interval, (revision.personnel.interval for revision in last)),
        preferred=interval.max if interval.best is None else interval.best,
        revisions=tuple(last),
        commitments=1,
        numbers=int(any(numbered)),
        surely_numbered=int(promised and all(numbered)),
        preferred_numbers=int(stands is not None and stands.personnel.has_number),
    )


def _either(own: Limit, before: Limit) -> Limit:
    """The limit where it is not sure whether pledges with a number replace those to the mission before."""
    stated = own.preferred_numbers or (not before.preferred_numbers and own.preferred is None)
    first, other = (own, before) if stated else (before, own)
    return Limit(
        interval=first.interval.hull(other.interval),
        preferred=first.preferred,
        revisions=before.revisions + own.revisions,
        commitments=before.commitments + own.commitments,
        numbers=first.numbers,
        surely_numbered=before.surely_numbered,
        preferred_numbers=first.preferred_numbers,
    )


def _share(record: Record, mission: Mission, country: str, day: date) -> Limit:
    """What a country adds to the mission's limit; people of one that never pledged make it unknown, not zero."""
    own = allowed(record, mission, country, day)
    has_people = deployed(record, mission, country, day).max != 0
    return _UNSTATED if has_people and not own.commitments else own


def _countries(record: Record, day: date) -> set[str]:
    promised = {chain[0].country for chain in record.revisions.values()}
    return promised | {movement.country for movement in record.movements if movement.when.possible(day)}


def _hull(first: Interval, others: Iterable[Interval]) -> Interval:
    for other in others:
        first = first.hull(other)
    return first


def _sum(parts: Iterable[Limit]) -> Limit:
    result = _NOTHING
    for part in parts:
        result += part
    return result
