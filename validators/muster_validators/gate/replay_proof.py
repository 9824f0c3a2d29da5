"""The change feed, applied to the release before, gives this release byte for byte.

Why: whoever keeps a copy may follow the feeds instead of downloading everything again. A feed that leads somewhere else, be it by one byte, makes two datasets of one version.

Example: none is known; a feed that led elsewhere would be a fault of ours.

Remedy: If a file that is no table has changed, nothing: a feed does not hold such files, and the release does. Otherwise please report the two packages.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.gate.subject import Subject
from musterroll.changes.diff import Diff
from musterroll.changes.feed import feed
from musterroll.changes.replay import replay
from musterroll.errors import Unusable
from musterroll.package.canonical import canonical_files

INFO = describe(__name__, __doc__, layer="gate")
COMPARES = True
NEEDS: tuple[str, ...] = ()


def run(subject: Subject) -> Iterator[Finding]:
    """One finding per file that comes out otherwise; a warning per file that no feed can hold."""
    if subject.diff is None:
        return
    others = list(_others(subject.diff))
    for path in others:
        yield INFO.finding(
            f"{path} is no table and is new or has changed, so the feed cannot lead to this release.",
            place=(path, None, None),
            severity="warning",
        )
    if not others:
        yield from _replayed(subject.diff)


def _others(diff: Diff) -> Iterator[str]:
    """Files that are no tables and that the release before does not have with the same content."""
    known = {path: sha256 for files in diff.old.files.values() for path, sha256 in files.items()}
    for files in diff.new.files.values():
        yield from sorted(path for path, sha256 in files.items() if known.get(path) != sha256)


def _replayed(diff: Diff) -> Iterator[Finding]:
    with TemporaryDirectory(prefix="musterroll-") as folder:
        out = Path(folder) / "replayed"
        try:
            list(replay(diff.old.package.folder, feed(diff), out))
        except Unusable as error:
            yield INFO.finding(f"The feed does not lead to this release: {error}")
            return
        for path, data in canonical_files(diff.new.package):
            if not (out / path).is_file() or (out / path).read_bytes() != data:
                yield INFO.finding(f"{path} comes out otherwise from the feed.", place=(path, None, None))
