"""The facts layer: every invariant of the mission-record profile, on the record as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from muster_validators.check import RecordCheck
from muster_validators.facts import (
    arrival_announced,
    arrival_authorised,
    change_reason_fits,
    commitment_exists,
    commitment_is_constant,
    condition_settled,
    countries_add_up,
    dates_in_order,
    departure_after_arrival,
    deployed_within_pledged,
    disputed_range,
    entered_twice,
    erratum_names_a_row,
    evidence_names_a_row,
    figure_has_evidence,
    mandate_of_the_day,
    no_circular_parts,
    no_duplicates,
    one_preferred,
    preferred_equals_cell,
    qualifier_fits_bounds,
    reason_given,
    retired_id_gone,
    revisions_in_order,
    source_after_event,
    stance_fits_values,
    stocks_reconcile,
    summable_fits,
    unit_fits,
    value_in_notation,
    within_ceiling,
)
from muster_validators.finding import Finding, NotRun
from muster_validators.guard import Guard
from muster_validators.record_of import record_of
from muster_validators.structure.judge import Structure
from musterroll.errors import Unusable
from musterroll.record.balance import BalanceRow, balance
from musterroll.record.host import UNNAMED, Host

CHECKS: tuple[RecordCheck, ...] = (
    arrival_announced,
    arrival_authorised,
    change_reason_fits,
    commitment_exists,
    commitment_is_constant,
    condition_settled,
    countries_add_up,
    dates_in_order,
    departure_after_arrival,
    deployed_within_pledged,
    disputed_range,
    entered_twice,
    erratum_names_a_row,
    evidence_names_a_row,
    figure_has_evidence,
    mandate_of_the_day,
    no_circular_parts,
    no_duplicates,
    one_preferred,
    preferred_equals_cell,
    qualifier_fits_bounds,
    reason_given,
    retired_id_gone,
    revisions_in_order,
    source_after_event,
    stance_fits_values,
    stocks_reconcile,
    summable_fits,
    unit_fits,
    value_in_notation,
    within_ceiling,
)
CATALOGUE = {check.INFO.id: check.INFO for check in CHECKS}


@dataclass
class Facts:
    """What the layer found; no check applies to a package that follows another profile or none."""

    findings: list[Finding] = field(default_factory=list)
    not_run: list[NotRun] = field(default_factory=list)
    inapplicable: tuple[str, ...] = ()
    headline: BalanceRow | None = None  # the whole mission at the record's horizon
    host: Host = UNNAMED  # the country that the record names


def judge_facts(structure: Structure) -> Facts:
    """Run every invariant whose tables are sound; say of the others that they could not run."""
    result = Facts()
    try:
        record = record_of(structure)
    except Unusable as problem:
        result.not_run += [NotRun(check.INFO.id, str(problem)) for check in CHECKS]
        return result
    if record is None:
        return Facts(inapplicable=tuple(CATALOGUE))
    guard = Guard(result.not_run)
    for check in CHECKS:
        spoilt = [name for name in check.NEEDS if structure.is_spoilt(name)]
        if spoilt:
            result.not_run.append(NotRun(check.INFO.id, f"the structure of {', '.join(spoilt)} has errors"))
        else:
            result.findings += guard.run(check.INFO.id, check.run, record)
    if record.horizon and not result.not_run and record.missions:
        result.headline, result.host = balance(record, record.horizon)[-1], record.host
    return result
