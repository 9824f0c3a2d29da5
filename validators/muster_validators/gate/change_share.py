"""Where more than a fifth of a table's rows were removed or have other values, the release says why.

Why: a script that touches what it should not, or a file saved by a spreadsheet, changes many rows at once, and each change by itself looks like a correction.

Example: in 60 of 120 rows the dates have moved by a day.

Remedy: If the change is meant, explain it: `"release": {"explained": {"change-share": "…"}}` in datapackage.json. If not, `muster diff OLD` shows what happened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.gate.subject import Subject
from muster_validators.gate.thresholds import is_explained, thresholds
from muster_validators.plausibility.subject import percent
from musterroll.changes.change import Change

INFO = describe(__name__, __doc__, layer="gate")
COMPARES = True
NEEDS: tuple[str, ...] = ()


def run(subject: Subject) -> Iterator[Finding]:
    """One finding per table."""
    if subject.diff is None or is_explained(subject, INFO.id):
        return
    touched = Counter(change.table for change in subject.diff.changes() if _is_touched(change))
    for name, count in touched.items():
        old, new = subject.diff.old.tables.get(name or ""), subject.diff.new.tables.get(name or "")
        if old and new and thresholds()[INFO.id].is_passed(count, old.rows):
            resource = subject.package.resource(old.name)
            yield INFO.finding(
                f"{count:,} of {old.rows:,} rows ({percent(count / old.rows)}) were removed or have other values.",
                table=old.name,
                place=(resource.files[0] if resource and resource.files else None, None, None),
                value=str(count),
                expected=f"at most {percent(thresholds()[INFO.id].share)}, or an explanation",
            )


def _is_touched(change: Change) -> bool:
    """Whether an old row is gone or says something else; what a new column brings is not counted."""
    if change.kind == "row_changed":
        return any(cell.nature == "value" and cell.old is not None for cell in change.cells)
    return change.kind == "row_removed"
