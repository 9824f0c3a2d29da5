"""The first revision of a commitment is new, and no later one is.

Why: the reason tells what happened between two revisions. A later one that is called new looks like a promise of its own, and a first one that changed something has lost what it changed.

Example: revision 2 of a pledge has the change_reason new.

Remedy: Say what happened since the revision before: world_changed, source_corrected or found_later. A promise on top of another is a commitment of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.facts.revisions_in_order import chains
from muster_validators.finding import Finding
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("commitments",)


def run(record: Record) -> Iterator[Finding]:
    """One finding per revision."""
    table = record.tables["commitments"]
    for rows in chains(table).values():
        for row in rows:
            is_first = row == rows[0]  # whatever its number: a gap is the matter of revisions-in-order
            reason = table.cell(row, "change_reason")
            if is_first != (reason == "new"):
                message = f"Revision {table.cell(row, 'revision')} has the reason {reason}."
                expected = "new" if is_first else "what has changed"
                yield INFO.at(table, row, "change_reason", message, expected=expected)
