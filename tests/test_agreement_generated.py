"""In packages that nobody thought of: what Frictionless finds we find, and where nothing is wrong both are silent."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
import re2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import agreement_run
from agreement_comparison import table
from agreement_faults import broken_packages
from agreement_packages import Drawn, packages
from agreement_run import compared_in_a_folder, faults_of
from muster_validators.structure.pattern import in_unicode

_SOME = settings(derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
_CLASSES = [r"\w", r"\W", r"\d", r"\D", r"\s", r"\S", r"[^\w]", r"[^\d]", r"[^\s]", r"[\w\s-]", r"[\D]", r"x|\W"]
_SHARDS = 4
_CASES = 500  # in each; benchmarks/agreement.py runs 10,000


@settings(_SOME, max_examples=30)
@given(packages())
def test_a_package_that_satisfies_all_it_declares_is_valid_to_both(package: Drawn) -> None:
    compared = compared_in_a_folder(package)

    assert compared.frictionless.crash is None
    assert not compared.frictionless.said
    assert compared.report.valid
    assert {finding.check for finding in compared.report} <= set(table("beyond"))


@settings(_SOME, max_examples=60)
@given(broken_packages())
def test_no_error_of_frictionless_is_missed_and_all_beyond_is_listed(package: Drawn) -> None:
    assert not faults_of(compared_in_a_folder(package))


@settings(_SOME, max_examples=300)
@given(st.sampled_from(_CLASSES), st.characters(exclude_categories=["Cs"]))
def test_a_sign_that_python_refuses_by_its_class_is_refused_by_one_of_our_two_readings(source: str, sign: str) -> None:
    if not re.fullmatch(source, sign):
        assert not all(re2.fullmatch(reading, sign) for reading in (source, in_unicode(source)))


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(_SHARDS))
def test_no_error_of_frictionless_is_missed_in_many_packages(shard: int) -> None:
    program = [sys.executable, agreement_run.__file__, str(1000 + shard), str(_CASES)]
    tally = json.loads(subprocess.run(program, check=True, capture_output=True).stdout)

    assert tally["cases"] >= _CASES // 2  # hypothesis may find fewer that differ
    assert tally["found"]
    assert not tally["shown"]
    assert tally["found"] + sum(tally["not_judged"].values()) == sum(tally["said"].values())
