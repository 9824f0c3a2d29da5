"""A waiver accepts a finding that is really made.

Why: a waiver without a finding was forgotten when the fault was mended, or names another fault than its author thinks. Left in place, it would accept the same fault again one day, unseen. `muster validate` warns of it, since who uses a release cannot mend it; in `muster gate` it is an error.

Example: the evidence that was missing is there now, and the waiver that accepted its absence still stands.

Remedy: Take the waiver out. If its finding has changed and is still right to accept, give it the new fingerprint, which stands behind the finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.waiver_checks.subject import WaiverSubject
from muster_validators.waivers import Waiver, row_id_of

INFO = describe(__name__, __doc__, layer="facts", severity="warning")


def run(subject: WaiverSubject) -> Iterator[Finding]:
    """One finding per waiver; those of checks that did not run, or not on all they should, are left in peace."""
    for waiver in filter(subject.is_stale, subject.waivers):
        other = subject.by_fingerprint.get(waiver.fingerprint)
        now = _now(waiver, subject.findings)
        if other:
            message = f"{waiver.id} accepts a finding of {waiver.check}, but its fingerprint is one of {other.check}."
        elif now:
            message = f"{waiver.id} accepts a finding of {waiver.check} that has changed: its fingerprint is {now} now."
        else:
            message = f"{waiver.id} accepts a finding of {waiver.check} that is not made."
        column = "check_id" if other else "fingerprint"
        expected = other.check if other else now
        yield INFO.at(subject.table, waiver.row, column, message, expected=expected, severity=subject.severity)


def _now(waiver: Waiver, findings: Sequence[Finding]) -> str | None:
    """The fingerprint of what its check finds in its row today, if that is one finding."""
    if not waiver.row_id:
        return None
    here = {
        finding.fingerprint
        for finding in findings
        if (finding.check, finding.table, row_id_of(finding)) == (waiver.check, waiver.table_name, waiver.row_id)
    }
    return here.pop() if len(here) == 1 else None
