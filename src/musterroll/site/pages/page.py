"""What a kind of page offers, and how a page becomes HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from musterroll import __version__
from musterroll.record.written import written
from musterroll.release.changelog.words import day_in_words
from musterroll.site.charts.files import ENGINE, ChartFiles
from musterroll.site.model.words import NOTATION, code_in_words, in_words, people_in_words, place_in_words
from musterroll.site.subject import Subject
from musterroll.site.templates import template

# End tags that HTML allows to be left out: a twelfth of the bytes of a site. Those of texts are escaped.
_NEEDLESS = re.compile("</(?:li|dt|dd|td|th|tr|option)>(?=\\s*<(?:/|li|dt|dd|td|th|tr|option|optgroup))")


@dataclass(frozen=True)
class Page:
    """A page: its path from the root of the site, its title, the template of its body, and what that shows.

    `within` is the path of the entry of the navigation that it belongs to;
    `charts` are those that it offers as files.
    """

    path: str
    title: str
    body: str
    shows: Mapping[str, Any]
    within: str
    charts: tuple[ChartFiles, ...] = ()


@dataclass(frozen=True)
class Entry:
    """An entry of the navigation; one that is not among the main ones stands at the foot of every page."""

    path: str
    title: str
    is_main: bool = True


class Kind(Protocol):
    """A module of pages: its entry in the navigation, None if other pages lead to it, and its pages."""

    @property
    def ENTRY(self) -> Entry | None:  # noqa: N802 (a constant of a module)
        """The entry in the navigation."""

    def pages(self, subject: Subject) -> Iterator[Page]:
        """The pages of this kind."""


def html(page: Page, subject: Subject, navigation: Sequence[Entry]) -> str:
    """The page as a whole; addresses in it are relative to it, so that it works from any folder."""
    root = "../" * page.path.count("/")

    def to(address: str) -> str:
        """An address on the site, from this page."""
        path, mark, anchor = address.partition("#")
        return f"{mark}{anchor}" if path == page.path and mark else f"{root}{address}"

    described = subject.described
    text = template(page.body).render(
        **page.shows,
        page=page,
        to=to,
        engine=ENGINE,
        navigation=navigation,
        notation=NOTATION,
        site_title=described.title,
        short_title=described.name,
        version=subject.version,
        horizon=day_in_words(subject.day),
        licences=described.licences,
        toolkit=__version__,
        written=written,
        in_words=in_words,
        people_in_words=people_in_words,
        day_in_words=day_in_words,
        code_in_words=code_in_words,
        place_in_words=place_in_words,
        host=subject.record.host,
    )
    return _NEEDLESS.sub("", text)
