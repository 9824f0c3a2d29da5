"""What is known to be wrong or open: the maintainer's list, and what the record itself shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from musterroll.record.balance import BalanceRow, balance
from musterroll.record.claims import ID_COLUMNS
from musterroll.record.record import Record
from musterroll.record.written import written
from musterroll.release.changelog.markdown import ID, inert, name
from musterroll.release.changelog.subject import Subject
from musterroll.release.changelog.words import counted, day_in_words, listed

_NAMES = 10  # in one line
_LINES = 5  # of one kind
_NOTE = 500  # characters
_RANKS = ("holds", "unknown", "possibly_violated", "violated")


def problems(subject: Subject) -> Iterator[str]:
    """One line each."""
    yield from (f"- {inert(text, _NOTE)}" for text in subject.notes.known_problems)
    record = subject.record
    if record is None:
        return
    if record.horizon is not None:
        rows = balance(record, record.horizon)
        yield from _verdicts(subject, rows)
        yield from _without_number(subject, rows)
    yield from _not_believed(record)
    yield from _waived(subject, record)


def _verdicts(subject: Subject, rows: list[BalanceRow]) -> Iterator[str]:
    """Countries, and the whole mission where no country explains it."""
    whole, countries = rows[-1], rows[:-1]
    worst = max((_RANKS.index(row.verdict) for row in countries), default=0)
    found = [row for row in countries if row.verdict != "holds"]
    if _RANKS.index(whole.verdict) > worst:
        found.append(whole)
    for row in found[:_LINES]:
        who = subject.country(row.country) if row.country else "The whole mission"
        told = _NO_PLEDGE if row.allowed is None else _VERDICTS[row.verdict]
        yield f"- {who}: {told.format(people=written(row.deployed), limit=written(row.allowed))}"
    if len(found) > _LINES:
        yield f"- … and {len(found) - _LINES:,} more of these; `muster balance` shows all."


_NO_PLEDGE = "people are deployed without any pledge on record: {people}."
_VERDICTS = {
    "violated": "more people are deployed than were pledged: {people}, against {limit}.",
    "possibly_violated": "more people may be deployed than were pledged: {people}, against {limit}.",
    "unknown": "nobody can tell whether more people are deployed than were pledged: {people}, against {limit}.",
}


def _without_number(subject: Subject, rows: list[BalanceRow]) -> Iterator[str]:
    number = rows[-1].pledges_without_number
    if number:
        names = sorted(subject.country(row.country) for row in rows[:-1] if row.pledges_without_number)
        verb = "gives" if number == 1 else "give"
        yield f"- {counted(number, 'pledge')} {verb} no number, so totals are lower bounds: {_some(names)}."


def _not_believed(record: Record) -> Iterator[str]:
    for each, column in ID_COLUMNS.items():
        table = record.tables[each]
        ids = []
        for row in range(len(table.rows)):
            revision = table.cell(row, "revision") if each == "commitments" else None
            if not record.is_believed(each, table.cell(row, column), int(revision) if revision else None):
                ids.append(inert(table.cell(row, column) + (f"/{revision}" if revision else ""), ID))
        if ids:
            verb = "is" if len(ids) == 1 else "are"
            yield f"- {counted(len(ids), 'row')} of {name(each)} {verb} reported but not believed: {_some(ids)}."


def _waived(subject: Subject, record: Record) -> Iterator[str]:
    """Waivers that had not expired when the release was made; without that day, all."""
    table, created = record.tables["waivers"], subject.created
    rows = [
        {column: table.cell(row, column) for column in table.header}
        for row in range(len(table.rows))
        if created is None or table.cell(row, "expires_on") >= created.isoformat()
    ]
    for row in rows[:_LINES]:
        about = f" for {inert(row['row_id'], ID)}" if row["row_id"] else ""
        until = day_in_words(date.fromisoformat(row["expires_on"])) if row["expires_on"] else "an unknown day"
        which = f"{name(row['check_id'])} is waived{about} until {until} ({inert(row['waiver_id'], ID)})"
        yield f"- The check {which}. {inert(row['reason'])}"
    if len(rows) > _LINES:
        yield f"- … and {len(rows) - _LINES:,} more waivers; the table `waivers` has all."


def _some(names: list[str]) -> str:
    more = len(names) - _NAMES
    return listed([*names[:_NAMES], f"{more:,} more"] if more > 0 else names)
