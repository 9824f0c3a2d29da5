"""The changelog of a release, drafted in the words of its subject: `render_changelog`, and the maintainer's `Notes`."""

from musterroll.release.changelog.document import render_changelog
from musterroll.release.changelog.notes import Notes, read_notes

__all__ = ["Notes", "read_notes", "render_changelog"]
