"""What the tables and columns mean."""

from __future__ import annotations

from collections.abc import Iterator

from musterroll.site.addresses import CODEBOOK
from musterroll.site.model import codebook
from musterroll.site.pages.page import Entry, Page
from musterroll.site.subject import Subject

ENTRY = Entry(CODEBOOK, "Codebook", is_main=False)


def pages(subject: Subject) -> Iterator[Page]:
    """The one page."""
    shows = {"chapters": codebook.chapters(subject), "derived": codebook.derived(subject)}
    yield Page(CODEBOOK, "Codebook", "codebook", shows, CODEBOOK)
