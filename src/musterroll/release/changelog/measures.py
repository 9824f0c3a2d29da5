"""Figures of a country or of the whole mission side by side: `pledge unchanged at 1,000`, `present 396 → 744`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from musterroll.changes.headline import Figures
from musterroll.record.count import Interval
from musterroll.record.written import written
from musterroll.release.changelog.markdown import ID, inert
from musterroll.release.changelog.words import counted


def measures(before: Figures, after: Figures) -> list[str]:
    """What moved, with the pledge in any case."""
    one, two = _pledged(before), _pledged(after)
    if one != two:
        return moved(before, after)
    return ["no standing pledge of people" if two == "–" else arrow("pledge", one, two), *moved(before, after)]


def moved(before: Figures, after: Figures) -> list[str]:
    """The measures that differ."""
    pairs = {"pledge": (_pledged(before), _pledged(after)), **_people(before, after), **_money(before, after)}
    return [arrow(label, one, two) for label, (one, two) in pairs.items() if one != two]


def whole_mission(pairs: Sequence[tuple[Figures, Figures]], inside: str) -> Mapping[str, list[str]]:
    """The totals of the mission in each pair, moved or not, by what a table calls them; `inside` is `in Haiti`."""
    told = {"People pledged": [arrow("", written(one.pledged), written(two.pledged)) for one, two in pairs]}
    if any(each.without_number for pair in pairs for each in pair):
        counts = [(f"{one.without_number:,}", f"{two.without_number:,}") for one, two in pairs]
        told["Pledges without a number"] = [arrow("", *pair) for pair in counts]
    told["People deployed"] = [arrow("", written(one.deployed), written(two.deployed)) for one, two in pairs]
    told[f"People present {inside}"] = [arrow("", written(one.present), written(two.present)) for one, two in pairs]
    currencies = sorted({currency for pair in pairs for each in pair for currency in each.paid})
    for currency in currencies:
        told[f"P{_paid(currency)[1:]}"] = [arrow("", *_sums(currency, *pair)) for pair in pairs]
    return told if currencies else {**told, "Paid": ["nothing on record"] * len(pairs)}


def distance(before: Figures, after: Figures) -> int:
    """How many people lie between two figures, at most, so that the farthest can be told first."""
    people = [(before.pledged, after.pledged), (before.deployed, after.deployed), (before.present, after.present)]
    return max(abs(_middle(one) - _middle(two)) for one, two in people)


def arrow(what: str, before: str, after: str) -> str:
    """`present 396 → 744`, or `present unchanged at 396`."""
    return f"{what} unchanged at {after}".strip() if before == after else f"{what} {before} → {after}".strip()


def _pledged(each: Figures) -> str:
    """The sum of pledges, and how many more give no number."""
    text = written(each.pledged)
    if not each.without_number or text == "?":
        return text
    return f"{text} and {counted(each.without_number, 'pledge')} without a number"


def _people(before: Figures, after: Figures) -> Mapping[str, tuple[str, str]]:
    """Those deployed only where they are not the same as those in the country."""
    deployed = written(before.deployed), written(after.deployed)
    present = written(before.present), written(after.present)
    return {"present": present} if deployed == present else {"deployed": deployed, "present": present}


def _money(before: Figures, after: Figures) -> Mapping[str, tuple[str, str]]:
    return {_paid(currency): _sums(currency, before, after) for currency in sorted({*before.paid, *after.paid})}


def _paid(currency: str) -> str:
    return f"paid in {inert(currency or 'an unnamed currency', ID)}"


def _sums(currency: str, before: Figures, after: Figures) -> tuple[str, str]:
    return written(before.paid.get(currency)), written(after.paid.get(currency))


def _middle(value: Interval | None) -> int:
    return 0 if value is None else value.best if value.best is not None else value.min
