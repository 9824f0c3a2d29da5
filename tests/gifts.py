"""Contributions written down in a test as briefly as they are thought of."""

from __future__ import annotations

from musterroll.record.count import Interval, parse_notation
from records import Row


def gift(
    number: str,
    when: str,
    status: str = "deposited",
    *,
    id: str = "M-0001",
    country: str = "CAN",
    recipient: str = "trust_fund",
    mission: str = "MSS",
    part_of: str = "",
    summable: bool = True,
    kind: str = "money",
    currency: str = "USD",
) -> Row:
    """A contribution; money paid into the fund unless told otherwise."""
    earliest, slash, latest = when.partition("/")
    low, best, high = number.split("..") if number.count("..") == 2 else ("", "", "")
    count = parse_notation("?" if low else number)
    ends = (low, best, high) if low else ("" if end is None else str(end) for end in (count.min, count.best, count.max))
    return "contributions", {
        "contribution_id": id,
        "mission_id": mission,
        "country_code": country,
        "kind": kind,
        "recipient": recipient,
        "status": status,
        **dict(zip(("amount_min", "amount_best", "amount_max"), ends, strict=True)),
        "amount_qualifier": "disputed" if low else count.qualifier,
        "currency": currency,
        "date_earliest": earliest,
        "date_latest": latest if slash else earliest,
        "is_summable": "true" if summable and not part_of else "false",
        "part_of": part_of,
    }


def exactly(number: int) -> Interval:
    return Interval(number, number, number)
