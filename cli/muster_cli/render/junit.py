"""The report as JUnit XML, for CI servers that show tests: a suite per layer, a test case per check.

A check that found something is a failure, one that could not run an error, one
that does not apply is skipped. What a check found and may pass is its output.
There are no times and no names of machines: the same input gives the same bytes.

Attributes are those of Jenkins' `junit-10.xsd`, which has none for the line: a
suite of one layer has many files, so every finding begins with its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from muster_cli.render.findings import cell_of, key_of, place_of, title_of
from muster_cli.render.text import plural
from muster_cli.render.visible import visible
from muster_validators import CATALOGUES
from muster_validators.check import CheckInfo
from muster_validators.finding import SEVERITIES, Finding, NotRun, Severity
from muster_validators.report import Layer, Report

_MOST = 100  # findings of one check, and rows beside one of them


def render_junit(report: Report, *, fail_on: Severity = "error") -> str:
    """One XML document in ASCII; a finding fails its check if it is as severe as `fail_on` and not known already."""
    root = Element("testsuites", name=title_of(report))
    for layer in report.layers:
        _suite(root, layer, SEVERITIES[: SEVERITIES.index(fail_on) + 1])
    for outcome in ("tests", "failures", "errors"):
        root.set(outcome, str(sum(int(suite.get(outcome, "0")) for suite in root)))
    indent(root)
    return f"{tostring(root, encoding='us-ascii', xml_declaration=True).decode()}\n"


def _suite(root: Element, layer: Layer, failing: Sequence[Severity]) -> None:
    suite = SubElement(root, "testsuite", name=layer.name)
    found, not_run = defaultdict[str, list[Finding]](list), defaultdict[str, list[NotRun]](list)
    for finding in layer.findings:
        found[finding.check].append(finding)
    for item in layer.not_run:
        not_run[item.check].append(item)
    for id, info in sorted(CATALOGUES[layer.name].items()):
        case = SubElement(suite, "testcase", classname=f"muster.{layer.name}", name=id)
        _judge(case, info, found[id], not_run[id], failing)
        if id in layer.inapplicable and not len(case):
            _outcome(case, "skipped", "not-applicable", "There is nothing to look at.", [])
    outcomes = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    suite.set("tests", str(len(suite)))
    for name, tag in outcomes.items():
        suite.set(name, str(sum(case.find(tag) is not None for case in suite)))


def _judge(
    case: Element, info: CheckInfo, findings: Sequence[Finding], not_run: Sequence[NotRun], failing: Sequence[Severity]
) -> None:
    """One outcome at most, for readers take only the first: not run before failed."""
    fails = [finding for finding in findings if finding.severity in failing and not finding.known]
    if not_run:
        _outcome(case, "error", "not-run", _reason(not_run[0]), [*map(_reason, not_run), *_told(info, findings)])
    elif fails:
        _outcome(case, "failure", fails[0].severity, f"{len(fails):,} × {info.holds}", _told(info, findings))
    elif findings:
        SubElement(case, "system-out").text = "\n".join(_told(info, findings))


def _outcome(case: Element, tag: str, kind: str, message: str, lines: Sequence[str]) -> None:
    SubElement(case, tag, type=kind, message=message).text = "\n".join(lines) or None


def _reason(item: NotRun) -> str:
    return f"could not run{f' on {visible(item.table)}' if item.table else ''}: {visible(item.reason)}"


def _told(info: CheckInfo, findings: Sequence[Finding]) -> list[str]:
    """The findings with their places, the first hundred of them, and how to mend them."""
    lines = [line for finding in sorted(findings, key=lambda item: item.order)[:_MOST] for line in _lines(finding)]
    if len(findings) > _MOST:
        lines.append(f"… and {plural(len(findings) - _MOST, 'finding')} more")
    return [*lines, f"why: {info.why}", f"mend: {info.remedy}"] if findings else []


def _lines(finding: Finding) -> list[str]:
    cell = " ".join(text for text in (key_of(finding), cell_of(finding)) if text)
    known = " (known)" if finding.known else ""
    head = f"{place_of(finding)}: {finding.severity}{known}: {visible(finding.message, 500)}"
    rows = [f"    {place_of(item)}: {key_of(item)}: {visible(item.says)}" for item in finding.related[:_MOST]]
    more = len(finding.related) - len(rows)
    return [
        f"{head} [{cell}] {finding.fingerprint}" if cell else f"{head} {finding.fingerprint}",
        *rows,
        *([f"    … and {plural(more, 'row')} more"] if more else []),
    ]
