"""The report as GitHub workflow commands, which show findings on the lines of a pull request.

A text of the package can neither end a command nor begin another (see also
`visible`), and no line that is no command begins with one.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from muster_cli.render.findings import by_reason, cell_of, key_of, place_of, worst_first
from muster_cli.render.text import plural
from muster_cli.render.visible import no_command, visible
from muster_validators.finding import Finding, NotRun
from muster_validators.report import Report
from musterroll.package.folder import Folder

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}
_OF_A_LEVEL = 10  # what GitHub shows of one level in one step
_MOST = 50  # lines in the log
_RELATED = 5  # rows that are named beside a finding


def render_github(report: Report, folder: Folder) -> str:
    """The first ten commands of each level, what did not run and errors first; up to 50 findings; what was left out."""
    return "".join(f"{line}\n" for line in _lines(report, folder))


def _lines(report: Report, folder: Folder) -> Iterator[str]:
    shown = Counter[str]()
    for layer in report.layers:
        for reason, items in by_reason(layer):
            shown["error"] += 1
            text = _not_run(layer.name, reason, items)
            yield f"::error title=not run::{_data(text)}" if shown["error"] <= _OF_A_LEVEL else f"error {visible(text)}"
    findings = worst_first(report)
    for finding in findings[:_MOST]:
        level = "notice" if finding.known else _LEVELS[finding.severity]
        shown[level] += 1
        yield _command(level, finding, folder) if shown[level] <= _OF_A_LEVEL else _log_line(finding)
    counts = ", ".join(f"{count} {severity}" for severity, count in report.counts.items())
    left_out = len(findings) - _MOST
    more = f"; {left_out} more findings are not shown here" if left_out > 0 else ""
    elsewhere = f"; {report.since.left_out} on rows that did not change are left out" if report.since else ""
    known = f", {report.known} known" if report.new_since else ""
    yield no_command(visible(report.package)) + f": {counts}{known}{more}{elsewhere}"


def _not_run(layer: str, reason: str, items: list[NotRun]) -> str:
    names = sorted({item.check for item in items})
    tables = list(dict.fromkeys(item.table for item in items if item.table))
    where = f" on {', '.join(tables)}" if tables else ""
    return f"{plural(len(names), 'check')} of {layer} not run{where}: {reason} ({', '.join(names)})"


def _command(level: str, finding: Finding, folder: Folder) -> str:
    place = {
        "file": _place(finding.file, folder) if finding.file else None,
        "line": finding.line,
        "col": finding.column,
        "title": finding.check,
    }
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in place.items() if value is not None)
    known = "Known: " if finding.known else ""
    return f"::{level} {properties}::{_data(f'{known}{finding.message} {finding.remedy}')}{_beside(finding)}"


def _beside(finding: Finding) -> str:
    """The rows to be read beside it, a line each, which the runner makes of %0A."""
    rows = [f"{place_of(item)} {key_of(item)}: {visible(item.says)}" for item in finding.related[:_RELATED]]
    more = len(finding.related) - len(rows)
    return "".join(f"%0A{_data(text)}" for text in [*rows, *([f"and {plural(more, 'row')} more"] if more else [])])


def _log_line(finding: Finding) -> str:
    """A finding that GitHub would not show as an annotation any more."""
    cell = " ".join(text for text in (key_of(finding), cell_of(finding)) if text)
    known = "known " if finding.known else ""
    return f"{known}{finding.severity} {finding.check} {place_of(finding)} {cell}: {visible(finding.message)}"


def _place(file: str, folder: Folder) -> str:
    """Where the runner finds the file; what lies in an archive or an older revision is on no line of a pull request."""
    return folder.shown(file) if folder.is_copy else (Path(os.path.relpath(folder.root)) / file).as_posix()


def _data(text: str) -> str:
    """Escaped as the runner unescapes it; a cell can neither end the command nor begin another."""
    return visible(text, 1000).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
