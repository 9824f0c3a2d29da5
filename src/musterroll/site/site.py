"""A site as files: every page and what pages load, by path, in memory; the same package gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files

from musterroll.site.charts.files import ChartFiles, chart_files
from musterroll.site.pages.kinds import KINDS
from musterroll.site.pages.page import html
from musterroll.site.subject import Subject

ASSETS = ("site.css", "site.js", "theme.js", "facets.js", "explore.js", "icon.svg")


def render(subject: Subject, on_step: Callable[[str], None] = lambda _: None) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file of the site but the downloads.

    Raises `Unusable` if the package is no mission record or has ids twice,
    `Unavailable` if charts cannot be drawn here.
    """
    charts: list[ChartFiles] = []
    navigation = [kind.ENTRY for kind in KINDS if kind.ENTRY]
    for kind in KINDS:
        for page in kind.pages(subject):
            on_step(page.path)
            yield page.path, html(page, subject, navigation).encode()
            charts += page.charts
    on_step("charts")
    yield from chart_files(charts)
    for name in ASSETS:
        yield f"assets/{name}", files("musterroll.site").joinpath("assets", name).read_bytes()
