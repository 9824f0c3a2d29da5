"""The changelog of a package in a folder, and a text that tries to be more than text in it."""

from __future__ import annotations

from pathlib import Path

from musterroll.changes.diff import compared
from musterroll.changes.version import required_version
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.release.changelog import read_notes, render_changelog
from musterroll.release.content import stage_package

HOSTILE = (
    "<script>alert(1)</script> [x](javascript:alert(1)) ![i](https://evil.example/i.png)\n\n# Heading\n- item\n"
    "**b** _i_ `c` ~~s~~ | cell | @octocat #1 GH-1 https://evil.example www.evil.example a@evil.example "
    "&lt;b&gt; $x$ \u202e\u200b"
)


def changelog(old: Path | None, new: Path, stage: Path) -> str:
    """The changelog of a release, as `muster release` makes it of the staged package."""
    content = stage_package(require_package(Folder(new)), stage)
    notes = read_notes(content.package)
    if old is None:
        return render_changelog(content, None, None, notes)
    with compared(Folder(old), content.package.folder) as diff:
        return render_changelog(content, diff, required_version(diff), notes)
