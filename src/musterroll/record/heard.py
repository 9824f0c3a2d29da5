"""When a country was last heard of, and from which sources."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import itemgetter

from musterroll.record.record import Record
from musterroll.record.rows import Evidence
from musterroll.record.window import Window

_Subject = tuple[str, str, int | None]  # table, id, revision (commitments only)
_Telling = tuple[date, _Subject | Evidence]


@dataclass(frozen=True, slots=True)
class Heard:
    """A day on which something of a country's people was said or happened, and the ids of the sources that tell it."""

    day: date
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Hearsay:
    """All that a record was told of people promised or sent, in the order of time; made once for many questions."""

    record: Record

    def last(self, country: str | None, day: date) -> Heard | None:
        """The last day by `day` on which anything of the country had surely happened or been said; None if nothing had.

        That is the end of the window of a revision, a movement or a stock, or the
        publication of a source that supports a pledge. `country` None is any. The
        sources of a row are those preferred for it, or else all that assert it.
        """
        tellings = self._by_country.get(country, [])
        end = bisect_right(tellings, day, key=itemgetter(0))
        if not end:
            return None
        last = tellings[end - 1][0]
        sources = {source for told, subject in tellings[:end] if told == last for source in self._sources(subject)}
        return Heard(last, tuple(sorted(sources)))

    @cached_property
    def _by_country(self) -> Mapping[str | None, list[_Telling]]:
        found: dict[str | None, list[_Telling]] = {}
        for countries, window, subject in self._told():
            if window.latest is not None:
                for country in countries | {None}:
                    found.setdefault(country, []).append((window.latest, subject))
        return {country: sorted(tellings, key=itemgetter(0)) for country, tellings in found.items()}

    def _told(self) -> Iterator[tuple[set[str | None], Window, _Subject | Evidence]]:
        """Whom it is about, when it was, and what tells it."""
        for chain in self.record.revisions.values():
            for revision in chain:
                yield {revision.country}, revision.announced, ("commitments", revision.commitment, revision.number)
        for movement in self.record.movements:
            yield {movement.country}, movement.when, ("deployments", movement.id, None)
        for stock in self.record.strengths:
            yield {stock.country}, stock.as_of, ("strengths", stock.id, None)
        for item in self.record.evidence:  # who repeats or supports a pledge tells of it, too
            if item.table == "commitments" and item.stance == "supports" and item.rank != "deprecated":
                chain = self.record.revisions.get(item.of, ())
                if chain and item.source in self.record.published:
                    yield {chain[0].country}, self.record.published[item.source], item

    def _sources(self, subject: _Subject | Evidence) -> set[str]:
        if isinstance(subject, Evidence):
            return {subject.source}
        items = self._asserting.get(subject, [])
        return {item.source for item in items if item.rank == "preferred"} or {item.source for item in items}

    @cached_property
    def _asserting(self) -> Mapping[_Subject, list[Evidence]]:
        """Believed evidence that asserts something, by the row that it is about."""
        found: dict[_Subject, list[Evidence]] = {}
        for item in self.record.evidence:
            if item.stance != "context" and item.rank != "deprecated":
                found.setdefault((item.table, item.of, item.revision), []).append(item)
        return found
