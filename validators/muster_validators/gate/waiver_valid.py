"""A waiver names a check whose findings can be waived, gives a reason, and has not expired.

Why: a waiver is a promise to mend something by a day. One that outlives its day, or says nothing, hides a fault for ever.

Example: a waiver of figure-has-evidence with expires_on 2025-12-31, looked at in 2026.

Remedy: Mend what it accepts and take it out; or, if it is still right, say so with a new day and its reason. Waivers of the structure and of the gate itself do not exist.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.facts.judge import CATALOGUE as FACTS
from muster_validators.finding import Finding
from muster_validators.gate.subject import Subject
from muster_validators.plausibility.judge import CATALOGUE as PLAUSIBILITY

INFO = describe(__name__, __doc__, layer="gate")
COMPARES = False
NEEDS: tuple[str, ...] = ("waivers",)


def run(subject: Subject) -> Iterator[Finding]:
    """One finding per fault of a waiver."""
    table = subject.tables["waivers"]
    for waiver in subject.waivers:
        if waiver.check not in {**FACTS, **PLAUSIBILITY}:
            message = f"{waiver.check} is no check whose findings can be waived."
            yield INFO.at(table, waiver.row, "check_id", message, expected="a check of facts or plausibility")
        if not waiver.reason:
            yield INFO.at(table, waiver.row, "reason", "The waiver gives no reason.")
        if not waiver.is_in_force(subject.today):
            message = f"The waiver held up to {waiver.expires}; today is {subject.today}."
            yield INFO.at(table, waiver.row, "expires_on", message)
