"""The gate in order: every check on the package as it was judged, none of them passed by not running."""

from __future__ import annotations

from dataclasses import dataclass, field

from muster_validators.finding import Finding, NotRun
from muster_validators.gate import (
    candidate_row,
    canonical_form,
    change_share,
    changelog_headline,
    correction_explained,
    evidence_complete,
    id_lost,
    id_reused,
    provenance_kept,
    release_date,
    replay_proof,
    text_cut,
    totals_moved,
    version_sufficient,
)
from muster_validators.gate.subject import GateCheck, Subject
from muster_validators.guard import Guard

CHECKS: tuple[GateCheck, ...] = (
    candidate_row,
    canonical_form,
    change_share,
    changelog_headline,
    correction_explained,
    evidence_complete,
    id_lost,
    id_reused,
    provenance_kept,
    release_date,
    replay_proof,
    text_cut,
    totals_moved,
    version_sufficient,
)
CATALOGUE = {check.INFO.id: check.INFO for check in CHECKS}
_ON_EVERY_TABLE: tuple[GateCheck, ...] = (candidate_row, id_lost, id_reused)  # whatever it is called
_UNCOMPARED = "the package could not be compared with the release before"


@dataclass
class Gate:
    """What the gate found; `inapplicable` names the checks that have nothing to look at."""

    findings: list[Finding] = field(default_factory=list)
    not_run: list[NotRun] = field(default_factory=list)
    inapplicable: tuple[str, ...] = ()


def judge_gate(subject: Subject, *, is_first: bool, failure: NotRun | None = None) -> Gate:
    """Run every check that applies; `is_first` says that no release before was named.

    Where one was named and the two could not be compared, what compares did not
    run; `failure` says why.
    """
    result = Gate()
    result.inapplicable = tuple(check.INFO.id for check in CHECKS if not _applies(check, subject, is_first=is_first))
    guard = Guard(result.not_run)
    for check in CHECKS:
        id = check.INFO.id
        spoilt = [name for name in check.NEEDS if name not in subject.tables]
        if id in result.inapplicable:
            continue
        if check.COMPARES and subject.diff is None:
            environment = failure is not None and failure.environment
            result.not_run.append(
                NotRun(id, _UNCOMPARED + (f": {failure.reason}" if failure else ""), None, environment)
            )
        elif spoilt:
            result.not_run.append(NotRun(id, f"the structure of {', '.join(spoilt)} has errors"))
        else:
            result.findings += guard.run(id, check.run, subject)
            if check in _ON_EVERY_TABLE:
                result.not_run += [NotRun(id, "its structure has errors", name) for name in subject.unsound]
    return result


def without_package(reason: str) -> Gate:
    """The outcome where there is nothing that could be judged."""
    return Gate(not_run=[NotRun(check.INFO.id, reason) for check in CHECKS])


def _applies(check: GateCheck, subject: Subject, *, is_first: bool) -> bool:
    if check.COMPARES and is_first:
        return False
    return all(subject.package.resource(name) for name in check.NEEDS)
