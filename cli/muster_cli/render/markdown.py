"""The report as Markdown, for the summary of a job and the comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from muster_cli.render.findings import by_check, key_of, left_out_words, place_of, title_of
from muster_cli.render.inert import html, plain
from muster_cli.render.text import WHY_NOT, found_words
from muster_cli.render.visible import visible
from muster_validators import CATALOGUES
from muster_validators.finding import Finding
from muster_validators.report import Layer, Report
from musterroll.record.written import written, written_count

_SHOWN = 20  # findings of one check
_RELATED = 5  # rows beside one of them
_LONGEST = 50_000  # characters of findings; a comment may have 65,536
_MARKS = {"passed": "✅", "failed": "❌", "not_run": "❗", "not_applicable": "–"}


def render_markdown(report: Report) -> str:
    """The verdict, a table of layers, the headline, and the findings by check, folded."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    mark = _MARKS["passed" if report.valid else "failed"]
    yield f"### {mark} {plain(title_of(report))}"
    yield ""
    for text in left_out_words(report):
        yield from (plain(text), "")
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
    return ", ".join(found_words(layer)) or "nothing"


def _headline(report: Report) -> Iterator[str]:
    row = report.headline
    if row is not None:
        reported = f", reported {written_count(row.reported)} on {row.reported_as_of}" if row.reported else ""
        yield ""
        yield (
            f"On {row.as_of} promised **{written(row.pledged)}**, deployed **{written(row.deployed)}**, "
            f"of them {plain(report.host.inside)} **{written(row.present)}**{reported}."
        )


def _findings(report: Report) -> Iterator[str]:
    length = left_out = 0
    for findings in by_check(report):
        if length > _LONGEST:
            left_out += len(findings)
            continue
        info = CATALOGUES[findings[0].layer][findings[0].check]
        lines = [
            f"\n<details><summary>{findings[0].severity} <b>{html(info.id)}</b> ({len(findings):,})</summary>\n",
            f"{plain(info.holds)}\n",
            *(line for finding in findings[:_SHOWN] for line in _finding(finding)),
            *([f"- … and {len(findings) - _SHOWN:,} more"] if len(findings) > _SHOWN else []),
            f"\n**Mend:** {plain(info.remedy)}\n",
            "</details>",
        ]
        length += sum(map(len, lines))
        yield from lines
    if left_out:
        yield f"\nA comment has a limit: {left_out:,} more findings are in the other formats."


def _finding(finding: Finding) -> Iterator[str]:
    known = " (known)" if finding.known else ""
    key, message = plain(key_of(finding)), plain(visible(finding.message, 500))
    yield f"- **{plain(place_of(finding))}** {key}{known}: {message}"
    for item in finding.related[:_RELATED]:
        yield f"  - {plain(place_of(item))} {plain(key_of(item))}: {plain(visible(item.says))}"
    if len(finding.related) > _RELATED:
        yield f"  - … and {len(finding.related) - _RELATED:,} more rows"
