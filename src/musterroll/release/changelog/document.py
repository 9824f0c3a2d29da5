"""`CHANGELOG.md` of a release: what changed since the one before, what the numbers are now, what is known to be wrong.

A pure function of the two releases and the maintainer's notes. Nothing that
stands in a cell or a descriptor can become markup, a link or a mention.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from musterroll.changes.diff import Diff
from musterroll.changes.version import Required
from musterroll.release.changelog.briefly import briefly
from musterroll.release.changelog.history import history
from musterroll.release.changelog.impact import impact
from musterroll.release.changelog.markdown import NAME, inert
from musterroll.release.changelog.notes import Notes
from musterroll.release.changelog.picture import picture
from musterroll.release.changelog.problems import problems
from musterroll.release.changelog.structure import structure
from musterroll.release.changelog.subject import Subject
from musterroll.release.changelog.tooling import tooling
from musterroll.release.content import Content

SECTIONS: tuple[tuple[str, Callable[[Subject], Iterator[str]]], ...] = (
    ("Briefly", briefly),
    ("Headline impact", impact),
    ("Current picture", picture),
    ("History", history),
    ("Schema", structure),
    ("Tooling", tooling),
    ("Known problems", problems),
)


def render_changelog(content: Content, diff: Diff | None, required: Required | None, notes: Notes) -> str:
    """The changelog as Markdown, always with the same sections in the same order.

    `diff` leads from the release before to this one, None for a first release;
    `required` is the step that its changes require. Raises `Unusable` if the
    package says it holds a mission record and holds none.
    """
    return "\n".join(_lines(Subject(content, diff, required, notes))) + "\n"


def _lines(subject: Subject) -> Iterator[str]:
    created = f" ({subject.created})" if subject.created else ""
    yield f"# {inert(subject.content.name, NAME)} {subject.version}{created}"
    for title, section in SECTIONS:
        yield from ("", f"## {title}", "")
        yield from list(section(subject)) or ["Nothing."]
