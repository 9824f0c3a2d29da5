"""A stable release holds no row that is marked as a candidate.

Why: a candidate was proposed and not yet reviewed. In a release candidate (1.1.0-rc.1) it may be looked at; in a stable release readers take it for the record.

Example: a row whose column `review` says candidate, in version 1.1.0.

Remedy: Review the row and set `review` to accepted, take it out, or publish a release candidate.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.gate.subject import Subject

INFO = describe(__name__, __doc__, layer="gate")
COMPARES = False
NEEDS: tuple[str, ...] = ()
COLUMN, CANDIDATE = "review", "candidate"


def run(subject: Subject) -> Iterator[Finding]:
    """One finding per row, unless the version is a release candidate's."""
    from semver import Version

    version = subject.package.version
    if version is not None and Version.is_valid(version) and Version.parse(version).prerelease:
        return
    for table in subject.tables.values():
        rows = enumerate(table.column(COLUMN)) if COLUMN in table.index else ()
        for row, text in rows:
            if text == CANDIDATE:
                yield INFO.at(table, row, COLUMN, f"The row is a candidate, and {version} is a stable version.")
