"""In the derived table `balance`, no country has at least more people deployed than it can at most have pledged.

Why: it is the record's first promise to its readers, so two judges look at it. This one sees only the finished table; a country that `deployed-within-pledged` already reports gets a warning here, one that it does not report an error, for then the two judges disagree.

Example: a country that pledged 150 police has 200 arrivals and no departure.

Remedy: `muster explain deployed-within-pledged` says what to look for. If only this check reports it, `muster balance --as-of DATE --country CODE` shows the rows; please report a case in which the first check is silent.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.facts.deployed_within_pledged import NEEDS as NEEDS
from muster_validators.finding import Finding
from muster_validators.plausibility.expectation import Cells, Derived, Expectation, Outcome, at_least
from muster_validators.plausibility.subject import Subject

INFO = describe(__name__, __doc__, layer="plausibility")
COMPARES = False


def expect(subject: Subject) -> Iterator[Expectation]:
    """That the most that may be there is at least the least that is there, wherever both are known."""
    if rows := subject.balance:
        columns: dict[str, Cells] = {
            "mission_id": [row.mission for row in rows],
            "country_code": [str(row.country) for row in rows],
            "as_of": [row.as_of.isoformat() for row in rows],
            "deployed_min": [row.deployed.min for row in rows],
            "allowed_max": [row.allowed.max if row.allowed else None for row in rows],
        }
        yield at_least(INFO.id, Derived("balance", columns), "allowed_max", "deployed_min", learned=False)


def report(subject: Subject, expectation: Expectation, outcome: Outcome) -> Iterator[Finding]:
    """One finding per country, at the first day; people carry over from mission to mission, and so does a surplus."""
    seen = set()
    for row in (subject.balance[index] for index in outcome.rows):
        if row.country in seen or row.country is None or row.allowed is None:
            continue
        seen.add(row.country)
        yield INFO.finding(
            f"On {row.as_of} {row.country} has at least {row.deployed.min:,} deployed; "
            f"its pledges allow at most {row.allowed.max:,}.",
            table="balance",
            key={"mission_id": row.mission, "country_code": row.country, "as_of": row.as_of.isoformat()},
            field="deployed",
            value=str(row.deployed.min),
            expected=f"at most {row.allowed.max}",
            severity="warning" if row.country in subject.accused else "error",
        )
