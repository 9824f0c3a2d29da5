"""Laws of `--new-since`, on made-up reports and on packages with planted faults."""

from __future__ import annotations

import functools
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golden import build_base
from muster_validators import Finding, Layer, Report, validate
from muster_validators.finding import SEVERITIES, Severity
from muster_validators.newness import marked
from musterroll.errors import Refused
from running import replace

# Several findings of one fingerprint, at several places and with several severities.
FINDINGS = st.lists(
    st.builds(
        lambda value, line, severity: Finding(
            check="type-error", layer="structure", severity=severity, message="", remedy="", value=value, line=line
        ),
        st.sampled_from("ab"),
        st.integers(1, 5),
        st.sampled_from(SEVERITIES),
    ),
    max_size=8,
)
FAULTS = (
    ("data/deployments.csv", "D-0002,MSS,KEN,arrival,police,200,", "D-0002,MSS,KEN,arrival,police,,"),
    ("data/deployments.csv", "2024-10-18,2024-10-18,in_haiti", "2024-10-19,2024-10-18,in_haiti"),
    ("data/evidence.csv", "V-0001,", "V-0001,x"),
    ("data/events.csv", "E-0002,attack", "E-0002,atack"),
)


def report(findings: list[Finding]) -> Report:
    return Report("p", None, (Layer("structure", 73, tuple(findings)),))


def count(findings: Report, value: str, worst: Severity) -> int:
    """How many findings of a value are at least that serious."""
    serious = SEVERITIES[: SEVERITIES.index(worst) + 1]
    return sum(finding.value == value and finding.severity in serious for finding in findings)


@given(FINDINGS)
def test_of_a_package_and_itself_nothing_is_new(findings: list[Finding]) -> None:
    same = marked(report(findings), report(findings[::-1]))

    assert all(finding.known for finding in same)
    assert (same.valid, same.exit_code("warning"), same.known) == (True, 0, len(findings))


@given(FINDINGS, FINDINGS)
def test_what_is_new_is_the_least_that_any_pairing_leaves(new: list[Finding], old: list[Finding]) -> None:
    """By Hall's theorem: the most that, from some severity upwards, exceed their counterparts."""
    result = marked(report(new), report(old))

    for value in "ab":
        excess = [count(report(new), value, worst) - count(report(old), value, worst) for worst in SEVERITIES]
        assert sum(not finding.known for finding in result if finding.value == value) == max(0, *excess)


@given(FINDINGS, FINDINGS)
def test_with_one_severity_as_many_are_known_in_either_direction(new: list[Finding], old: list[Finding]) -> None:
    new, old = ([item for item in each if item.severity == "error"] for each in (new, old))

    assert marked(report(new), report(old)).known == marked(report(old), report(new)).known


@given(FINDINGS, FINDINGS)
def test_nothing_is_lost_and_nothing_but_the_mark_changes(new: list[Finding], old: list[Finding]) -> None:
    result = marked(report(new), report(old))

    assert [item.message for item in result.layers[0].findings] == [item.message for item in new]
    assert Counter((item.fingerprint, item.line, item.severity) for item in result) == Counter(
        (item.fingerprint, item.line, item.severity) for item in new
    )
    assert sum(result.counts.values()) + result.known == len(new)


@given(FINDINGS, FINDINGS, FINDINGS)
def test_a_worse_old_package_never_makes_more_new(new: list[Finding], old: list[Finding], more: list[Finding]) -> None:
    assert marked(report(new), report(old + more)).known >= marked(report(new), report(old)).known


def test_an_old_package_that_was_refused_excuses_nothing() -> None:
    with pytest.raises(Refused, match="p: the package to compare findings with is refused"):
        marked(report([]), Report("p", None, (), refused=True))


@functools.cache
def judged(faults: frozenset[int]) -> Report:
    """The made-up record with some of the faults."""
    with tempfile.TemporaryDirectory() as place:
        package = build_base("mission", Path(place) / "p")
        for number in sorted(faults):
            replace(package, *FAULTS[number])
        return validate(package, ("structure", "facts"))


@pytest.mark.slow
@settings(deadline=None, max_examples=12)
@given(st.frozensets(st.sampled_from(range(2))), st.frozensets(st.sampled_from(range(2))))
def test_planted_faults_are_new_exactly_where_they_were_not_before(old: frozenset[int], new: frozenset[int]) -> None:
    result = marked(judged(new), judged(old))

    known_before = {finding.fingerprint for finding in judged(old)}
    assert {item.fingerprint for item in result if not item.known} == {
        item.fingerprint for item in judged(new) if item.fingerprint not in known_before
    }
    assert result.exit_code() == int(bool(new - old))
