"""Every row of the record and every number in it has evidence, whatever is waived.

Why: nothing without evidence is the record's promise to its readers. A draft may wait for a source; a release may not.

Example: 414 of 415 rows have evidence, and a waiver accepts the one that has none.

Remedy: Add the missing rows to `evidence`, or leave the row out of this release; `figure-has-evidence` names it.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.facts import figure_has_evidence
from muster_validators.finding import Finding
from muster_validators.gate.subject import Subject
from musterroll.errors import Unusable
from musterroll.record.claims import ID_COLUMNS

INFO = describe(__name__, __doc__, layer="gate")
COMPARES = False
NEEDS: tuple[str, ...] = figure_has_evidence.NEEDS


def run(subject: Subject) -> Iterator[Finding]:
    """One finding, with the share of rows that have evidence."""
    if figure_has_evidence.INFO.id in subject.not_run or subject.record is None:
        raise Unusable(f"{figure_has_evidence.INFO.id} did not run")
    without = {(finding.table, finding.row) for finding in figure_has_evidence.run(subject.record)}
    rows = sum(len(subject.tables[name].rows) for name in ID_COLUMNS)
    if without:
        message = f"Evidence is complete for {rows - len(without):,} of {rows:,} rows."
        yield INFO.finding(message, table="evidence", expected="all of them")
