"""The descriptor's `created` is a moment of a calendar, and not before that of the release before.

Why: it is the one date of a release. Citations, deposits and the index of releases carry it; one that is left over from the release before dates the new data to the wrong day.

Example: version 1.1.0 whose created is still that of 1.0.0.

Remedy: Set `created` in datapackage.json to the day on which this version was made, such as 2026-11-22T00:00:00Z.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from muster_validators.check import describe
from muster_validators.finding import Finding, Severity
from muster_validators.gate.subject import Subject
from musterroll.package.descriptor import DESCRIPTOR

INFO = describe(__name__, __doc__, layer="gate")
COMPARES = False
NEEDS: tuple[str, ...] = ()


def run(subject: Subject) -> Iterator[Finding]:
    """One finding at most."""
    declared = subject.package.descriptor.get("created")
    old = subject.diff.old.package.descriptor.get("created") if subject.diff else None
    moment, before = _moment(declared), _moment(old)
    if declared is None:
        yield _finding(subject, "There is no created: a citation of this release would have no date.", "warning")
    elif moment is None:
        yield _finding(subject, f"created is {declared!r}, which is no moment such as 2026-11-22T00:00:00Z.", "error")
    elif moment.date() > subject.today:
        yield _finding(subject, f"created is {declared}, and today is {subject.today}.", "error")
    elif before is not None and moment < before:
        yield _finding(subject, f"created is {declared}, before that of the release before, {old}.", "error")
    elif declared == old and subject.diff is not None and subject.diff.counts:
        yield _finding(subject, f"created is still that of the release before, {old}.", "warning")


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _finding(subject: Subject, message: str, severity: Severity) -> Finding:
    declared = subject.package.descriptor.get("created")
    place = (None, None) if declared is None else subject.package.document.place(("created",))
    value = None if declared is None else str(declared)
    return INFO.finding(message, field="created", place=(DESCRIPTOR, *place), value=value, severity=severity)
