"""One page for each country."""

from __future__ import annotations

from collections.abc import Iterator

from musterroll.record.written import written_count
from musterroll.site.addresses import COUNTRIES, of_country
from musterroll.site.charts.promised import SMALL
from musterroll.site.model import front
from musterroll.site.model.countries import closings, meanings, row_on, standings
from musterroll.site.model.country import Country, parts
from musterroll.site.model.rows import source_titles
from musterroll.site.model.steps import steps
from musterroll.site.model.words import gap_in_digits
from musterroll.site.pages.page import Page
from musterroll.site.pages.pictures import files_over_time, has_reports, key_of, over_time
from musterroll.site.subject import Subject

ENTRY = None


def pages(subject: Subject) -> Iterator[Page]:
    """A page for every country that the record knows."""
    found, told = standings(subject), meanings(subject)
    for code in subject.names:
        row, chart = row_on(subject, code, subject.day), files_over_time(subject, code)
        yield Page(
            path=of_country(code),
            title=subject.names[code],
            body="country",
            within=COUNTRIES,
            charts=(chart,) if chart else (),
            shows={
                "country": Country(subject, code),
                "standing": told[found[code]],
                "last": row,
                "closings": [
                    (each, then, parts(subject, subject.terms.of(then)))
                    for each in closings(subject)
                    if (then := row_on(subject, code, each.day))
                ],
                "reasons": front.reasons(row) if row else [],
                "steps": list(steps(subject, code)),
                "chart": over_time(subject, code, "promised", SMALL),
                "key": key_of(subject, code),
                "has_reports": has_reports(subject, code),
                "titles": source_titles(subject),
                "written_count": written_count,
                "gap_in_digits": gap_in_digits,
            },
        )
