"""The front page: what was promised and who came."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from musterroll.release.metadata import schema_org
from musterroll.release.metadata.citing import bibtex, citation
from musterroll.site.addresses import FRONT
from musterroll.site.charts.promised import NARROW, WIDE
from musterroll.site.model import front
from musterroll.site.model.countries import closings
from musterroll.site.model.steps import steps
from musterroll.site.pages.page import Entry, Page
from musterroll.site.pages.pictures import files_over_time, has_reports, key_of, over_time
from musterroll.site.subject import Subject

ENTRY = Entry(FRONT, "Overview")
_FIRST = ("exports/", "CITATION.cff", "codebook.md", "CHANGELOG.md")


def pages(subject: Subject) -> Iterator[Page]:
    """The one page."""
    row, closing = front.whole(subject), closings(subject)
    chart = files_over_time(subject, None)
    yield Page(
        path=FRONT,
        title=subject.described.title,
        body="front",
        within=FRONT,
        charts=(chart,) if chart else (),
        shows={
            "description": subject.described.text or "",
            "figures": list(front.figures(subject)),
            "closing": closing[0],
            "has_earlier": len(closing) > 1,
            "key": key_of(subject, None),
            "has_reports": has_reports(subject, None),
            "names": subject.names,
            "mission_names": subject.mission_names,
            "wide": over_time(subject, None, "promised", WIDE),
            "narrow": over_time(subject, None, "promised-narrow", NARROW),
            "steps": list(steps(subject, None)),
            "reasons": front.reasons(row),
            "problems": front.problems(subject),
            "citation": citation(subject.described),
            "bibtex": bibtex(subject.described),
            "downloads": [
                file for file in subject.downloads if file.path.startswith(_FIRST) and file.path.count("/") < 2
            ],
            "more_downloads": [file for file in subject.downloads if file.path.count("/") == 2],
            "linked_data": Markup(schema_org.render(subject.content, subject.downloads)),  # noqa: S704 (made for this)
        },
    )
