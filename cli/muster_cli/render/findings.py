"""Findings in the order in which they are told, and their places, for every format that lists them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from muster_cli.render.text import new_since_words, since_words
from muster_cli.render.visible import visible
from muster_validators import LAYERS
from muster_validators.finding import SEVERITIES, Finding, NotRun, Related
from muster_validators.report import Layer, Report


def worst_first(report: Report) -> list[Finding]:
    """All findings: the new ones, errors first, then those that are known already."""
    return sorted(report.findings, key=lambda finding: (finding.known, SEVERITIES.index(finding.severity)))


def by_check(report: Report) -> Iterator[list[Finding]]:
    """The findings of one check and severity together, errors first, in a group the new ones before the known."""

    def rank(finding: Finding) -> tuple[int, str, str]:
        return SEVERITIES.index(finding.severity), finding.layer, finding.check

    new_first = sorted(report.findings, key=lambda finding: (rank(finding), finding.known))
    for _, group in groupby(new_first, key=rank):
        yield list(group)


def by_reason(layer: Layer) -> Iterator[tuple[str, list[NotRun]]]:
    """What did not run in a layer, by the reason, each reason once."""
    reasons: dict[str, list[NotRun]] = {}
    for item in layer.not_run:
        reasons.setdefault(item.reason, []).append(item)
    yield from reasons.items()


def place_of(item: Finding | Related) -> str:
    """File, line and column, as far as they are known; else the table, else the package."""
    steps = [str(step) for step in (item.file, item.line, item.column) if step is not None]
    return visible(":".join(steps) or item.table or "the package")


def key_of(item: Finding | Related) -> str:
    """The key of the row, its parts after each other."""
    return " ".join(visible(value, 40) for value in item.key.values())


def cell_of(finding: Finding) -> str:
    """The column and what stands in it, as far as they are known."""
    field, value = visible(finding.field or ""), visible(finding.value or "", 60)
    return f"{field} = {value}" if field and finding.value is not None else field or value


def title_of(report: Report) -> str:
    """Which package, in which version, compared with which."""
    old = report.against
    compared = f", compared with {old.name} {old.version or ''}".rstrip() if old else ""
    return visible(f"{report.package} {report.version or ''}".rstrip() + compared)


def left_out_words(report: Report) -> list[str]:
    """What a narrowed report leaves out, what it does not count, and which layers nobody asked for."""
    missing = [name for name in LAYERS if name not in {layer.name for layer in report.layers}]
    return [
        *([since_words(report.since)] if report.since else []),
        *([new_since_words(report)] if report.new_since else []),
        *([f"Not judged, for it was not asked for: {', '.join(missing)}."] if missing else []),
    ]
