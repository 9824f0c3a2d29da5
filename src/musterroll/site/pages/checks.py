"""What must hold before a release is published: every check, if whoever makes the site hands in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from musterroll.site.addresses import CHECKS
from musterroll.site.pages.page import Entry, Page
from musterroll.site.subject import Subject

ENTRY = Entry(CHECKS, "Checks", is_main=False)


def pages(subject: Subject) -> Iterator[Page]:
    """The one page."""
    count = sum(len(layer.checks) for layer in subject.checks)
    shows = {"layers": subject.checks, "count": count, "told": _told}
    yield Page(CHECKS, "Checks", "checks", shows, CHECKS)


def _told(text: str) -> Markup:
    """A text of the catalogue, in which what stands between backticks is code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return Markup("").join(Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts))
