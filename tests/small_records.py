"""Small records for hypothesis: few rows, few days, few people, so that every world they allow can be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import assume
from hypothesis import strategies as st

from records import Row, mission, move, pledge
from worlds import LAST, size

DAY0 = date(2024, 7, 1)
DAYS = [DAY0 + timedelta(days=step) for step in range((LAST - DAY0).days + 1)]
HANDOVER = date(2024, 7, 5)  # the first day of the second mission
CHAIN = [mission("MSS", "2023-10-02/2024-07-04"), mission("GSF", "2024-07-05/", "MSS")]

MOVES = ("arrival", "arrival", "arrival", "departure", "death", "unreported_out", "rotation_in", "rotation_out")
WITHDRAWALS = (*MOVES, "all_out", "all_out")
STATUSES = ("offered", "pledged", "notified_un", "approved", "fulfilled")
ENDINGS = ("suspended", "withdrawn", "lapsed", "declined", "interest")

_MOST = 300  # worlds of one example


def current(day: date) -> str:
    """The mission of a day."""
    return "MSS" if day < HANDOVER else "GSF"


@st.composite
def windows(draw: st.DrawFn, *, open_ended: bool = False) -> str:
    """One to three days, or from a day on."""
    first = draw(st.sampled_from(DAYS[:6]))
    lasts = draw(st.sampled_from([0, 0, 0, 1, 2, *([None] if open_ended else [])]))
    return f"{first}/" if lasts is None else f"{first}/{first + timedelta(days=lasts)}"


@st.composite
def numbers(draw: st.DrawFn, *, vague: bool = False) -> str:
    """A number with both ends; if vague, also with an open one, none, or about so many."""
    low, width = draw(st.integers(0, 4)), draw(st.sampled_from([0, 0, 1]))
    best = draw(st.integers(low, low + width))
    exact = [str(low), f"{low}/{best}/{low + width}", f"{low}..{low + width}"]
    return draw(st.sampled_from([*exact, *([f"~{low}", f"<={low % 3}", f">={low}", "?"] if vague else [])]))


@st.composite
def movements(
    draw: st.DrawFn, kinds: Sequence[str] = MOVES, countries: Sequence[str] = ("BLZ",), *, vague: bool = False
) -> Row:
    """A movement in one of three places, under the mission of its first day."""
    window = draw(windows(open_ended=vague))
    return move(
        draw(numbers(vague=vague)),
        window,
        draw(st.sampled_from(kinds)),
        country=draw(st.sampled_from(countries)),
        mission=current(date.fromisoformat(window[:10])),
        place=draw(st.sampled_from(["in_haiti", "in_haiti", "in_haiti", "offshore", "training_abroad"])),
    )


@st.composite
def pledges(
    draw: st.DrawFn,
    statuses: Sequence[str] = (*STATUSES, *ENDINGS),
    countries: Sequence[str] = ("BLZ",),
    *,
    vague: bool = False,
    parts: bool = True,
) -> list[Row]:
    """Up to three commitments of one or two revisions, some of them parts of others."""
    rows: list[Row] = []
    made: list[tuple[str, str, str]] = []
    for number in range(1, draw(st.integers(0, 3)) + 1):
        id, to, country = (
            f"C-{number:04}",
            draw(st.sampled_from(["MSS", "MSS", "GSF"])),
            draw(st.sampled_from(countries)),
        )
        wholes = [each for each, *rest in made if rest == [to, country]]
        part_of = draw(st.sampled_from(["", *wholes])) if parts else ""
        for revision in range(1, draw(st.integers(1, 2)) + 1):
            said = (draw(numbers(vague=vague)), draw(windows(open_ended=vague)), draw(st.sampled_from(statuses)))
            rows.append(pledge(*said, id=id, revision=revision, country=country, mission=to, part_of=part_of))
        made.append((id, to, country))
    return rows


@st.composite
def records_of(
    draw: st.DrawFn, pledged: st.SearchStrategy[list[Row]], moved: st.SearchStrategy[Row], most: int = 3
) -> list[Row]:
    """The rows of a small record of two missions, at least one of them a movement."""
    rows = [*CHAIN, *draw(pledged), *draw(st.lists(moved, min_size=1, max_size=most))]
    assume(size(rows) <= _MOST)
    return rows
