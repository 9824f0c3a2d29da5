"""JUnit XML that CI servers read: a case per check, one outcome each, and no text that ends an element."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import HealthCheck, given, settings

from hostile_reports import report_of, reports
from muster_cli.render.junit import render_junit
from muster_validators import CATALOGUES, Finding, Report
from muster_validators.finding import NotRun, Related, Severity
from muster_validators.report import Layer, Release

# Of Jenkins' junit-10.xsd, by element: what must be there, and what may.
_ATTRIBUTES = {
    "testsuites": ({"name", "tests", "failures", "errors"}, set[str]()),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped"}, set[str]()),
    "testcase": ({"name", "classname"}, set[str]()),
    "failure": ({"type", "message"}, set[str]()),
    "error": ({"type", "message"}, set[str]()),
    "skipped": ({"type", "message"}, set[str]()),
    "system-out": (set[str](), set[str]()),
}
_CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "error", "skipped", "system-out"},
}


def finding(severity: Severity = "error", number: int = 1, **more: object) -> Finding:
    """A finding of `category`, in structure."""
    parts = {"table": "people", "key": {"id": str(number)}, "file": "data/people.csv", "line": number, **more}
    return Finding(check="category", layer="structure", severity=severity, message="sour", remedy="y", **parts)  # type: ignore[arg-type]


def case(report: Report, check: str = "category", **options: Severity) -> Element:
    """The test case of a check."""
    (found,) = [
        item for item in fromstring(render_junit(report, **options)).iter("testcase") if item.get("name") == check
    ]
    return found


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
@given(reports())
def test_every_report_is_a_document_that_readers_know(report: Report) -> None:
    text = render_junit(report)
    root = fromstring(text)

    assert text.isascii()
    assert root.tag == "testsuites"
    assert [suite.get("name") for suite in root] == [layer.name for layer in report.layers]
    for element in root.iter():
        needed, allowed = _ATTRIBUTES[element.tag]
        assert needed <= set(element.keys()) <= needed | allowed
        assert {child.tag for child in element} <= _CHILDREN.get(element.tag, set())
    for suite, layer in zip(root, report.layers, strict=True):
        assert [item.get("name") for item in suite] == sorted(CATALOGUES[layer.name])
        assert all(len(item) <= 1 for item in suite)
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert suite.get(name) == str(len(list(suite.iter(tag))))
        assert suite.get("tests") == str(len(suite))
        assert {item.get("name") for item in suite if item.find("error") is not None} == {
            item.check for item in layer.not_run
        }
    for name in ("tests", "failures", "errors"):
        assert root.get(name) == str(sum(int(suite.get(name, "")) for suite in root))


def test_a_failure_lists_its_findings_with_place_and_remedy() -> None:
    related = (Related(table="people", key={"id": "2"}, says="the same", file="data/people.csv", line=3),)
    found = finding(field="taste", value="sour", related=related)

    failure = case(report_of(found)).find("failure")

    assert failure is not None
    assert failure.get("message") == f"1 × {CATALOGUES['structure']['category'].holds}"
    first, row, why, mend = (failure.text or "").splitlines()
    assert first == f"data/people.csv:1: error: sour [1 taste = sour] {found.fingerprint}"
    assert row == "    data/people.csv:3: 2: the same"
    assert why.startswith("why: ")
    assert mend == f"mend: {CATALOGUES['structure']['category'].remedy}"


@pytest.mark.parametrize(
    ("threshold", "severity", "known", "outcome"),
    [
        ("error", "error", False, "failure"),
        ("error", "warning", False, "system-out"),
        ("warning", "warning", False, "failure"),
        ("warning", "info", False, "system-out"),
        ("warning", "error", True, "system-out"),
    ],
)
def test_only_what_fails_the_run_fails_a_case_and_the_rest_is_its_output(
    threshold: Severity, severity: Severity, known: bool, outcome: str
) -> None:
    report = report_of(finding(severity, known=known), new_since=Release("plain", "0.9.0"))

    (child,) = case(report, fail_on=threshold)

    assert child.tag == outcome
    assert ("(known)" in (child.text or "")) is known
    assert bool(report.exit_code(threshold)) == (outcome == "failure")


def test_not_run_is_an_error_and_what_the_check_found_before_stands_in_it() -> None:
    not_run = (NotRun("category", "the judge is missing", "people"), NotRun("category", "too late"))

    (error,) = case(Report("plain", None, (Layer("structure", 3, (finding(),), not_run),)))

    assert (error.tag, error.get("type")) == ("error", "not-run")
    assert error.get("message") == "could not run on people: the judge is missing"
    assert "could not run: too late" in (error.text or "")
    assert "data/people.csv:1" in (error.text or "")


def test_what_does_not_apply_is_skipped_and_what_holds_is_silent() -> None:
    report = Report("plain", None, (Layer("structure", 3, inapplicable=("category",)),))

    assert [child.tag for child in case(report)] == ["skipped"]
    assert len(case(report, "type-error")) == 0


def test_of_very_many_findings_and_rows_a_hundred_are_listed_and_the_rest_counted() -> None:
    rows = tuple(Related(table="people", key={"id": str(number)}, says="again") for number in range(102))
    many = [finding(number=number) for number in range(1, 130)]

    text = case(report_of(*many, finding(number=200, related=rows))).findtext("failure") or ""
    beside = case(report_of(finding(related=rows))).findtext("failure") or ""

    assert text.count("data/people.csv:") == 100
    assert "… and 30 findings more" in text
    assert beside.count(": again") == 100
    assert "    … and 2 rows more" in beside
