"""No text of the release before has lost its end.

Why: a program with a limit for cells, a wrong separator or a slip of the mouse cuts texts off, and what is left reads like a text. Only the text as it was shows that something is missing.

Example: `Offered police officers and a medical unit for six months.` has become `Offered police officers and a medi`.

Remedy: Put the end back. If it was taken away on purpose, say so: `"release": {"explained": {"text-cut": "…"}}` in datapackage.json.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from muster_validators.check import describe
from muster_validators.finding import Finding, Severity
from muster_validators.gate.subject import Subject
from muster_validators.gate.thresholds import is_explained
from muster_validators.structure.words import is_words
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="gate")
COMPARES = True
NEEDS: tuple[str, ...] = ()
_LEAST = 4  # so many signs must be gone: less is an ending or a full stop


def run(subject: Subject) -> Iterator[Finding]:
    """One finding per text: an error if it breaks off within a word, a warning if within a sentence."""
    if subject.diff is None or is_explained(subject, INFO.id):
        return
    for change in subject.diff.changes():
        table = subject.tables.get(change.table or "")
        if change.kind != "row_changed" or table is None:
            continue
        for cell in change.cells:
            severity = _broken(cell.old or "", (cell.new or "").rstrip())
            row = _row(table, change.key) if severity and is_words(table.schema.fields.get(cell.field, {})) else None
            if row is not None and cell.field in table.index:
                yield INFO.at(
                    table, row, cell.field, "The text has lost its end.", expected=cell.old, severity=severity
                )


def _broken(old: str, new: str) -> Severity | None:
    """How bad it is that only the beginning of a text is left; a clause that was taken away is no matter."""
    if not new or not old.startswith(new) or len(old.rstrip()) - len(new) < _LEAST:
        return None
    last, following = new[-1], old[len(new)]
    if not last.isalnum():
        return None
    return "error" if following.isalnum() else "warning" if following == " " else None


def _row(table: Table, key: Mapping[str, str]) -> int | None:
    return next((row for row in range(len(table.rows)) if table.key(row) == dict(key)), None)
