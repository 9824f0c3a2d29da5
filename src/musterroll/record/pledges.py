"""What was promised at a date (RECORD, "Standing revision", "pledged(t)", "Verdict")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from musterroll.record.count import Interval, total
from musterroll.record.record import Record
from musterroll.record.rows import Condition, Mission, Revision


@dataclass(frozen=True, slots=True)
class Pledged:
    """A sum of pledges: the interval, how many add up to it, and how many of these give no number."""

    interval: Interval
    commitments: int
    without_number: int


def standing(revisions: tuple[Revision, ...], day: date) -> Revision | None:
    """The last revision surely announced by `day`.

    Where windows overlap, which one is the last is agreed on (RECORD, "Standing
    revision"), not known; `may_stand` has all that may be.
    """
    stated = [revision for revision in revisions if revision.announced.certain(day)]
    return max(stated, key=announced, default=None)


def may_stand(revisions: tuple[Revision, ...], day: date) -> list[Revision]:
    """Every revision that may be the last one announced by `day`, whichever way windows that overlap are ordered.

    Of two announced on one day the order of the record decides.
    """
    certain = [revision for revision in revisions if revision.announced.certain(day)]
    return [
        revision
        for revision in revisions
        if revision.announced.possible(day) and not any(_supersedes(later, revision) for later in certain)
    ]


def pledged(record: Record, mission: Mission, country: str | None, day: date) -> Pledged:
    """What promises on `day`; `country` None is the whole mission."""
    return _sum(promising(record, mission, country, day))


def offered(record: Record, mission: Mission, country: str | None, day: date) -> Pledged:
    """The part of `pledged` that is only offered."""
    return _sum(revision for revision in promising(record, mission, country, day) if revision.status == "offered")


def notified(record: Record, mission: Mission, country: str | None, day: date) -> Pledged:
    """The part of `pledged` of which the UN was notified in any revision by `day`."""
    return _sum(item for item in promising(record, mission, country, day) if is_notified(record, item, day))


def in_force(record: Record, mission: Mission, country: str | None, day: date) -> Pledged:
    """The part of `pledged` that is more than offered and waits for nothing."""
    return _sum(item for item in promising(record, mission, country, day) if is_in_force(record, item, day))


def is_notified(record: Record, standing: Revision, day: date) -> bool:
    """Whether the UN was notified of the commitment in any revision by `day`."""
    chain = record.revisions[standing.commitment]
    return any(revision.status == "notified_un" and revision.announced.certain(day) for revision in chain)


def is_in_force(record: Record, standing: Revision, day: date) -> bool:
    """Whether a commitment that promises is more than offered and waits for nothing."""
    return standing.status != "offered" and not awaited(record, standing.commitment, day)


def promising(record: Record, mission: Mission, country: str | None, day: date) -> Iterator[Revision]:
    """The standing revisions that promise and add up."""
    for revisions in commitments(record, mission, country, day):
        stands = standing(revisions, day)
        if stands and stands.promises and (stands.is_summable or stands.part_of):
            yield stands


def commitments(record: Record, mission: Mission, country: str | None, day: date) -> Iterator[tuple[Revision, ...]]:
    """Commitments that add up without double counting: a part counts only until a whole that holds it is promised."""
    for revisions in record.revisions.values():
        first = revisions[0]
        if first.mission != mission.id or (country is not None and first.country != country):
            continue
        if not any(was_promised(record.revisions[whole], day) for whole in _wholes(record, first)):
            yield revisions


def was_promised(revisions: tuple[Revision, ...], day: date) -> bool:
    """Whether any of them surely promised by `day`."""
    return any(revision.promises and revision.announced.certain(day) for revision in revisions)


def _wholes(record: Record, part: Revision) -> list[str]:
    """The believed commitments of which it is a part, and of which those are."""
    found: list[str] = []
    whole = part.part_of
    while whole and whole in record.revisions and whole not in found:
        found.append(whole)
        whole = record.revisions[whole][0].part_of
    return found


def awaited(record: Record, commitment: str, day: date) -> list[Condition]:
    """The conditions of a commitment, stated by `day`, that were not surely met by then."""
    stated = {revision.number for revision in record.revisions[commitment] if revision.announced.certain(day)}
    return [
        condition
        for condition in record.conditions
        if condition.commitment == commitment and condition.revision in stated and not condition.met(day)
    ]


def _sum(revisions: Iterator[Revision]) -> Pledged:
    counted = list(revisions)
    without = sum(not revision.personnel.has_number for revision in counted)
    return Pledged(total(revision.personnel.interval for revision in counted), len(counted), without)


def announced(revision: Revision) -> tuple[date, date, int]:
    """The order in which revisions follow each other; one that is not datable comes last."""
    latest = revision.announced.latest or date.max
    return latest, revision.announced.earliest or date.min, revision.number


def _supersedes(later: Revision, revision: Revision) -> bool:
    ends, begins = revision.announced.latest, later.announced.earliest
    return ends is not None and begins is not None and ends <= begins and announced(revision) < announced(later)
