"""Pages about what the plausibility layer expected and saw, from Great Expectations' own results.

Its own pages put cells in unescaped and load from other hosts; ours escape
everything, carry their style with them, hold no script and ask nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup

from muster_cli.render.expectation_words import Words, text_of
from muster_cli.render.scale import scale
from muster_cli.render.templates import template
from muster_cli.render.text import WHY_NOT
from muster_cli.render.visible import visible
from muster_validators import LAYERS, Report
from muster_validators.finding import Finding
from muster_validators.plausibility.expectation import Suite
from muster_validators.plausibility.subject import percent
from muster_validators.plausibility.suites import exception_in

_LAYER = "plausibility"
Verdict = Literal["met", "not met", "not judged"]
_SHOWN = 20  # cells of one expectation; Great Expectations keeps as many


@dataclass(frozen=True)
class Entry:
    """One expectation, in words."""

    check: str
    holds: str
    column: str
    expected: str
    seen: str
    verdict: Verdict
    scale: Markup
    cells: tuple[str, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Page:
    """All expectations about one table."""

    table: str
    file: str
    entries: tuple[Entry, ...]

    @property
    def unmet(self) -> int:
        """How many were not met."""
        return sum(entry.verdict == "not met" for entry in self.entries)

    @property
    def scale(self) -> Markup:
        """The share that was met."""
        share = 1 - self.unmet / len(self.entries)
        return scale(share, 1, None, 1, f"{percent(share)} met")


def render_data_docs(report: Report) -> dict[str, str]:
    """HTML by file name: an index, and a page per table."""
    suites = [
        Page(visible(suite.table), _file(number, suite), _entries(suite))
        for number, suite in enumerate(report.suites, start=1)
    ]
    entries = [entry for suite in suites for entry in suite.entries]
    layer = next(layer for layer in report.layers if layer.name == _LAYER)
    shared = {"title": visible(f"{report.package} {report.version or ''}".strip()), "compared": _compared(report)}
    index = template("data_docs_index.html.j2").render(
        **shared,
        suites=suites,
        asked=len(entries),
        met=sum(entry.verdict == "met" for entry in entries),
        findings=[_row(finding) for finding in report if finding.layer == _LAYER],
        not_run=[
            {"check": item.check, "table": visible(item.table or ""), "reason": visible(item.reason, 500)}
            for item in layer.not_run
        ],
        reason=f"The layer {WHY_NOT[_LAYER]}." if layer.status == "not_applicable" else "",
    )
    page = template("data_docs_suite.html.j2")
    return {"index.html": index, **{suite.file: page.render(**shared, suite=suite) for suite in suites}}


def _compared(report: Report) -> str:
    old = report.against
    if old is None:
        return "Compared with no other release."
    return visible(f"Compared with {old.name} {old.version or ''}".strip() + ".")


def _file(number: int, suite: Suite) -> str:
    """A file name that every system can have, whatever the table is called."""
    return f"{number:02d}-{re.sub(r'[^a-z0-9]+', '-', suite.table.lower())[:40].strip('-') or 'table'}.html"


def _row(finding: Finding) -> dict[str, str]:
    steps = [str(step) for step in (finding.file, finding.line, finding.column) if step is not None]
    key = " ".join(finding.key.values())
    place = ":".join(steps) or f"{finding.table} {key}".strip()
    return {
        "severity": finding.severity,
        "check": finding.check,
        "place": visible(place),
        "message": visible(finding.message, 500),
    }


def _entries(suite: Suite) -> tuple[Entry, ...]:
    """In the order in which the checks asked, not in that of the answers."""
    results = sorted(suite.result["results"], key=lambda item: item["expectation_config"]["meta"]["number"])
    return tuple(_entry(item) for item in results)


def _entry(item: Mapping[str, Any]) -> Entry:
    config, result = item["expectation_config"], item["result"]
    check, arguments = config["meta"]["check"], config["kwargs"]
    expected, seen, picture = Words(arguments, result).of(config["type"])
    verdict: Verdict = "met" if item["success"] else "not met"
    if exception_in(item["exception_info"]):
        verdict, seen, picture = "not judged", "", Markup()
    shown = result.get("partial_unexpected_list", [])[:_SHOWN]
    labels = result.get("unexpected_rows", [""] * len(shown))
    cells = Counter(
        f"{label}: {text_of(cell)}" if label else text_of(cell) for label, cell in zip(labels, shown, strict=True)
    )
    return Entry(
        check=check,
        holds=LAYERS[_LAYER][check].holds,
        column=visible(str(arguments.get("column", ""))),
        expected=visible(expected, 500),
        seen=visible(seen, 500),
        verdict=verdict,
        scale=picture,
        cells=tuple(visible(cell, 120) + (f" × {count}" if count > 1 else "") for cell, count in cells.items()),
        more=max(0, int(result.get("unexpected_count", 0)) - len(shown)),
    )
