"""Who gave what, by status, without counting anything twice (RECORD, cases D9 to D12).

Amounts are added only within one mission, giver, recipient, kind, status, and
currency (or item, where things are counted). A part is not added if a
contribution of the same status and currency contains it and surely counts by
then, whoever its recipient is; it is named beside the whole. Totals of the fund
itself, targets, frozen money and whatever else is not summable stand each in a
row of its own, and are never added to anything.

A contribution is certain if its latest date has passed, possible if only its
earliest has. min and best add up what is certain, max all that is possible, and
of a whole that is only possible the greater of it and its parts. So least and
best values of rows of one status and currency may be added up without counting
anything twice, and greatest values give an upper limit. Rows of different
status may tell of the same money on its way: never add those.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from musterroll.record.count import Interval, total
from musterroll.record.derived.containment import Containment
from musterroll.record.record import Record
from musterroll.record.rows import Contribution
from musterroll.record.span import last_day

_NEVER_ADDED = frozenset({"frozen", "target"})


@dataclass(frozen=True, slots=True)
class FundingRow:
    """What one giver gave (None: the fund as a whole) at the end of one day, in whole units of the currency or item.

    `contributions` are the ids that add up to the amount, `contained` those that
    are not added because one of these contains them. `without_number` counts
    those that add up and give no number.
    """

    mission: str
    country: str | None
    recipient: str
    kind: str
    status: str
    currency: str | None
    item: str | None
    as_of: date
    is_summable: bool
    amount: Interval
    without_number: int
    contributions: tuple[str, ...]
    contained: tuple[str, ...]


_Purse = tuple[str, str | None, str, str, str, str | None, str | None]


def funding(record: Record, day: date | None = None) -> list[FundingRow]:
    """The rows at the end of `day` (the horizon, if not said), by giver; what belongs to no giver comes last.

    Every believed contribution that may have been made by then stands in exactly
    one row. Raises `Unusable` if no day is said and the record has no mission.
    """
    day = last_day(record) if day is None else day
    made = [item for item in record.contributions if item.when.possible(day)]
    all_ = Containment.of([item for item in made if _is_added(item)], day)
    purses: dict[_Purse, list[Contribution]] = {}
    for item in all_.counted:
        purses.setdefault(_purse(item), []).append(item)
    rows = [_sum(purse, items, all_) for purse, items in purses.items()]
    rows += [_alone(item, day) for item in made if not _is_added(item)]
    return sorted(rows, key=_order)


def _is_added(item: Contribution) -> bool:
    return item.country is not None and item.status not in _NEVER_ADDED and (item.is_summable or bool(item.wholes))


def _purse(item: Contribution) -> _Purse:
    return item.mission, item.country, item.recipient, item.kind, item.status, item.currency, item.item


def _sum(purse: _Purse, items: list[Contribution], all_: Containment) -> FundingRow:
    sure = total(item.amount.interval for item in items if item.when.certain(all_.day))
    roots = {root.id: root for root in map(all_.root, items)}
    return FundingRow(
        *purse,
        as_of=all_.day,
        is_summable=True,
        amount=Interval(sure.min, sure.best, total(_most(root, purse, all_) for root in roots.values()).max),
        without_number=sum(not item.amount.has_number for item in items),
        contributions=tuple(sorted(item.id for item in items)),
        contained=tuple(sorted(part for item in items for part in all_.contained(item))),
    )


def _most(item: Contribution, purse: _Purse, all_: Containment) -> Interval:
    """An interval up to what a contribution can be in a purse: itself or, if it was not made yet, its parts."""
    parts = total(_most(part, purse, all_) for part in all_.parts(item))
    return parts.hull(item.amount.interval) if _purse(item) == purse else parts


def _alone(item: Contribution, day: date) -> FundingRow:
    amount = item.amount.interval
    return FundingRow(
        *_purse(item),
        as_of=day,
        is_summable=False,
        amount=amount if item.when.certain(day) else Interval(0, 0, amount.max),
        without_number=int(not item.amount.has_number),
        contributions=(item.id,),
        contained=(),
    )


def _order(row: FundingRow) -> tuple[object, ...]:
    texts = (row.recipient, row.kind, row.status, row.currency, row.item, row.mission)
    return row.country is None, row.country or "", *(text or "" for text in texts), row.contributions
