"""Where sources disagree and what was chosen."""

from __future__ import annotations

from collections.abc import Iterator

from musterroll.site.addresses import CONFLICTS
from musterroll.site.model import conflicts
from musterroll.site.pages.page import Entry, Page
from musterroll.site.subject import Subject

ENTRY = Entry(CONFLICTS, "Conflicts")


def pages(subject: Subject) -> Iterator[Page]:
    """The one page."""
    found = conflicts.topics(subject)
    open_, set_aside = conflicts.counts(found)
    shows = {"topics": found, "open": open_, "set_aside": set_aside}
    yield Page(CONFLICTS, "Where sources disagree", "conflicts", shows, CONFLICTS)
