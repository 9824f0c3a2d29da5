"""Who promised, paid and delivered what: never added over currencies or over stages of money on its way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from musterroll.package.table import Table
from musterroll.record.count import Interval, total
from musterroll.record.derived.funding import FundingRow, funding
from musterroll.record.missions import current_mission
from musterroll.record.payments import paid, payments
from musterroll.record.written import written
from musterroll.site.addresses import of_row
from musterroll.site.model.lines import Line, in_order, line, lines
from musterroll.site.subject import Subject

# In the order in which money goes its way.
STATUSES: Mapping[str, str] = {
    "pledged": "Promised",
    "authorised": "Authorised",
    "deposited": "Paid in",
    "delivered": "Delivered",
    "disbursed": "Spent",
}
RECIPIENTS: Mapping[str, str] = {
    "trust_fund": "trust fund",
    "mission": "mission",
    "national_police": "national police",
    "haitian_police": "Haitian police",
    "mission_and_police": "mission and police",
    "other": "others",
}


@dataclass(frozen=True)
class Gift:
    """A row of the derived table: what one giver gave one recipient, and the rows that add up to it."""

    giver: str
    recipient: str
    status: str
    kind: str
    unit: str
    amount: Interval
    number: str
    is_added: bool
    rows: tuple[tuple[str, str], ...]  # id and address
    contained: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Giver:
    """The money of one giver in one currency, by status; over recipients it is added up."""

    code: str
    sums: Mapping[str, Interval]

    @property
    def greatest(self) -> int:
        """What orders givers: the greatest of the sums."""
        return max((each.best or each.max or each.min for each in self.sums.values()), default=0)


@dataclass(frozen=True)
class Currency:
    """All money in one currency; "" is a currency that no source names."""

    code: str
    givers: tuple[Giver, ...]
    gifts: tuple[Gift, ...]

    @property
    def statuses(self) -> Mapping[str, str]:
        """The statuses of which there is any amount, with what they are called."""
        known = {status for giver in self.givers for status in giver.sums}
        return {status: title for status, title in STATUSES.items() if status in known}


def currencies(subject: Subject) -> list[Currency]:
    """Money by currency: the one with most rows first."""
    found: dict[str, list[Gift]] = {}
    for gift in gifts(subject):
        if gift.kind == "money" and gift.giver:
            found.setdefault(gift.unit, []).append(gift)
    return [
        Currency(code, tuple(_givers(found[code])), tuple(found[code]))
        for code in sorted(found, key=lambda code: (-len(found[code]), code))
    ]


def in_kind(subject: Subject) -> list[Gift]:
    """Equipment, training and logistics."""
    return [gift for gift in gifts(subject) if gift.kind != "money" and gift.giver]


def gifts(subject: Subject) -> Iterator[Gift]:
    """The derived table, row by row."""
    for row in funding(subject.record, subject.day):
        unit = row.currency or row.item or ""
        yield Gift(
            giver=row.country or "",
            recipient=row.recipient,
            status=row.status,
            kind=row.kind,
            unit=unit,
            amount=row.amount,
            number=_number(row, unit),
            is_added=row.is_summable,
            rows=_named(row.contributions),
            contained=_named(row.contained),
        )


def totals(subject: Subject) -> list[Line]:
    """What was reported of the fund and of needs as a whole, and belongs to no giver."""
    return lines(subject, "contributions", _is_whole)


def paid_in(subject: Subject) -> Mapping[str, Interval]:
    """What had been paid to the missions by the last day, by currency, as the headline has it."""
    return paid(subject.record, current_mission(subject.record, subject.day), None, subject.day)


def behind(subject: Subject) -> list[tuple[Line, tuple[tuple[str, str], ...]]]:
    """The rows that `paid_in` counts or compares, each with what contains it."""
    mission, table = current_mission(subject.record, subject.day), subject.table("contributions")
    found = {item.id: item for item in payments(subject.record, mission, subject.day)}
    rows = in_order(line(subject, table, item.row) for item in found.values())
    return [(row, _named(found[row.id].wholes)) for row in rows]


def _is_whole(table: Table, row: int) -> bool:
    return not table.cell(row, "country_code")


def _givers(gifts_: list[Gift]) -> list[Giver]:
    found: dict[str, dict[str, list[Interval]]] = {}
    for gift in gifts_:
        if gift.is_added:
            found.setdefault(gift.giver, {}).setdefault(gift.status, []).append(gift.amount)
    givers = [Giver(code, {name: total(each) for name, each in sums.items()}) for code, sums in found.items()]
    return sorted(givers, key=lambda giver: (-giver.greatest, giver.code))


def _number(row: FundingRow, unit: str) -> str:
    number = written(row.amount)
    return number if number == "?" or not unit or row.kind == "money" else f"{number} {unit}"


def _named(ids: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((id, of_row("contributions", id)) for id in ids)
