"""Every file is in canonical form, and the descriptor carries the true hash and size of each.

Why: equal data must be equal bytes. Only then do hashes, diffs of files and the replay of a change feed prove anything.

Example: rows in another order than that of their key, or a cell quoted without need.

Remedy: Run `muster fmt` and commit what it writes; no value changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.gate.subject import Subject
from musterroll.package.canonical import canonical_files

INFO = describe(__name__, __doc__, layer="gate")
COMPARES = False
NEEDS: tuple[str, ...] = ()


def run(subject: Subject) -> Iterator[Finding]:
    """One finding per file, at the first line that is otherwise."""
    for path, data in canonical_files(subject.package):
        with subject.package.folder.open(path) as stream:
            found = stream.read()
        if found != data:
            line = first_difference(found, data)
            yield INFO.finding(f"From line {line} on {path} is not in canonical form.", place=(path, line, None))


def first_difference(one: bytes, other: bytes) -> int:
    """The first line in which two files differ, from 1."""
    lines = zip_longest(one.split(b"\n"), other.split(b"\n"))
    return next(number for number, (ours, theirs) in enumerate(lines, 1) if ours != theirs)
