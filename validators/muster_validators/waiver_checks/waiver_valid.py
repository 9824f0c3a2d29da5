"""A waiver names a check whose findings can be waived and the row of its finding, gives a reason, and has not expired.

Why: a waiver is a promise to mend something by a day. One that outlives its day, or says nothing, hides a fault for ever; one that names another row than it silences misleads whoever reads it. `muster validate` warns of it, since who uses a release cannot mend it; in `muster gate` it is an error.

Example: a waiver of figure-has-evidence with expires_on 2025-12-31, looked at in 2026.

Remedy: Mend what it accepts and take it out; or, if it is still right, say so with a new day and its reason. Waivers of the structure, of the gate and of waivers themselves do not exist.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.waiver_checks.subject import WaiverSubject
from muster_validators.waivers import Waiver, row_id_of

INFO = describe(__name__, __doc__, layer="facts", severity="warning")


def run(subject: WaiverSubject) -> Iterator[Finding]:
    """One finding per fault of a waiver; of a stale one its last day does not matter."""
    for waiver in subject.waivers:
        for field, message, expected in _faults(waiver, subject):
            yield INFO.at(subject.table, waiver.row, field, message, expected=expected, severity=subject.severity)


def _faults(waiver: Waiver, subject: WaiverSubject) -> Iterator[tuple[str, str, str | None]]:
    """Column, message and what was expected."""
    if waiver.check not in subject.waivable:
        message = f"{waiver.check} is no check whose findings can be waived."
        yield "check_id", message, "a check of facts or plausibility"
    if not waiver.reason:
        yield "reason", "The waiver gives no reason.", None
    if waiver.expires is None:
        yield "expires_on", "The last day of the waiver is no date, so it accepts nothing.", "a date"
    elif not waiver.is_in_force(subject.today) and not subject.is_stale(waiver):
        yield "expires_on", f"The waiver held up to {waiver.expires}; today is {subject.today}.", None
    found = subject.accepted(waiver)
    if found is not None and waiver.check in subject.waivable:
        yield from _misplaced(waiver, found)


def _misplaced(waiver: Waiver, found: Finding) -> Iterator[tuple[str, str, str | None]]:
    """An empty cell says nothing wrong; a filled one must be that of the finding."""
    table, row = found.table or "", row_id_of(found)
    if waiver.table_name not in {"", table}:
        yield "table_name", f"The finding that {waiver.id} accepts is not in {waiver.table_name}.", table
    elif waiver.row_id not in {"", row}:
        yield "row_id", f"The finding that {waiver.id} accepts is not in the row {waiver.row_id}.", row
