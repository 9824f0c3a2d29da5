"""Money paid against every world that the rows allow: a row is a set of single dollars, a part is a subset of it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from gifts import exactly, gift
from musterroll.record.count import Interval
from musterroll.record.payments import TO_THE_MISSION, UNDIVIDED, paid
from records import Row, record

DAY0 = date(2024, 7, 1)
TODAY = DAY0 + timedelta(days=2)
Dollars = frozenset[tuple[str, int]]
Drawn = tuple[list[Row], list[Dollars]]


@st.composite
def payments(draw: st.DrawFn, statuses: tuple[str, ...], recipients: tuple[str, ...], *, vague: bool) -> Drawn:
    """Rows and the dollars that each is about; rows of one status share none unless one contains the other."""
    rows: list[Row] = []
    dollars: list[Dollars] = []
    holders: list[set[int]] = []
    for number in range(draw(st.integers(0, 5))):
        giver, status = draw(st.sampled_from(["CAN", "CAN", "USA"])), draw(st.sampled_from(statuses))
        own = [place for place in range(number) if rows[place][1]["country_code"] == giver]
        whole = draw(st.sampled_from([None, *own]))
        holders.append(set() if whole is None else {whole, *holders[whole]})
        among = dollars[whole] if whole is not None else frozenset((giver, each) for each in range(6))
        taken = [dollars[o] for o in own if rows[o][1]["status"] == status and o not in holders[number]]
        chosen = {each for each in sorted(among) if draw(st.booleans())}
        dollars.append(frozenset(chosen.difference(*taken)))
        about = len(dollars[-1])
        low, high = (draw(st.integers(0, about)), about + draw(st.integers(0, 2))) if vague else (about, about)
        begins, lasts = draw(st.integers(0, 4)), draw(st.integers(0, 2))
        rows.append(
            gift(
                f"{low}..{about}..{high}",
                f"{DAY0 + timedelta(days=begins)}/{DAY0 + timedelta(days=begins + lasts)}",
                status,
                id=f"M-{number:04}",
                country=giver,
                recipient=draw(st.sampled_from(recipients)),
                part_of="" if whole is None else f"M-{whole:04}",
            )
        )
    return rows, dollars


def worlds(rows: list[Row], dollars: list[Dollars], recipients: frozenset[str]) -> set[int]:
    """How many dollars the mission had at the end of `TODAY`, whatever day each payment was made on."""
    theirs = [(each, row) for each, (_, row) in zip(dollars, rows, strict=True) if row["recipient"] in recipients]
    outcomes = [sorted({date.fromisoformat(row["date_earliest"]) <= TODAY, _last(row) <= TODAY}) for _, row in theirs]
    found = set()
    for world in product(*outcomes):
        nothing: Dollars = frozenset()
        happened = [each for (each, _), has in zip(theirs, world, strict=True) if has]
        found.add(len(nothing.union(*happened)))
    return found


def _last(row: dict[str, str]) -> date:
    return date.fromisoformat(row["date_latest"])


def _said(rows: list[Row]) -> Interval:
    held = record(*rows)
    return paid(held, held.missions["MSS"], None, TODAY).get("USD", exactly(0))


@given(
    payments(
        ("deposited", "delivered", "disbursed"),
        ("trust_fund", "mission", "mission_and_police", "haitian_police"),
        vague=True,
    )
)
def test_no_world_lies_outside_what_is_said_to_be_paid(drawn: Drawn) -> None:
    said = _said(drawn[0])

    assert said.min <= min(worlds(*drawn, TO_THE_MISSION))
    assert said.max is not None
    assert max(worlds(*drawn, TO_THE_MISSION | UNDIVIDED)) <= said.max
    assert said.best is not None
    assert said.min <= said.best <= said.max


@given(payments(("deposited",), ("trust_fund", "mission"), vague=False))
def test_with_exact_amounts_of_one_status_both_ends_are_reached_in_some_world(drawn: Drawn) -> None:
    said, possible = _said(drawn[0]), worlds(*drawn, TO_THE_MISSION)

    assert (said.min, said.best, said.max) == (min(possible), min(possible), max(possible))
