"""Which money had really moved at a date (RECORD, cases D9 to D11).

*Moved* is what was deposited (paid into a fund), delivered (handed over) or
disbursed (spent). Promised, authorised and frozen money has not moved, a target
is nobody's money, and a row without a giver is the fund's own total: none of
these is ever added. Money frozen later does not undo a deposit.

*The mission's* is what went to its trust fund or to the mission itself. Where a
source does not divide an amount between the mission and the police, all of it
may be the mission's and none need be. What went to the police or to others is not.

The three statuses can describe the same money on its way, as when a deposit is
spent; so they are not added. Of each giver and currency, at least the greatest
of the three sums was paid, and at most all of them together; the best value is
the greatest. A part counts until a whole that counts itself contains it. As with
movements, a payment is certain if its latest date has passed, possible if only
its earliest has; the best value counts what is certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from musterroll.record.count import Interval, total
from musterroll.record.missions import predecessors
from musterroll.record.record import Record
from musterroll.record.rows import Contribution, Mission

MOVED = frozenset({"deposited", "delivered", "disbursed"})
TO_THE_MISSION = frozenset({"trust_fund", "mission"})
UNDIVIDED = frozenset({"mission_and_police"})

_Purse = tuple[str, str]  # giver and currency


def paid(record: Record, mission: Mission, country: str | None, day: date) -> dict[str, Interval]:
    """What the mission and its predecessors had been paid by the end of `day`, in whole units, by currency.

    `country` None is every giver. A currency in which nothing may have been
    paid is not named; money of which no currency is known stands under "".
    """
    possible = payments(record, mission, day)
    sure = [item for item in possible if item.when.certain(day) and item.recipient in TO_THE_MISSION]
    least, most = _by_purse(_apart(sure)), _by_purse(_outermost(possible))
    purses = sorted(purse for purse in {*least, *most} if country in (None, purse[0]))
    return {
        currency: total(_between(least.get(purse, []), most.get(purse, [])) for purse in purses if purse[1] == currency)
        for currency in sorted({currency for _, currency in purses})
    }


def payments(record: Record, mission: Mission, day: date) -> list[Contribution]:
    """Money of a known giver that may have reached the mission by `day`: what `paid` counts or compares."""
    missions = {item.id for item in predecessors(record, mission)}
    return [
        item
        for item in record.contributions
        if item.kind == "money"
        and item.status in MOVED
        and item.recipient in TO_THE_MISSION | UNDIVIDED
        and item.country is not None
        and (item.is_summable or item.wholes)
        and item.mission in missions
        and item.when.possible(day)
    ]


def _outermost(payments: Sequence[Contribution]) -> list[Contribution]:
    """The payments that no other of them contains."""
    known = {item.id for item in payments}
    return [item for item in payments if known.isdisjoint(item.wholes)]


def _apart(payments: Sequence[Contribution]) -> list[Contribution]:
    """The payments that no other contains with which they would be added.

    Within one purse other statuses are compared, not added: a deposit that was
    spent together with more is still a deposit.
    """
    known = {item.id: item for item in payments}
    return [
        item
        for item in payments
        if not any(
            whole in known and (known[whole].status == item.status or _purse(known[whole]) != _purse(item))
            for whole in item.wholes
        )
    ]


def _by_purse(payments: Iterable[Contribution]) -> Mapping[_Purse, list[Interval]]:
    """The sums of each giver and currency, one for each status."""
    sums: dict[tuple[_Purse, str], list[Interval]] = {}
    for item in payments:
        sums.setdefault((_purse(item), item.status), []).append(item.amount.interval)
    found: dict[_Purse, list[Interval]] = {}
    for (purse, _), amounts in sums.items():
        found.setdefault(purse, []).append(total(amounts))
    return found


def _purse(item: Contribution) -> _Purse:
    return item.country or "", item.currency or ""


def _between(least: Sequence[Interval], most: Sequence[Interval]) -> Interval:
    """At least the greatest sum of what is sure, at most all that is possible, even if parts exceed their whole."""
    low = max((amount.min for amount in least), default=0)
    bests = [amount.best for amount in least]
    best = None if None in bests else max((best for best in bests if best is not None), default=0)
    high = total(most).max
    return Interval(low, best, None if high is None else max(low, best or 0, high))
