"""Whom and when each row of a record is about, as evidence names the row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from musterroll.package.table import Table
from musterroll.record.cells import window_of
from musterroll.record.claims import ID_COLUMNS, Subject, subject_of
from musterroll.record.record import Record
from musterroll.record.window import Window

_DATES = {
    "commitments": "announced",
    "conditions": "date",
    "contributions": "date",
    "deployments": "date",
    "strengths": "as_of",
    "events": "date",
}


@dataclass(frozen=True, slots=True)
class About:
    """The countries that a row is about, and when what it tells was said or happened."""

    countries: frozenset[str]
    when: Window


def subjects(record: Record) -> Mapping[Subject, About]:
    """Every row that has a date or belongs to one that has, believed or not; missions have none of their own."""
    countries = _Countries(record)
    found = {
        subject_of(table, row): About(countries.of(table, row), window_of(table, row, stem))
        for table, stem in ((record.tables[name], stem) for name, stem in _DATES.items())
        for row in range(len(table.rows))
    }
    return {**found, **dict(_figures(record, found))}


class _Countries:
    """The countries of a row: its own, its pledge's, or those that took part in the event."""

    def __init__(self, record: Record) -> None:
        commitments, parties = record.tables["commitments"], record.tables["event_countries"]
        codes = zip(commitments.column("commitment_id"), commitments.column("country_code"), strict=True)
        self._of_commitment = dict(codes)
        self._of_event: dict[str, set[str]] = {}
        for event, code in zip(parties.column("event_id"), parties.column("country_code"), strict=True):
            self._of_event.setdefault(event, set()).add(code)

    def of(self, table: Table, row: int) -> frozenset[str]:
        if table.name == "events":
            return frozenset(self._of_event.get(table.cell(row, "event_id"), set()))
        if table.name == "conditions":
            code = self._of_commitment.get(table.cell(row, "commitment_id"))
        else:
            code = table.cell(row, "country_code")
        return frozenset({code} if code else set())


def _figures(record: Record, found: Mapping[Subject, About]) -> Iterator[tuple[Subject, About]]:
    table = record.tables["event_figures"]
    for row in range(len(table.rows)):
        event = found.get(("events", table.cell(row, "event_id"), None))
        if event:
            yield ("event_figures", table.cell(row, ID_COLUMNS["event_figures"]), None), event
