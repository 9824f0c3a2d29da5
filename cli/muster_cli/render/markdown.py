"""The report as Markdown, for the summary of a job and the comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from muster_cli.render.inert import html, plain
from muster_cli.render.text import WHY_NOT, plural, since_words
from muster_cli.render.visible import visible
from muster_validators import CATALOGUES
from muster_validators.finding import SEVERITIES, Finding
from muster_validators.report import Layer, Report
from musterroll.record.written import written, written_count

_SHOWN = 20  # findings of one check
_LONGEST = 50_000  # characters of findings; a comment may have 65,536
_MARKS = {"passed": "✅", "failed": "❌", "not_run": "❗", "not_applicable": "–"}


def render_markdown(report: Report) -> str:
    """The verdict, a table of layers, the headline, and the findings by check, folded."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    mark = _MARKS["passed" if report.valid else "failed"]
    old = report.against
    compared = f", compared with {old.name} {old.version or ''}".rstrip() if old else ""
    title = f"{report.package} {report.version or ''}".rstrip()
    yield f"### {mark} {plain(visible(title + compared))}"
    yield ""
    if report.since:
        yield from (plain(since_words(report.since)), "")
    yield from ("| layer | | found |", "|---|---|---|")
    yield from (f"| {layer.name} | {_MARKS[layer.status]} | {_found(layer)} |" for layer in report.layers)
    yield from _headline(report)
    for layer in report.layers:
        for item in layer.not_run:
            where = f" on {plain(visible(item.table))}" if item.table else ""
            yield f"\n❗ **{item.check}** could not run{where}: {plain(visible(item.reason))}"
    yield from _findings(report)


def _found(layer: Layer) -> str:
    if layer.status == "not_applicable":
        return WHY_NOT[layer.name]
    counts = [sum(finding.severity == severity for finding in layer.findings) for severity in SEVERITIES]
    found = [plural(count, severity) for count, severity in zip(counts, SEVERITIES, strict=True) if count]
    return ", ".join(found) or "nothing"


def _headline(report: Report) -> Iterator[str]:
    row = report.headline
    if row is not None:
        reported = f", reported {written_count(row.reported)} on {row.reported_as_of}" if row.reported else ""
        yield ""
        yield (
            f"On {row.as_of} promised **{written(row.pledged)}**, deployed **{written(row.deployed)}**, "
            f"of them in Haiti **{written(row.present)}**{reported}."
        )


def _findings(report: Report) -> Iterator[str]:
    length = left_out = 0

    def rank(finding: Finding) -> tuple[int, str]:
        return SEVERITIES.index(finding.severity), finding.check

    for (_, check), group in groupby(sorted(report.findings, key=rank), key=rank):
        findings = list(group)
        if length > _LONGEST:
            left_out += len(findings)
            continue
        info = CATALOGUES[findings[0].layer][check]
        lines = [
            f"\n<details><summary>{findings[0].severity} <b>{html(check)}</b> ({len(findings):,})</summary>\n",
            f"{plain(info.holds)}\n",
            *map(_finding, findings[:_SHOWN]),
            *([f"- … and {len(findings) - _SHOWN:,} more"] if len(findings) > _SHOWN else []),
            f"\n**Mend:** {plain(info.remedy)}\n",
            "</details>",
        ]
        length += sum(map(len, lines))
        yield from lines
    if left_out:
        yield f"\nA comment has a limit: {left_out:,} more findings are in the other formats."


def _finding(finding: Finding) -> str:
    steps = [str(step) for step in (finding.file, finding.line, finding.column) if step is not None]
    place = plain(visible(":".join(steps) or finding.table or "the package"))
    key = " ".join(visible(value, 40) for value in finding.key.values())
    return f"- **{place}** {plain(key)}: {plain(visible(finding.message, 500))}"
