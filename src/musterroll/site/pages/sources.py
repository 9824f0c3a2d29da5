"""All sources on one page, each with what it says."""

from __future__ import annotations

from collections.abc import Iterator

from musterroll.site.addresses import SOURCES
from musterroll.site.model.sources import STANCES, sources
from musterroll.site.pages.page import Entry, Page
from musterroll.site.subject import Subject

ENTRY = Entry(SOURCES, "Sources")


def pages(subject: Subject) -> Iterator[Page]:
    """The one page."""
    found = list(sources(subject))
    shows = {
        "sources": found,
        "stances": STANCES,
        "types": sorted({source.type for source in found}),
        "cited": sum(source.cited for source in found),
    }
    yield Page(SOURCES, "Sources", "sources", shows, SOURCES)
