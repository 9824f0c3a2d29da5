"""With which rules and which tool the release was made."""

from __future__ import annotations

from collections.abc import Iterator

from musterroll import __version__
from musterroll.release.changelog.markdown import NAME, inert
from musterroll.release.changelog.subject import Subject


def tooling(subject: Subject) -> Iterator[str]:
    """The profile, before and after, and the toolkit."""
    new = subject.content.package.profile
    old = subject.diff.old.package.profile if subject.diff else new
    if new == old:
        yield f"- Profile: {_named(new)}{'' if subject.diff is None or new is None else ', as before'}."
    else:
        yield f"- Profile: {_named(old)} → {_named(new)}."
    yield f"- Made with musterroll {__version__}."


def _named(profile: str | None) -> str:
    return "none declared" if profile is None else inert(profile, NAME)
