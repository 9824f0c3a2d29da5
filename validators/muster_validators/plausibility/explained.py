"""What the maintainer explains in the descriptor, for this version: a change with a reason is information."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from muster_validators.finding import Finding
from musterroll.errors import Unusable
from musterroll.package.descriptor import Package
from musterroll.release.changelog.notes import read_notes

_ALSO = {
    "sums-moved": "totals-moved"
}  # the gate asks the same question of the headline totals, and gets the same answer


def explanations(package: Package | None) -> Mapping[str, str]:
    """The texts of `release.explained`, by check.

    Nothing is explained by notes that are not ours: another package may use the
    property for something else, and where it must be ours the gate says so.
    """
    try:
        return read_notes(package).explained if package else {}
    except Unusable:
        return {}


def with_explanation(finding: Finding, known: Mapping[str, str]) -> Finding:
    """The finding; as information, with the reason, if its check (or its check and table: `row-count/events`) is explained."""
    names = [f"{finding.check}/{finding.table}", finding.check, _ALSO.get(finding.check, finding.check)]
    reason = next((known[name] for name in names if name in known), None)
    if reason is None:
        return finding
    return replace(finding, severity="info", message=f"{finding.message} Explained: {reason}")
