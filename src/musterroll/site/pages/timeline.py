"""What happened, in the order of time, with filters."""

from __future__ import annotations

from collections.abc import Iterator

from musterroll.site.addresses import TIMELINE
from musterroll.site.model import timeline
from musterroll.site.pages.page import Entry, Page
from musterroll.site.subject import Subject

ENTRY = Entry(TIMELINE, "Timeline")


def pages(subject: Subject) -> Iterator[Page]:
    """The one page."""
    years = timeline.years(subject)
    every = [it for year in years for it in year.happenings]
    kinds, countries = {it.kind for it in every}, {code for it in every for code in it.countries}
    shows = {
        "years": years,
        "count": len(every),
        "asked_years": sorted({year for it in every for year in it.years}),
        "kinds": {
            heading: {code: name for code, name in those.items() if code in kinds}
            for heading, those in timeline.kinds(subject).items()
        },
        "kind_names": {code: name for those in timeline.kinds(subject).values() for code, name in those.items()},
        "countries": sorted(countries, key=lambda code: subject.names.get(code, code)),
        "names": subject.names,
    }
    yield Page(TIMELINE, "Timeline", "timeline", shows, TIMELINE)
