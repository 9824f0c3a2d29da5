"""The report as one page: self-contained, searchable, readable without its script, and no cell is ever markup."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from markupsafe import Markup, escape

from muster_cli.render.findings import by_check, by_reason, cell_of, key_of, left_out_words, place_of, title_of
from muster_cli.render.templates import template
from muster_cli.render.text import WHY_NOT, plural
from muster_cli.render.visible import visible
from muster_validators import CATALOGUES
from muster_validators.finding import SEVERITIES, Finding, Severity
from muster_validators.report import Layer, Report
from musterroll.record.written import written, written_count

_MOST = 5000  # findings that a browser can still search as one types
_RELATED = 50  # rows beside one of them
_STATUS = {"passed": "passed", "failed": "failed", "not_run": "not run", "not_applicable": "does not apply"}


def render_html(report: Report, *, fail_on: Severity = "error", most: int = _MOST) -> str:
    """The page; of very many findings the first `most`, errors first, and it says so."""
    passed = report.exit_code(fail_on) == 0
    script = files("muster_cli.render.templates").joinpath("report.js").read_text(encoding="utf-8")
    groups = _groups(report, most)
    return template("report.html.j2").render(
        title=title_of(report),
        verdict=_verdict(report, passed=passed),
        passed=passed,
        headline=_headline(report),
        left_out_words=left_out_words(report),
        compares=report.new_since is not None,
        layers=[_layer(layer) for layer in report.layers],
        not_run=[item for layer in report.layers for item in _not_run(layer)],
        groups=groups,
        severities=SEVERITIES,
        with_code=_with_code,
        total=len(report),
        left_out=len(report) - sum(len(group["findings"]) for group in groups),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _verdict(report: Report, *, passed: bool) -> str:
    if report.refused:
        return "Refused: unsafe, or over a limit."
    not_run = len({(layer.name, item.check) for layer in report.layers for item in layer.not_run})
    found = [plural(count, severity) for severity, count in report.counts.items() if count]
    found += [f"{report.known:,} known"] if report.known else []
    parts = [*found, *([f"{plural(not_run, 'check')} could not run"] if not_run else [])]
    return f"{'Passed' if passed else 'Failed'}: {', '.join(parts) or 'nothing was found'}."


def _headline(report: Report) -> str:
    row = report.headline
    if row is None:
        return ""
    reported = f", reported {written_count(row.reported)} on {row.reported_as_of}" if row.reported else ""
    return (
        f"On {row.as_of} promised {written(row.pledged)}, deployed {written(row.deployed)}, "
        f"of them {report.host.inside} {written(row.present)}{reported}."
    )


def _layer(layer: Layer) -> dict[str, Any]:
    counts = Counter(finding.severity for finding in layer.findings if not finding.known)
    return {
        "name": layer.name,
        "status": layer.status,
        "words": _STATUS[layer.status],
        "why": WHY_NOT[layer.name] if layer.status == "not_applicable" else "",
        "checks": layer.checks - len(layer.inapplicable),
        "counts": [counts[severity] for severity in SEVERITIES],
        "known": sum(finding.known for finding in layer.findings),
        "not_run": len({item.check for item in layer.not_run}),
        "inapplicable": layer.inapplicable if len(layer.inapplicable) < layer.checks else (),
    }


def _not_run(layer: Layer) -> list[dict[str, Any]]:
    return [
        {
            "layer": layer.name,
            "reason": visible(reason, 500),
            "checks": sorted({item.check for item in items}),
            "tables": list(dict.fromkeys(visible(item.table) for item in items if item.table)),
        }
        for reason, items in by_reason(layer)
    ]


def _groups(report: Report, most: int) -> list[dict[str, Any]]:
    """The findings by check; each has an anchor that stays the same in the next report."""
    groups, seen, left = [], Counter[str](), most
    for findings in by_check(report):
        shown = findings[:left]
        left -= len(shown)
        if shown:
            groups.append(_group(findings, [_finding(finding, seen) for finding in shown]))
    return groups


def _with_code(text: str) -> Markup:
    """A text of our own, in which backticks set names apart."""
    parts = (Markup("<code>{}</code>").format(part) if place % 2 else escape(part)
             for place, part in enumerate(text.split("`")))  # fmt: skip
    return Markup("").join(parts)


def _group(findings: Sequence[Finding], shown: list[dict[str, Any]]) -> dict[str, Any]:
    first = findings[0]
    return {
        "anchor": f"{first.severity}-{first.check}",
        "info": CATALOGUES[first.layer][first.check],
        "severity": first.severity,
        "layer": first.layer,
        "count": len(findings),
        "findings": shown,
    }


def _finding(finding: Finding, seen: Counter[str]) -> dict[str, Any]:
    seen[finding.fingerprint] += 1
    number = seen[finding.fingerprint]
    return {
        "anchor": f"f-{finding.fingerprint}" + (f"-{number}" if number > 1 else ""),
        "fingerprint": finding.fingerprint,
        "place": place_of(finding),
        "key": key_of(finding),
        "cell": cell_of(finding),
        "message": visible(finding.message, 1000),
        "expected": visible(finding.expected or ""),
        "known": finding.known,
        "related": [
            {"key": key_of(item), "says": visible(item.says), "place": place_of(item)}
            for item in finding.related[:_RELATED]
        ],
        "more": max(0, len(finding.related) - _RELATED),
    }
