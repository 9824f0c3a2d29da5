"""Every file is in canonical form, and the descriptor carries the true hash and size of each.

Why: equal data must be equal bytes. Only then do hashes, diffs of files and the replay of a change feed prove anything.

Example: rows in another order than that of their key, or a cell quoted without need.

Remedy: Run `muster fmt` and commit what it writes; no value changes.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.gate.subject import Subject
from musterroll.package.canonical import canonical_files

INFO = describe(__name__, __doc__, layer="gate")
COMPARES = False
NEEDS: tuple[str, ...] = ()


def run(subject: Subject) -> Iterator[Finding]:
    """One finding per file."""
    for path, data in canonical_files(subject.package):
        with subject.package.folder.open(path) as stream:
            if stream.read() != data:
                yield INFO.finding(f"{path} is not in canonical form.", place=(path, None, None))
