"""The numbers that readers quote, before and after: the whole mission, and every country whose own figures moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from musterroll.changes.headline import Figures, figures
from musterroll.record.count import ZERO
from musterroll.record.record import Record
from musterroll.release.changelog.markdown import ID, bullets, inert, name, table
from musterroll.release.changelog.measures import arrow, distance, measures, moved, whole_mission
from musterroll.release.changelog.subject import Subject
from musterroll.release.changelog.words import day_in_words

_COUNTRIES = 10
_EXPLAINED = 1000  # characters


@dataclass(frozen=True)
class _Days:
    """What the old release says of its last day, and what the new one says of that day and of its own last day."""

    old: date
    new: date
    before: list[Figures]
    same_day: list[Figures]
    after: list[Figures]


def impact(subject: Subject) -> Iterator[str]:
    """Totals on the last day that the release before covered, and on the last day of this one."""
    if subject.diff is None:
        yield "This is the first release: there is nothing to compare it with."
        return
    if subject.record is None:
        yield from _rows(subject)
    else:
        yield from _totals(subject, subject.record)
    if reason := subject.notes.explained.get("totals-moved"):
        yield from ("", f"Why totals moved: {inert(reason, _EXPLAINED)}")


def _rows(subject: Subject) -> Iterator[str]:
    """The rows of each table of a package that is no record."""
    sides = (subject.diff.old.tables, subject.diff.new.tables) if subject.diff else ({}, {})
    rows = []
    for each in sorted({*sides[0], *sides[1]}):
        counts = (f"{side[each].rows:,}" if each in side else "–" for side in sides)
        rows.append([name(each), arrow("", *counts)])
    yield "The package holds no record of a mission. The rows of its tables:"
    yield ""
    yield from table(("Table", f"{subject.version_before} → {subject.version}"), rows, {1})


def _totals(subject: Subject, after: Record) -> Iterator[str]:
    before = subject.record_before
    if before is None:
        yield f"{subject.version_before} holds no record of a mission with which this one could be compared."
        return
    if before.horizon is None or after.horizon is None:
        silent = subject.version_before if before.horizon is None else subject.version
        yield f"{silent} does not say up to which day it is complete, so no totals are compared."
        return
    old, new = before.horizon, after.horizon
    days = _Days(old, new, figures(before, old), figures(after, old), figures(after, new))
    yield from _covered(subject, days)
    yield ""
    yield from _table(days, subject.inside)
    yield ""
    yield from _countries(subject, days)


def _covered(subject: Subject, days: _Days) -> Iterator[str]:
    before, after = subject.version_before, subject.version
    old, new = day_in_words(days.old), day_in_words(days.new)
    if days.old == days.new:
        yield f"Both releases are complete up to {old}; this is what {before} said of that day and what {after} says."
        return
    yield (
        f"{before} is complete up to {old}, {after} up to {new}. The first column of numbers asks both releases about "
        f"{old}, the second asks each about its own last day."
    )
    if days.new < days.old:
        yield f"{after} does not claim to be complete on {old}."
    missions = [inert(side[-1].mission, ID) for side in (days.before, days.after)]
    if missions[0] != missions[1]:
        yield f"The mission was {missions[0]} and is {missions[1]}: pledges ended with the former, people carried over."


def _table(days: _Days, inside: str) -> Iterator[str]:
    pairs = {f"on {day_in_words(days.old)}": (days.before[-1], days.same_day[-1])}
    if days.new != days.old:
        pairs[f"{day_in_words(days.old)} → {day_in_words(days.new)}"] = days.before[-1], days.after[-1]
    rows = [[label, *cells] for label, cells in whole_mission(list(pairs.values()), inside).items()]
    return table(("Whole mission", *pairs), rows, set(range(1, len(pairs) + 1)))


def _countries(subject: Subject, days: _Days) -> Iterator[str]:
    sides = [{each.country: each for each in side} for side in (days.before, days.same_day, days.after)]
    found = {code: [side.get(code) or _nothing(code) for side in sides] for side in sides for code in side if code}
    codes = sorted(found, key=lambda code: (-distance(found[code][0], found[code][2]), subject.country(code)))
    told = [line for code in codes if (line := _country(subject, code, found[code], days))]
    if not told:
        yield "No country's own figures moved."
    yield from bullets(told[:_COUNTRIES], len(told), "`muster balance` shows any day of either release")


def _country(subject: Subject, code: str, sides: Sequence[Figures], days: _Days) -> str | None:
    """`Kenya: pledge unchanged at 1,000; present 396 → 744`, and what of it the new release says of the old day."""
    before, same_day, after = sides
    at_the_end, then = moved(before, after), moved(before, same_day)
    if not at_the_end and not then:
        return None
    told = f"{subject.country(code)}: {'; '.join(measures(before, after))}"
    if not then or days.old == days.new:
        return f"{told}."
    day = day_in_words(days.old)
    return f"{told}; all of it by {day}." if then == at_the_end else f"{told}; on {day} itself {', '.join(then)}."


def _nothing(code: str) -> Figures:
    return Figures("", code, None, 0, ZERO, ZERO, {})
