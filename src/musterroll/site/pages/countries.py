"""All countries: a map, and a table for the last day of every mission."""

from __future__ import annotations

from collections.abc import Iterator

from musterroll.site.addresses import COUNTRIES
from musterroll.site.model.countries import Closing, closings, meanings_on_the_map, row_on, standings
from musterroll.site.model.country import Part, parts
from musterroll.site.model.words import gap_in_digits
from musterroll.site.pages.page import Entry, Page
from musterroll.site.pages.pictures import files_of_map, is_outlined, map_of
from musterroll.site.subject import Subject

ENTRY = Entry(COUNTRIES, "Countries")


def pages(subject: Subject) -> Iterator[Page]:
    """The one page."""
    found, closing, chart = standings(subject), closings(subject), files_of_map(subject)
    shown = {row.country for each in closing for row in each.rows}
    yield Page(
        path=COUNTRIES,
        title="Countries",
        body="countries",
        within=COUNTRIES,
        charts=(chart,) if chart else (),
        shows={
            "map": map_of(subject),
            "closings": closing,
            "names": subject.names,
            "standings": found,
            "meanings": meanings_on_the_map(subject),
            "is_outlined": is_outlined(subject),
            "others": [code for code in sorted(subject.names, key=subject.names.__getitem__) if code not in shown],
            "parts": {each.mission.id: _parts(subject, each) for each in closing},
            "gap_in_digits": gap_in_digits,
        },
    )


def _parts(subject: Subject, closing: Closing) -> list[tuple[str, Part]]:
    """What adds up to the numbers of all countries, each with its country."""
    rows = ((code, row_on(subject, code, closing.day)) for code in sorted(subject.names, key=subject.names.__getitem__))
    return [(code, part) for code, row in rows if row for part in parts(subject, subject.terms.of(row))]
