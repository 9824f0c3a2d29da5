"""What was promised at a date (RECORD, "Standing revision", "pledged(t)", "Verdict")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from musterroll.record.count import ZERO, Interval, total
from musterroll.record.record import Record
from musterroll.record.rows import Mission, Revision


@dataclass(frozen=True, slots=True)
class Pledged:
    """A sum of pledges: the interval, how many add up to it, and how many of these give no number."""

    interval: Interval
    commitments: int
    without_number: int

    @property
    def has_number(self) -> bool:
        """Whether at least one of the pledges gives a number."""
        return self.commitments > self.without_number


_NOTHING = Pledged(ZERO, 0, 0)
_UNSTATED = Pledged(Interval(0, None, None), 1, 1)


def current_mission(record: Record, day: date) -> Mission:
    """The mission whose mandate runs on `day`; before the first it is the first, after the last the last."""
    chain = sorted(record.missions.values(), key=lambda mission: mission.begins)
    for mission in chain:
        if mission.until is None or day <= mission.until:
            return mission
    return chain[-1]


def predecessors(record: Record, mission: Mission) -> list[Mission]:
    """The mission and all before it, the newest first; people carry over along this chain."""
    chain = [mission]
    while chain[-1].predecessor and record.missions[chain[-1].predecessor] not in chain:
        chain.append(record.missions[chain[-1].predecessor])
    return chain


def standing(revisions: tuple[Revision, ...], day: date) -> Revision | None:
    """The last revision surely announced by `day`."""
    stated = [revision for revision in revisions if revision.announced.certain(day)]
    return max(stated, key=_announced, default=None)


def pledged(record: Record, mission: Mission, country: str | None, day: date) -> Pledged:
    """What promises on `day`; `country` None is the whole mission."""
    return _sum(_promising(record, mission, country, day))


def offered(record: Record, mission: Mission, country: str | None, day: date) -> Pledged:
    """The part of `pledged` that is only offered."""
    return _sum(revision for revision in _promising(record, mission, country, day) if revision.status == "offered")


def notified(record: Record, mission: Mission, country: str | None, day: date) -> Pledged:
    """The part of `pledged` of which the UN was notified in any revision by `day`."""
    return _sum(
        revision
        for revision in _promising(record, mission, country, day)
        if any(
            earlier.status == "notified_un" and earlier.announced.certain(day)
            for earlier in record.revisions[revision.commitment]
        )
    )


def in_force(record: Record, mission: Mission, country: str | None, day: date) -> Pledged:
    """The part of `pledged` that is more than offered and waits for nothing."""
    return _sum(
        revision
        for revision in _promising(record, mission, country, day)
        if revision.status != "offered" and _conditions_met(record, revision.commitment, day)
    )


def allowed(record: Record, mission: Mission, country: str | None, day: date) -> Pledged:
    """What the verdict compares people with: all that promises or ever promised.

    Each commitment counts with the best of its standing revision and with the
    smallest min and largest max of that one and of later ones that may already
    have been announced. If those to the mission have no number, those to its
    predecessor count. The whole mission is the sum over countries; one that has
    people there but never pledged makes the sum open.
    """
    if country is None:
        return _plus(allowed(record, mission, each, day) for each in _countries(record, day))
    result = _NOTHING
    for candidate in predecessors(record, mission):
        result = _allowed_in(record, candidate, country, day)
        if result.has_number:
            return result
    moved = any(movement.country == country and movement.when.possible(day) for movement in record.movements)
    return _UNSTATED if moved and not result.commitments else result


def _countries(record: Record, day: date) -> set[str]:
    promised = {chain[0].country for chain in record.revisions.values()}
    return promised | {movement.country for movement in record.movements if movement.when.possible(day)}


def _plus(parts: Iterator[Pledged]) -> Pledged:
    result = _NOTHING
    for part in parts:
        interval = result.interval + part.interval
        result = Pledged(interval, result.commitments + part.commitments, result.without_number + part.without_number)
    return result


def _allowed_in(record: Record, mission: Mission, country: str | None, day: date) -> Pledged:
    intervals, without = [], 0
    for revisions in _commitments(record, mission, country, day):
        said = [revision for revision in revisions if revision.announced.possible(day)]
        if not any(revision.promises for revision in said):
            continue
        stands = standing(revisions, day)
        later = [revision for revision in said if stands is None or _announced(revision) > _announced(stands)]
        interval = stands.personnel.interval if stands else ZERO
        for revision in later:
            interval = interval.hull(revision.personnel.interval)
        intervals.append(interval)
        without += not any(revision.personnel.has_number for revision in ([stands] if stands else []) + later)
    return Pledged(total(intervals), len(intervals), without)


def _promising(record: Record, mission: Mission, country: str | None, day: date) -> Iterator[Revision]:
    for revisions in _commitments(record, mission, country, day):
        stands = standing(revisions, day)
        if stands and stands.promises:
            yield stands


def _commitments(record: Record, mission: Mission, country: str | None, day: date) -> Iterator[tuple[Revision, ...]]:
    """Commitments that add up without double counting: a part counts only while its whole is not announced."""
    for revisions in record.revisions.values():
        first = revisions[0]
        if first.mission != mission.id or (country is not None and first.country != country):
            continue
        if first.part_of is None or not _is_announced(record, first.part_of, day):
            yield revisions


def _is_announced(record: Record, commitment: str, day: date) -> bool:
    return standing(record.revisions.get(commitment, ()), day) is not None


def _conditions_met(record: Record, commitment: str, day: date) -> bool:
    stated = {revision.number for revision in record.revisions[commitment] if revision.announced.certain(day)}
    return all(
        condition.met(day)
        for condition in record.conditions
        if condition.commitment == commitment and condition.revision in stated
    )


def _sum(revisions: Iterator[Revision]) -> Pledged:
    counted = list(revisions)
    without = sum(not revision.personnel.has_number for revision in counted)
    return Pledged(total(revision.personnel.interval for revision in counted), len(counted), without)


def _announced(revision: Revision) -> tuple[date, date, int]:
    latest = revision.announced.latest or date.max
    return latest, revision.announced.earliest or date.min, revision.number
