"""The report as JSON (`musterroll/report/1`), for programs. Without times: the same input gives the same bytes."""

from __future__ import annotations

import json
from typing import Any

from muster_validators.finding import Finding, Related
from muster_validators.report import Layer, Release, Report, Since
from musterroll import __version__


def render_json(report: Report) -> str:
    """The whole report as one JSON document."""
    document = {
        "format": "musterroll/report/1",
        "tool": {"name": "musterroll", "version": __version__},
        "package": {"name": report.package, "version": report.version},
        "against": None if report.against is None else {"name": report.against.name, "version": report.against.version},
        **({} if report.since is None else {"since": _since(report.since)}),
        **({} if report.new_since is None else {"new_since": _new_since(report.new_since, report.known)}),
        "valid": report.valid,
        "counts": report.counts,
        "layers": [_layer(layer) for layer in report.layers],
        "findings": [_finding(finding) for finding in report.findings],
    }
    return json.dumps(document, ensure_ascii=True, indent=2) + "\n"


def _since(since: Since) -> dict[str, Any]:
    return {"name": since.name, "version": since.version, "left_out": since.left_out}


def _new_since(old: Release, known: int) -> dict[str, Any]:
    return {"name": old.name, "version": old.version, "known": known}


def _layer(layer: Layer) -> dict[str, Any]:
    not_run = [{"check": item.check, "table": item.table, "reason": item.reason} for item in layer.not_run]
    return {
        "name": layer.name,
        "status": layer.status,
        "checks": layer.checks,
        "not_run": not_run,
        "not_applicable": list(layer.inapplicable),
    }


def _cut(text: str, longest: int = 200) -> str:
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text):,} characters)"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "layer": finding.layer,
        "severity": finding.severity,
        "table": finding.table,
        "key": dict(finding.key),
        "field": finding.field,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "value": None if finding.value is None else _cut(finding.value),
        "expected": finding.expected,
        "message": _cut(finding.message, 1000),
        "remedy": finding.remedy,
        "fingerprint": finding.fingerprint,
        **({"waiver": finding.waiver} if finding.waiver else {}),
        **({"known": True} if finding.known else {}),
        **({"related": [_related(item) for item in finding.related]} if finding.related else {}),
    }


def _related(related: Related) -> dict[str, Any]:
    return {
        "table": related.table,
        "key": dict(related.key),
        "file": related.file,
        "line": related.line,
        "column": related.column,
        "says": _cut(related.says),
    }
