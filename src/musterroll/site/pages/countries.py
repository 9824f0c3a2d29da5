"""All countries: a map, and a table for the last day of every mission."""

from __future__ import annotations

from collections.abc import Iterator

from musterroll.record.written import written_gap
from musterroll.site.addresses import COUNTRIES
from musterroll.site.model.countries import STANDINGS, closings, standings
from musterroll.site.pages.page import Entry, Page
from musterroll.site.pages.pictures import files_of_map, map_of
from musterroll.site.subject import Subject

ENTRY = Entry(COUNTRIES, "Countries")


def pages(subject: Subject) -> Iterator[Page]:
    """The one page."""
    found, closing = standings(subject), closings(subject)
    shown = {row.country for each in closing for row in each.rows}
    yield Page(
        path=COUNTRIES,
        title="Countries",
        body="countries",
        within=COUNTRIES,
        charts=(files_of_map(subject),),
        shows={
            "map": map_of(subject),
            "closings": closing,
            "names": subject.names,
            "standings": found,
            "meanings": STANDINGS,
            "others": [code for code in sorted(subject.names, key=subject.names.__getitem__) if code not in shown],
            "written_gap": written_gap,
        },
    )
