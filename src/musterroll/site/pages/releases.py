"""The releases: a list, a page for each with its changelog, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Iterator

from musterroll.site.addresses import RELEASES, of_pair, of_release
from musterroll.site.changelog import as_html
from musterroll.site.model.changes import Pair, pair, pairs
from musterroll.site.pages.page import Entry, Page
from musterroll.site.subject import Subject

ENTRY = Entry(RELEASES, "Releases")


def pages(subject: Subject) -> Iterator[Page]:
    """The list, the releases, the pairs; the list alone if no release is known here."""
    adjacent = pairs(subject.releases)
    known = {"of_release": of_release, "of_pair": of_pair, "adjacent": adjacent}
    newest_first = subject.releases[::-1]
    yield Page(RELEASES, "Releases", "releases", {**known, "releases": newest_first, "own": subject.version}, RELEASES)
    for release in subject.releases:
        shows = {**known, "release": release, "changelog": as_html(release.changelog)}
        yield Page(of_release(release.version), f"Release {release.version}", "release", shows, RELEASES)
    for old, new in adjacent:
        yield from _of_pair(pair(old, new), known)


def _of_pair(found: Pair, known: dict[str, object]) -> Iterator[Page]:
    title = f"Changes from {found.old.version} to {found.new.version}"
    yield Page(found.path, title, "changes", {**known, "pair": found}, RELEASES)
    for parts in found.parts.values():
        for part in parts:
            of = f", part {part.number} of {part.of}" if part.of > 1 else ""
            shows = {**known, "pair": found, "part": part, "parts": parts}
            yield Page(part.path, f"{part.changes.title}: {title[0].lower()}{title[1:]}{of}", "part", shows, RELEASES)
