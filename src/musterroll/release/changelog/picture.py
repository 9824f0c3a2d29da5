"""What this release says of the last day it covers: totals with their uncertainty, and the countries behind them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from musterroll.changes.headline import Figures, figures
from musterroll.record.balance import BalanceRow, balance
from musterroll.record.record import Record
from musterroll.record.spoken import WHY
from musterroll.record.written import written, written_count
from musterroll.release.changelog.markdown import ID, inert, name, table
from musterroll.release.changelog.subject import Subject
from musterroll.release.changelog.words import counted, day_in_words, listed

_COUNTRIES = 15


def picture(subject: Subject) -> Iterator[str]:
    """The totals, and a small table of countries; of a package that is no record, its tables."""
    if subject.record is None:
        yield from _tables(subject)
    elif subject.record.horizon is None:
        yield "The record does not say up to which day it is complete (`horizon`), so no totals are given."
    else:
        yield from _on(subject, subject.record, subject.record.horizon)


def _tables(subject: Subject) -> Iterator[str]:
    rows = [
        [name(each.name), f"{len(each.rows):,}", f"{len(each.header):,}"] for each in subject.content.tables.values()
    ]
    yield from table(("Table", "Rows", "Columns"), rows, {1, 2})


def _on(subject: Subject, record: Record, day: date) -> Iterator[str]:
    rows = balance(record, day)
    whole, countries = rows[-1], rows[:-1]
    mission = inert(whole.mission, ID)
    yield f"On {day_in_words(day)}, the last day that this release covers, in the time of the mission {mission}:"
    yield ""
    yield from (f"- {line}" for line in _whole(whole, figures(record, day)[-1], subject.inside))
    involved = sorted((row for row in countries if _is_involved(row)), key=lambda row: _order(subject, row))
    if involved:
        yield ""
        yield from _table(subject, [*involved[:_COUNTRIES], whole])
    yield from _others(countries, involved)
    yield ""
    yield _NOTATION


_NOTATION = (
    "How to read the numbers: `≥ 50` at least 50; `≤ 50` at most 50; `~ 50` about 50; `150 (120–200)` probably 150, "
    "at least 120 and at most 200; `?` a number that nobody gave; `–` none at all."
)


def _whole(row: BalanceRow, totals: Figures, inside: str) -> Iterator[str]:
    count = row.pledges_without_number
    unnumbered = f"; {counted(count, 'pledge')} {'gives' if count == 1 else 'give'} no number" if count else ""
    yield f"Pledged: **{written(row.pledged)}** people{unnumbered}."
    if row.pledged is not None:
        yield f"Of these only offered: {written(row.offered)}; in force, every condition met: {written(row.in_force)}."
    yield f"Deployed: **{written(row.deployed)}**; of these present {inside}: **{written(row.present)}**."
    if row.reported and row.reported_as_of:
        yield f"Last reported as present: {written_count(row.reported)}, {_as_of(row.reported_as_of)}."
    sums = [
        f"{inert(currency or 'an unnamed currency', ID)} **{written(sum_)}**" for currency, sum_ in totals.paid.items()
    ]
    yield f"Paid: {listed(sums) if sums else 'nothing on record'}."
    if row.why:
        yield f"Why there are ranges: {'; '.join(WHY[reason] for reason in row.why)}."


def _as_of(day: date) -> str:
    return f"as of {day_in_words(day)}"


def _is_involved(row: BalanceRow) -> bool:
    return row.pledged is not None or row.deployed.max != 0


def _order(subject: Subject, row: BalanceRow) -> tuple[int, int, str]:
    """Who has most people there first, then who promised most."""
    promised = row.pledged
    best = 0 if promised is None else promised.best or promised.max or promised.min
    return -(row.deployed.best or row.deployed.min), -best, subject.country(row.country)


def _table(subject: Subject, rows: list[BalanceRow]) -> Iterator[str]:
    head = ("Country", "Pledged", "Only offered", "In force", "Deployed", f"Present {subject.inside}", "Last heard of")
    cells = [
        [
            subject.country(row.country) if row.country else "**Whole mission**",
            *(written(each) for each in (row.pledged, row.offered, row.in_force, row.deployed, row.present)),
            "–" if row.last_heard is None else day_in_words(row.last_heard),
        ]
        for row in rows
    ]
    return table(head, cells, {1, 2, 3, 4, 5})


def _others(countries: list[BalanceRow], involved: list[BalanceRow]) -> Iterator[str]:
    more, rest = len(involved) - _COUNTRIES, len(countries) - len(involved)
    if more > 0:
        yield from ("", f"… and {counted(more, 'country', 'countries')} more; `muster balance` shows all.")
    if rest:
        others = "one more country" if rest == 1 else f"{rest:,} more countries"
        yield from ("", f"The record knows {others} without a standing pledge and without anybody deployed.")
