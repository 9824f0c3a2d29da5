"""What Frictionless finds we find, at the same place, in every package of the corpus; what we find beyond is listed.

A case is a folder `agreement/<checks>/<name>/`, named by the checks that must find something in it (`none` if nothing
may, `not-run` if a check cannot run and none finds anything).
"""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest
from frictionless import errors
from frictionless.checks import baseline
from frictionless.platform import platform

from agreement_comparison import HERE, Comparison, compare, table
from agreement_page import page
from muster_validators import CATALOGUES, validate
from running import ROOT

CASES = sorted(path for path in HERE.glob("*/*") if path.is_dir())
_MANY = 150


@cache
def _compared(case: Path) -> Comparison:
    return compare(case)


def _id(case: Path) -> str:
    return "/".join(case.parts[-2:])


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_we_find_what_the_folder_is_named_by_and_all_that_frictionless_finds_at_the_same_place(case: Path) -> None:
    compared = _compared(case)

    assert compared.codes == set(case.parent.name.split("+")) - {"none"}
    assert not compared.missed
    assert {finding.check for finding in compared.beyond} <= set(table("beyond"))
    assert compared.frictionless.crash is None or compared.report.findings or not compared.report.valid


def test_the_corpus_is_large_and_its_folders_are_named_by_checks_that_exist() -> None:
    known = {id for catalogue in CATALOGUES.values() for id in catalogue} | {"none", "not-run"}
    named = [case.parent.name.split("+") for case in CASES]

    assert len(CASES) >= _MANY
    assert all(set(names) <= known and names == sorted(names) for names in named)


@pytest.mark.parametrize("check", sorted(table("beyond")))
def test_what_frictionless_misses_is_shown_by_an_example(check: str) -> None:
    entry = table("beyond")[check]
    compared = _compared(HERE / entry["example"])
    findings = compared.report if entry.get("answers") else compared.beyond

    assert check in {finding.check for finding in findings}


@pytest.mark.parametrize("type", sorted(table("errors")))
def test_every_error_type_of_frictionless_is_provoked_in_the_corpus(type: str) -> None:
    never = table("errors")[type].get("never")
    provoked = any(said.type == type for case in CASES for said in _compared(case).frictionless.said)

    assert provoked is (never is None)


@pytest.mark.parametrize("reason", sorted(table("not_judged")))
def test_what_we_do_not_judge_fails_and_says_what_to_mend_first(reason: str) -> None:
    shown = [case for case in CASES if reason in {name for _, name in _compared(case).not_judged}]

    assert shown
    assert all(_compared(case).report.exit_code() == 1 for case in shown)


def test_no_error_type_that_validation_can_report_is_forgotten() -> None:
    of_data = {error.type for error in baseline.Errors}
    of_files = {"scheme-error", "source-error", "format-error", "encoding-error", "compression-error"}
    of_descriptors = {
        error.type
        for error in (
            errors.PackageError,
            errors.ResourceError,
            errors.SchemaError,
            errors.FieldError,
            errors.DialectError,
        )
    } | {errors.ControlError.type}

    assert of_data | of_files | of_descriptors | {"error"} == set(table("errors"))


def test_a_format_whose_library_is_not_there_is_a_check_that_could_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("frictionless.vendors.wkt", "tatsu."))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(vars(platform), "wkt", raising=False)
    monkeypatch.setitem(sys.modules, "tatsu", None)

    report = validate(HERE / "none/string-formats-wkt", ("structure",))

    assert {item.check for layer in report.layers for item in layer.not_run} >= {"type-error", "constraint-error"}
    assert not report.findings
    assert report.exit_code() == 4


def test_the_checks_in_the_lists_exist() -> None:
    structure = set(CATALOGUES["structure"])

    assert set(table("beyond")) <= structure
    for entry in table("errors").values():
        assert {*entry["ours"], *entry.get("causes", ())} <= structure
    for entry in table("not_judged").values():
        assert set(entry["because"]) <= structure


def test_the_page_is_made_from_the_lists_and_the_last_run() -> None:
    made = page((ROOT / "benchmarks/agreement.json").read_text())

    assert (ROOT / "docs/checks/beyond-frictionless.md").read_text() == made


def test_frictionless_is_the_version_that_the_lists_speak_of() -> None:
    assert f"frictionless=={version('frictionless')}" in (ROOT / "requirements.lock").read_text()
    assert version("frictionless").startswith("5.21.")
