"""What the front page says: the last day of the record in numbers, and how it came to that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from musterroll.record.balance import BalanceRow
from musterroll.record.spoken import WHY
from musterroll.record.stocks import last_reported
from musterroll.record.written import written, written_count
from musterroll.release.changelog.words import counted, day_in_words
from musterroll.release.metadata.saying import texts
from musterroll.site.addresses import COUNTRIES, of_row
from musterroll.site.model.words import gap_in_digits, gap_in_words, in_words
from musterroll.site.subject import Subject

_SHOWN = ("mission", "pledged", "in_force", "deployed", "present")


@dataclass(frozen=True)
class Figure:
    """A headline number: what is counted, the number, what it means in words, and where it comes from."""

    title: str
    number: str
    words: str
    address: str


def whole(subject: Subject) -> BalanceRow:
    """The whole mission on the last day of the record."""
    return subject.balances[None][-1]


def figures(subject: Subject) -> Iterator[Figure]:
    """The headline numbers, the main ones first."""
    row, latest = whole(subject), f"{COUNTRIES}#{whole(subject).mission}"
    host = subject.record.host
    yield Figure("Promised", written(row.pledged), _promised(row), latest)
    yield Figure(f"In {host.name}", written(row.present), f"people present: {in_words(row.present)}", latest)
    if row.pledged:
        words = "of those promised are more than offered, and wait for nothing"
        yield Figure("Promises in force", written(row.in_force), words, latest)
    if missing := gap_in_words(row.gap):
        yield Figure("Gap", gap_in_digits(row.gap), missing, latest)
    if row.deployed != row.present:
        words = f"in the mission’s service, {host.inside} or on ships off it"
        yield Figure("Deployed", written(row.deployed), words, latest)
    stock = last_reported(subject.record, subject.record.missions[row.mission], None, subject.day)
    if stock and stock.as_of.latest:
        words = f"people {host.inside}, as last reported, for {day_in_words(stock.as_of.latest)}"
        yield Figure("Reported", written_count(stock.personnel), words, of_row("strengths", stock.id))


def reasons(row: BalanceRow) -> list[str]:
    """Why its numbers are ranges."""
    return [WHY[reason] for reason in row.why]


def changes(subject: Subject, country: str | None) -> list[BalanceRow]:
    """The rows at which any number of the picture changes, and the last one."""
    rows = subject.balances.get(country, ())
    found: list[BalanceRow] = []
    for row in rows:
        if not found or any(getattr(row, name) != getattr(found[-1], name) for name in _SHOWN):
            found.append(row)
    return [*found, replace(rows[-1], as_of=subject.day)] if rows and found[-1].as_of != subject.day else found


def marks(subject: Subject) -> list[tuple[date, str]]:
    """The days that divide the story: each mission's begin, and the first arrival."""
    begins = [(mission.begins, f"{mission.id} begins") for mission in subject.missions]
    came = [
        movement.when.earliest
        for movement in subject.record.movements
        if movement.kind == "arrival" and movement.when.earliest
    ]
    return sorted([*begins, *([(min(came), "first arrivals")] if came and min(came) <= subject.day else [])])


def problems(subject: Subject) -> list[str]:
    """What the maintainers say is known to be wrong or missing."""
    notes = subject.content.package.descriptor.get("release")
    return list(texts(notes.get("knownProblems"))) if isinstance(notes, dict) else []


def _promised(row: BalanceRow) -> str:
    if row.pledged is None:
        return "no promise stands"
    count = row.pledges_without_number
    silent = f"; {counted(count, 'pledge')} {'gives' if count == 1 else 'give'} no number" if count else ""
    return f"people promised: {in_words(row.pledged)}{silent}; of these only offered: {in_words(row.offered)}"
