"""The descriptor says in a sentence or two what this release brings, in its property `release`.

Why: the changelog is drafted by machine and begins with words of a person. Readers decide by them whether the release concerns them.

Example: version 1.1.0 with no property `release`, or with that of version 1.0.0.

Remedy: Set `"release": {"version": "…", "briefly": "…"}` in datapackage.json: the version of the package, and what it brings.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.gate.subject import Subject
from musterroll.errors import Unusable
from musterroll.package.descriptor import DESCRIPTOR
from musterroll.release.changelog.notes import read_notes

INFO = describe(__name__, __doc__, layer="gate")
COMPARES = False
NEEDS: tuple[str, ...] = ()


def run(subject: Subject) -> Iterator[Finding]:
    """One finding at most."""
    try:
        briefly = read_notes(subject.package).briefly
    except Unusable as error:
        yield _finding(subject, f"{error}.")
        return
    if briefly is None:
        yield _finding(subject, f"Nothing is said of version {subject.package.version}.")
    elif subject.diff is not None and subject.diff.old.package.version != subject.package.version:
        old = subject.diff.old.package.descriptor.get("release")
        if isinstance(old, dict) and str(old.get("briefly")).strip() == briefly:
            yield _finding(subject, "What is said of this version was said of the one before.")


def _finding(subject: Subject, message: str) -> Finding:
    place = subject.package.document.place(("release",)) if "release" in subject.package.descriptor else (None, None)
    return INFO.finding(message, field="release", place=(DESCRIPTOR, *place))
