"""The report as SARIF 2.1.0, for code scanning: what was found, on which line, by which rule, and what did not run.

The limits are those of GitHub's code scanning, which refuses a file with more
than 25,000 results or 10 MB (compressed): the worst findings come first, and a
notification says how many are missing.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from muster_cli.render.findings import worst_first
from muster_cli.render.sarif_places import Places
from muster_cli.render.sarif_rules import LEVELS, driver, message
from muster_cli.render.visible import visible
from muster_validators.finding import Finding
from muster_validators.report import Layer, Report
from musterroll.package.folder import Folder

# The address by which version 2.1.0 with its errata names its own schema; nobody fetches it here.
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_MOST = 25_000
_HEAVIEST = 10_000_000  # bytes, compressed


def render_sarif(report: Report, folder: Folder, *, most: int = _MOST, heaviest: int = _HEAVIEST) -> str:
    """One run of at most `most` results and `heaviest` compressed bytes, the worst first."""
    findings, places = worst_first(report), Places(folder)
    while True:
        text = json.dumps(_log(report, findings[:most], places), ensure_ascii=True, indent=2) + "\n"
        if most == 0 or len(text) <= heaviest or len(gzip.compress(text.encode(), mtime=0)) <= heaviest:
            return text
        most = min(most, len(findings)) // 2


def _log(report: Report, findings: Sequence[Finding], places: Places) -> dict[str, Any]:
    tool = driver(report)
    index = {rule["id"]: place for place, rule in enumerate(tool["rules"])}
    category = "gate" if any(layer.name == "gate" for layer in report.layers) else "validate"
    run = {
        "tool": {"driver": tool},
        "language": "en",
        "columnKind": "unicodeCodePoints",
        "defaultEncoding": "utf-8",
        "automationDetails": {"id": f"{quote(report.package, safe='', errors='surrogatepass')}/{category}/"},
        "originalUriBaseIds": {places.base: {"description": message(places.meaning)}},
        "invocations": [_invocation(report, len(findings), index)],
        "results": list(_results(report, findings, places, index)),
        "properties": {
            "package": visible(report.package),
            "version": None if report.version is None else visible(report.version),
            "valid": report.valid,
            "layers": [_layer(layer) for layer in report.layers],
        },
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _layer(layer: Layer) -> dict[str, Any]:
    return {"name": layer.name, "status": layer.status, "notApplicable": list(layer.inapplicable)}


def _results(
    report: Report, findings: Sequence[Finding], places: Places, index: dict[str, int]
) -> Iterator[dict[str, Any]]:
    """If one result has a state or a suppression, all have one, as SARIF demands."""
    compared, waived = report.new_since is not None, any(finding.waiver for finding in report)
    seen = Counter[tuple[str, str]]()
    for finding in findings:
        name = (finding.check, finding.fingerprint)
        seen[name] += 1
        yield {
            "ruleId": finding.check,
            "ruleIndex": index[finding.check],
            "level": LEVELS[finding.severity],
            "message": message(finding.message),
            "locations": [places.of(finding)],
            **({"relatedLocations": places.related(finding)} if finding.related else {}),
            **({"baselineState": "unchanged" if finding.known else "new"} if compared else {}),
            **({"suppressions": _suppressions(finding)} if waived else {}),
            "partialFingerprints": _fingerprints(finding.fingerprint, seen[name]),
            "properties": _properties(finding),
        }


def _fingerprints(fingerprint: str, number: int) -> dict[str, str]:
    """The finding's own name, also where GitHub looks for one: without it, a row that moves is a new alert."""
    return {"musterroll/v1": fingerprint, "primaryLocationLineHash": f"{fingerprint}:{number}"}


def _suppressions(finding: Finding) -> list[dict[str, str]]:
    if finding.waiver is None:
        return []
    return [{"kind": "external", "status": "accepted", "justification": f"waiver {visible(finding.waiver)}"}]


def _properties(finding: Finding) -> dict[str, Any]:
    texts = {"table": finding.table, "field": finding.field, "value": finding.value, "expected": finding.expected}
    return {
        "layer": finding.layer,
        **{name: visible(text) for name, text in texts.items() if text is not None},
        **({"key": {visible(name): visible(text) for name, text in finding.key.items()}} if finding.key else {}),
        "remedy": visible(finding.remedy, 1000),
    }


def _invocation(report: Report, shown: int, index: dict[str, int]) -> dict[str, Any]:
    """Whether everything could be judged, and what not."""
    notes = [
        _note("not-run", "error", f"{item.check}{f' on {item.table}' if item.table else ''}: {item.reason}",
              associatedRule={"id": item.check, "index": index[item.check]})
        for layer in report.layers
        for item in layer.not_run
    ]  # fmt: skip
    if report.refused:
        notes.append(_note("refused", "error", "The package is unsafe or over a limit: no more of it was opened."))
    complete = not notes
    if shown < len(report):
        missing = len(report) - shown
        notes.append(_note("cut", "warning", f"{missing:,} more findings are not in this file; as JSON they are."))
    if report.since:
        left_out = f"{report.since.left_out:,} findings on rows that did not change are left out."
        notes.append(_note("narrowed", "note", left_out))
    return {"executionSuccessful": complete, "toolExecutionNotifications": notes}


def _note(id: str, level: str, text: str, **more: Any) -> dict[str, Any]:
    return {"descriptor": {"id": id}, "level": level, "message": message(text), **more}
