"""How to report an error or a missing fact; addresses only as far as the descriptor gives them."""

from __future__ import annotations

from collections.abc import Iterator

from musterroll.site.addresses import CONTRIBUTE
from musterroll.site.pages.page import Entry, Page
from musterroll.site.subject import Subject

ENTRY = Entry(CONTRIBUTE, "Contribute", is_main=False)


def pages(subject: Subject) -> Iterator[Page]:
    """The one page."""
    described = subject.described
    shows = {"homepage": described.homepage, "people": described.contributors}
    yield Page(CONTRIBUTE, "Report an error, add a fact", "contribute", shows, CONTRIBUTE)
