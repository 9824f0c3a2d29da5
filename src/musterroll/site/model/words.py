"""Numbers, codes and days of a record as people say them."""

from __future__ import annotations

from musterroll.record.balance import Gap
from musterroll.record.count import Interval
from musterroll.record.host import Host
from musterroll.record.profile import SPELLINGS
from musterroll.record.written import written, written_gap

_NAMES = {
    "haitian_police": "Haitian police",
    "notified_un": "notified to the UN",
    "unsc_authorization": "Security Council",
}
NOTATION = (
    "≥ 50: at least 50; ≤ 50: at most 50; ~ 50: about 50; 150 (120–200): probably 150, at least 120 and at most 200; "
    "?: a number that nobody gave; –: none at all."
)


def in_words(value: Interval | None) -> str:
    """`980, between 961 and 1,055`; `at least 3,150`; `an unstated number`; `none`."""
    if value is None:
        return "none"
    low, best, high = value.min, value.best, value.max
    if low == high:
        return f"{low:,}"
    if best is not None:
        return f"{best:,}, {_between(low, high)}"
    return _between(low, high) if low or high is not None else "an unstated number"


def people_in_words(value: Interval | None) -> str:
    """`980 (961–1,055) people`, `at least 3,150 people`, `an unstated number of people`, `nobody`."""
    if value is None or value.max == 0:
        return "nobody"
    if value.best is not None:
        return f"{written(value)} {'person' if value.min == value.max == 1 else 'people'}"
    return f"{in_words(value)} people" if value.min or value.max is not None else "an unstated number of people"


def gap_in_words(gap: Gap) -> str:
    """`at least 2,095 fewer came than were promised`; empty where there is no pledge."""
    low, best, high = gap
    if low is None and high is None:
        return ""
    if best == 0:
        return "as many came as were promised"
    if best is not None:
        return f"{abs(best):,} {'more' if best < 0 else 'fewer'} came than were promised"
    if low is not None and low > 0:
        return f"at least {low:,} fewer came than were promised"
    return "how many are missing cannot be told, for pledges give no number"


def gap_in_digits(gap: Gap) -> str:
    """`265 (209–269)`, `−2`; `?` where nothing is known, as by a floor below zero; `–` where there is no pledge."""
    if gap.min is None and gap.max is None:
        return "–"
    says_nothing = gap.best is None and gap.max is None and (gap.min or 0) <= 0
    return "?" if says_nothing else written_gap(*gap).replace("-", "−")


def code_in_words(code: str) -> str:
    """`rotation_in` as `rotation in`."""
    return _NAMES.get(code, code.replace("_", " "))


def place_in_words(code: str, host: Host) -> str:
    """`in_country` as `in Haiti`, `training_abroad` as `training abroad`."""
    return host.inside if code in SPELLINGS["deployments", "place"] else code_in_words(code)


def _between(low: int, high: int | None) -> str:
    if high is None:
        return f"at least {low:,}"
    return f"between {low:,} and {high:,}" if low else f"at most {high:,}"
