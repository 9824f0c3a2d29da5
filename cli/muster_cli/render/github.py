"""The report as GitHub workflow commands, which show findings on the lines of a pull request."""

from __future__ import annotations

import os
from pathlib import Path

from muster_cli.render.visible import visible
from muster_validators.finding import Finding
from muster_validators.report import Report
from musterroll.package.folder import Folder

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}
_MOST = 50  # more than GitHub shows; the rest is counted in the last line


def render_github(report: Report, folder: Folder) -> str:
    """One command per finding, at most 50, then a line that says what was left out."""
    lines = [_command(finding, folder) for finding in report.findings[:_MOST]]
    for layer in report.layers:
        for item in layer.not_run:
            where = f" on {item.table}" if item.table else ""
            lines.append(f"::error title={_property('not run')}::{_data(f'{item.check}{where}: {item.reason}')}")
    counts = ", ".join(f"{count} {severity}" for severity, count in report.counts.items())
    left_out = len(report) - _MOST
    more = f"; {left_out} more findings are not shown here" if left_out > 0 else ""
    elsewhere = f"; {report.since.left_out} on rows that did not change are left out" if report.since else ""
    lines.append(f"{_data(report.package)}: {counts}{more}{elsewhere}")
    return "\n".join(lines) + "\n"


def _command(finding: Finding, folder: Folder) -> str:
    place = {
        "file": _place(finding.file, folder) if finding.file else None,
        "line": finding.line,
        "col": finding.column,
        "title": finding.check,
    }
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in place.items() if value is not None)
    return f"::{_LEVELS[finding.severity]} {properties}::{_data(f'{finding.message} {finding.remedy}')}"


def _place(file: str, folder: Folder) -> str:
    """Where the runner finds the file; what lies in an archive or an older revision is on no line of a pull request."""
    return folder.shown(file) if folder.is_copy else (Path(os.path.relpath(folder.root)) / file).as_posix()


def _data(text: str) -> str:
    """Escaped as the runner unescapes it; a cell can neither end the command nor begin another."""
    return visible(text, 1000).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
