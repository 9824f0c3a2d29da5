"""The derived table `balance`: promised and present, by country and date of change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from musterroll.record.balance import BalanceRow, balance, sweep
from musterroll.record.count import Interval
from musterroll.record.derived.codes import VERDICTS, WHY
from musterroll.record.derived.table import INSIDE, Column, DerivedTable, ends_of
from musterroll.record.record import Record
from musterroll.record.span import last_day

R = TypeVar("R")

_NO_PLEDGE = "All three empty: there is no pledge; a pledge without a number has 0 and no upper limit."
MEASURES = {
    "pledged": (
        "Pledged",
        f"People promised to the current mission and not withdrawn, lapsed or suspended, offers included. {_NO_PLEDGE}",
    ),
    "offered": ("Of it offered", f"The part of those pledged that is only offered. {_NO_PLEDGE}"),
    "notified": (
        "Of it notified",
        f"The part of those pledged of which the United Nations were notified. {_NO_PLEDGE}",
    ),
    "in_force": (
        "Of it in force",
        f"The part of those pledged that is more than offered and whose conditions were all met. {_NO_PLEDGE}",
    ),
    "deployed": (
        "Deployed",
        f"People in the service of the mission, {INSIDE} or offshore: arrivals less departures and deaths, carried "
        "over from the mission before.",
    ),
    "present": ("Present", f"People {INSIDE}, computed in the same way."),
}


def measures(names: Sequence[str], row_of: Callable[[R], BalanceRow]) -> Iterator[Column[R]]:
    """The columns of some measures of the balance, for tables that hold or contain its rows."""
    for name in names:
        yield from ends_of(name, *MEASURES[name], _measure(name, row_of))


def _measure(name: str, row_of: Callable[[R], BalanceRow]) -> Callable[[R], Interval | None]:
    def measure(row: R) -> Interval | None:
        value: Interval | None = getattr(row_of(row), name)
        return value

    return measure


def _rows(record: Record) -> Iterator[BalanceRow]:
    """The rows of every day up to the horizon on which anything can change, and of the horizon."""
    end, last = last_day(record), None
    for row in sweep(record):
        if row.as_of <= end:
            yield row
            last = row.as_of
    if last != end:
        yield from balance(record, end)


BALANCE: DerivedTable[BalanceRow] = DerivedTable(
    name="balance",
    title="Balance of promised and present, by country and date of change",
    description=(
        "One row for each country heard of by then, and one without a country for the whole mission, at the end of "
        "every day on which anything starts, ends, is revised or is met, up to the horizon. Numbers are persons. A row "
        "holds until the next of the same country."
    ),
    rows=_rows,
    columns=(
        Column("mission_id", "string", "Mission", "The mission whose mandate ran on that day. Never empty.",
               lambda row: row.mission, required=True),
        Column("country_code", "string", "Country", "Country, as in countries. Empty: the whole mission.",
               lambda row: row.country),
        Column("as_of", "date", "As of", "The day at whose end it held. Never empty.",
               lambda row: row.as_of, required=True),
        *measures(tuple(MEASURES), lambda row: row),
        *ends_of("reported", "Reported", "The last stock of people present that a source reported by that day, as it "
                 "was told. All three empty: none, or one without a number.", lambda row: row.reported),
        *ends_of("gap", "Gap", "Pledged less deployed; below zero if more came than were promised. "
                 "All three empty: there is no pledge.", lambda row: row.gap),
        Column("pledges_without_number", "integer", "Pledges without a number",
               "How many of the pledges that add up to pledged give no number. Never empty.",
               lambda row: row.pledges_without_number, required=True),
        Column("reported_as_of", "date", "Reported as of",
               "The last day of which the reported stock may tell. Empty: no stock was reported by then.",
               lambda row: row.reported_as_of),
        Column("verdict", "string", "Verdict", "Whether no more people are deployed than were promised. Never empty.",
               lambda row: row.verdict, required=True, categories=VERDICTS),
        Column("why", "string", "Why there is a range", WHY, lambda row: row.why),
        Column("last_heard", "date", "Last heard of", "The last day by then on which anything about its people had "
               "surely happened or been said. Empty: nothing datable.", lambda row: row.last_heard),
    ),
    key=("as_of", "country_code"),
)  # fmt: skip
