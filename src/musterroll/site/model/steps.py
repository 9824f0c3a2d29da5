"""How numbers came to be what they are: of every step of a chart the rows that changed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from musterroll.record.balance import BalanceRow
from musterroll.site.addresses import of_row
from musterroll.site.model.countries import row_on
from musterroll.site.model.front import changes
from musterroll.site.subject import Subject

MEASURES = ("pledged", "in_force", "deployed", "present")

_Key = tuple[str, str, int | None]  # table, id and revision of a row
_Behind = Mapping[_Key, frozenset[str]]  # rows that add up to numbers, each with the measures that it adds to


@dataclass(frozen=True)
class Step:
    """A day on which a number changed: the numbers from then on, and the rows because of which, by name and address.

    `latest` is the row that a measure rests on and that changed last, by its address; some rest on none.
    """

    row: BalanceRow
    because: tuple[tuple[str, str], ...]
    latest: Mapping[str, str]


def steps(subject: Subject, country: str | None) -> Iterator[Step]:
    """Every step of a country's chart, or of that of all together, in the order of time."""
    before: _Behind = {}
    latest: dict[str, _Key] = {}
    mission: str | None = None
    for row in changes(subject, country):
        now = _behind(subject, country, row.as_of)
        changed = [key for key in now if now[key] != before.get(key) or key in _settled(subject, row.as_of)]
        is_new = mission not in {None, row.mission}
        latest = dict(_latest(now, changed, latest))
        names = [("missions", row.mission, None)] if is_new else _gone(before, now)
        because = tuple((_name(key), of_row(*key)) for key in [*names, *changed])
        yield Step(row, because, {measure: of_row(*key) for measure, key in latest.items()})
        before, mission = now, row.mission


def _behind(subject: Subject, country: str | None, day: date) -> _Behind:
    """The rows behind the numbers of a day; those of all countries are the rows of each."""
    codes = subject.names if country is None else [country]
    return {
        (term.row.table, term.id, term.revision): frozenset(term.measures)
        for code in codes
        if (row := row_on(subject, code, day))
        for term in subject.terms.of(row)
        if "reported" not in term.measures
    }


def _settled(subject: Subject, day: date) -> set[_Key]:
    """Movements that on this day had happened for sure: until then their day was uncertain, and the number a range."""
    return {("deployments", it.id, None) for it in subject.record.movements if it.when.latest == day}


def _latest(now: _Behind, changed: Sequence[_Key], before: Mapping[str, _Key]) -> Iterator[tuple[str, _Key]]:
    """By measure: the row that changed today, else the one before if it still counts, else any that does."""
    for measure in MEASURES:
        own = [key for key in now if measure in now[key]]
        new = [key for key in changed if measure in now[key]]
        if own:
            kept = before.get(measure)
            yield measure, new[-1] if new else kept if kept in own else own[-1]


def _gone(before: _Behind, now: _Behind) -> list[_Key]:
    """What counted and does not any more, and no later revision of it: of a commitment the chain, which says why."""
    kept = {key[:2] for key in now}
    return [(table, row_id, None) for table, row_id, _ in before if (table, row_id) not in kept]


def _name(key: _Key) -> str:
    _, row_id, revision = key
    return row_id if revision is None else f"{row_id}/{revision}"
