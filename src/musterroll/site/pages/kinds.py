"""The kinds of pages, in the order of the navigation. A new kind is a module here and a template."""

from __future__ import annotations

from musterroll.site.pages import (
    checks,
    codebook,
    conflicts,
    contribute,
    countries,
    country,
    front,
    funding,
    releases,
    rows,
    sources,
    timeline,
)
from musterroll.site.pages.page import Kind

KINDS: tuple[Kind, ...] = (
    front,
    countries,
    country,
    timeline,
    funding,
    conflicts,
    sources,
    rows,
    releases,
    codebook,
    checks,
    contribute,
)
