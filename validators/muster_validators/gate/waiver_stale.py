"""A waiver accepts a finding that is really made.

Why: a waiver without a finding was forgotten when the fault was mended, or names another fault than its author thinks. Left in place, it would accept the same fault again one day, unseen.

Example: the evidence that was missing is there now, and the waiver that accepted its absence still stands.

Remedy: Take the waiver out; if its finding has changed, `muster validate --format json` gives the new fingerprint.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.gate.subject import Subject

INFO = describe(__name__, __doc__, layer="gate")
COMPARES = False
NEEDS: tuple[str, ...] = ("waivers",)


def run(subject: Subject) -> Iterator[Finding]:
    """One finding per waiver; those of checks that could not run are left in peace."""
    made = {(finding.check, finding.fingerprint) for finding in subject.findings}
    for waiver in subject.waivers:
        if (waiver.check, waiver.fingerprint) not in made and waiver.check not in subject.not_run:
            message = f"{waiver.id} accepts a finding of {waiver.check} that is not made."
            yield INFO.at(subject.tables["waivers"], waiver.row, "fingerprint", message)
