"""What is known of each country in each month: found, or sought in vain, or not known to have been sought.

From the month in which the first mission was first asked for or promised
anything (its preparation) to that of the horizon. What a source says of a
country is evidence of a row about it: a pledge, condition, contribution,
movement or stock of that country, or an event in which it took part (RECORD,
"Evidence"). Deprecated evidence does not count; context does, for it speaks of
the country too.

What can be said, and what cannot: the tables hold what was found, never what was
looked for. That a search was made and found nothing is known only where the
descriptor says so (see `searches`). Everything else is *no_search_recorded*: there
may have been a search, or none, and it is no sign that nothing happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from musterroll.record.derived.months import Month, last_day_of, months_between, possibly_in, surely_in
from musterroll.record.derived.subjects import subjects
from musterroll.record.record import Record
from musterroll.record.searches import Search
from musterroll.record.span import first_day, last_day
from musterroll.record.window import Window

State = Literal["found", "possibly_found", "searched_none", "no_search_recorded"]


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One country in one month, given by its first day.

    *found*: a source published in that month speaks of the country, or a source
    speaks of something of it that was said or happened in that month.
    *possibly_found*: only of something whose days reach beyond the month, so that
    it may belong to another. `sources` are those sources. *searched_none*: none,
    and a recorded search covers the whole month; `sought` says for what.
    `sources_of_month` counts the sources in the record that were published in
    that month, whatever they speak of: how closely it was read at all.
    """

    country: str
    month: Month
    state: State
    sources: tuple[str, ...]
    sought: tuple[str, ...]
    sources_of_month: int


def coverage(record: Record) -> list[CoverageRow]:
    """The rows of every country in the table countries, by code and month.

    Raises `Unusable` if the record has no mission.
    """
    months = months_between(first_day(record), last_day(record))
    found = _found(record, months)
    published = {month: sum(surely_in(window, month) for window in record.published.values()) for month in months}
    return [
        _row(record.searches, country, month, found.get((country, month), _Found()), published[month])
        for country in sorted(record.tables["countries"].column("country_code"))
        for month in months
    ]


@dataclass
class _Found:
    """Sources that surely belong to a month, and those that may."""

    surely: set[str] = field(default_factory=set)
    possibly: set[str] = field(default_factory=set)

    def add(self, source: str, month: Month, windows: Sequence[Window]) -> None:
        is_sure = any(surely_in(window, month) for window in windows)
        (self.surely if is_sure else self.possibly).add(source)


def _found(record: Record, months: Sequence[Month]) -> Mapping[tuple[str, Month], _Found]:
    about, found = subjects(record), dict[tuple[str, Month], _Found]()
    for item in record.evidence:
        subject = about.get((item.table, item.of, item.revision))
        if item.rank == "deprecated" or subject is None:
            continue
        windows = [subject.when, record.published.get(item.source, Window(None, None))]
        for month in {month for window in windows for month in possibly_in(window, months)}:
            for country in subject.countries:
                found.setdefault((country, month), _Found()).add(item.source, month, windows)
    return found


def _row(searches: Sequence[Search], country: str, month: Month, found: _Found, published: int) -> CoverageRow:
    sought = tuple(dict.fromkeys(search.sought for search in searches if _covers(search, country, month)))
    without: State = "searched_none" if sought else "no_search_recorded"
    state: State = "found" if found.surely else "possibly_found" if found.possibly else without
    sources = found.surely or found.possibly
    return CoverageRow(country, month, state, tuple(sorted(sources)), sought, published)


def _covers(search: Search, country: str, month: Month) -> bool:
    """Whether a search covers every day of the month."""
    return country in search.countries and search.earliest <= month and last_day_of(month) <= search.latest
