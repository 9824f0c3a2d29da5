"""Annotations that no text can forge: each line is read as GitHub's runner reads it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from rich.text import Text

from hostile_reports import TEXT, WORST, report_of, reports
from muster_cli.render.console import printed
from muster_cli.render.github import render_github
from muster_cli.render.text import render_text
from muster_cli.render.visible import visible
from muster_validators import Finding, Report
from muster_validators.finding import NotRun, Related, Severity
from muster_validators.report import Layer, Release, Since
from musterroll.package.folder import Folder

HERE = Folder(Path())
# Of actions/runner: which it knows depends on its version; a forged one would be one of them.
_KNOWN = {"error", "warning", "notice", "debug", "set-output", "set-env", "add-mask", "group", "stop-commands", "echo"}


@dataclass(frozen=True)
class Command:
    """What the runner makes of a line."""

    name: str
    properties: dict[str, str]
    data: str


def command_in(line: str) -> Command | None:
    """The command in a line, read by the runner's rules: `::` after any space, or else `##[` anywhere."""
    start = line.lstrip()
    if start.startswith("::") and "::" in start[2:]:
        head, _, data = start[2:].partition("::")
        name, _, text = head.partition(" ")
        if name in _KNOWN:
            pairs = [pair.split("=", 1) for pair in text.strip().split(",") if pair]
            properties = {pair[0]: _unescaped(pair[1], ":,") for pair in pairs if len(pair) == 2}
            return Command(name, properties, _unescaped(data))
    if "##[" in line and "]" in line.split("##[", 1)[1]:
        head, _, data = line.split("##[", 1)[1].partition("]")
        return Command(head.split(" ")[0], {}, data)
    return None


def _unescaped(text: str, more: str = "") -> str:
    for char in f"\r\n{more}%":
        text = text.replace(f"%{ord(char):02X}", char)
    return text


def finding(severity: Severity = "error", number: int = 1, **more: object) -> Finding:
    """A finding of `category`, in structure."""
    parts = {"file": "data/people.csv", "line": number, "message": f"sour {number}", **more}
    return Finding(check="category", layer="structure", severity=severity, remedy="Mend it.", **parts)  # type: ignore[arg-type]


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
@given(reports())
def test_every_line_is_the_command_that_is_meant_or_none(report: Report) -> None:
    lines = render_github(report, HERE).split("\n")

    commands = [command for line in lines if (command := command_in(line))]
    annotated = [command for command in commands if command.properties["title"] != "not run"]
    told = [visible(f"{'Known: ' if item.known else ''}{item.message} {item.remedy}", 1000) for item in report]
    expected = Counter((item.check, text) for item, text in zip(report, told, strict=True))
    assert lines[-1] == ""
    assert not any("\r" in line for line in lines)
    assert {command.name for command in commands} <= {"error", "warning", "notice"}
    assert all(set(command.properties) <= {"file", "line", "col", "title"} for command in commands)
    assert Counter((command.properties["title"], command.data.split("\n")[0]) for command in annotated) <= expected
    assert len(annotated) >= min(len(report), 10 - (len(commands) - len(annotated)))
    assert len(lines) - 2 == len(report) + len(
        {(layer.name, item.reason) for layer in report.layers for item in layer.not_run}
    )


@settings(max_examples=100, deadline=None)
@given(TEXT, TEXT)
def test_no_line_of_text_for_people_is_a_command_either(one: str, two: str) -> None:
    for line in printed([Text(visible(one)), Text(f"  {visible(two)}")], colour=False).split("\n"):
        assert command_in(line) is None


@pytest.mark.parametrize("name", WORST)
def test_a_name_is_no_command_in_a_report_for_people_which_a_job_may_print(name: str) -> None:
    report = Report(name, name, report_of(finding(file=name or None, message=name, table=name, field=name)).layers)

    assert not any(command_in(line) for line in render_text(report).split("\n"))


def test_a_finding_is_annotated_where_it_is_with_the_rows_beside_it() -> None:
    related = tuple(
        Related(table="people", key={"id": str(n)}, says="the same\n::error::x", file="data/people.csv", line=n)
        for n in range(7)
    )

    first, last, _ = render_github(report_of(finding(column=4, related=related)), HERE).split("\n")

    command = command_in(first)
    assert command is not None
    assert command.properties == {"file": "data/people.csv", "line": "1", "col": "4", "title": "category"}
    assert command.data.split("\n") == [
        "sour 1 Mend it.",
        *(f"data/people.csv:{n} {n}: the same\\n::error::x" for n in range(5)),
        "and 2 rows more",
    ]
    assert last == "plain: 1 error, 0 warning, 0 info"


def test_ten_of_each_level_are_annotated_errors_first_and_fifty_listed() -> None:
    levels: tuple[Severity, ...] = ("info", "warning", "error")
    found = [finding(level, number) for level in levels for number in range(1, 21)]

    lines = render_github(report_of(*found), HERE).split("\n")

    names = [command.name if (command := command_in(line)) else "" for line in lines]
    assert names == [*["error"] * 10, *[""] * 10, *["warning"] * 10, *[""] * 10, *["notice"] * 10, "", ""]
    assert lines[10] == "error category data/people.csv:11 : sour 11"
    assert lines[-2] == "plain: 20 error, 20 warning, 20 info; 10 more findings are not shown here"


def test_what_did_not_run_comes_first_by_its_reason() -> None:
    not_run = tuple(NotRun(check, "no judge", table) for table in ("a", "b") for check in ("category", "type-error"))
    many = tuple(NotRun("category", f"reason {number}") for number in range(12))

    first, *_ = render_github(Report("plain", None, (Layer("structure", 3, (finding(),), not_run),)), HERE).split("\n")
    lines = render_github(Report("plain", None, (Layer("structure", 3, (), many),)), HERE).split("\n")

    assert first == "::error title=not run::2 checks of structure not run on a, b: no judge (category, type-error)"
    assert [line.startswith("::error title=not run::") for line in lines] == [*[True] * 10, *[False] * 4]
    assert lines[11] == "error 1 check of structure not run: reason 11 (category)"


def test_what_is_known_is_a_notice_and_what_is_left_out_is_counted() -> None:
    found, old = finding(known=True), Release("plain", "0.9.0")

    first, last, _ = render_github(report_of(found, new_since=old, since=Since("plain", None, 3)), HERE).split("\n")

    assert first.startswith("::notice file=data/people.csv,line=1,title=category::Known: sour 1")
    assert last == "plain: 0 error, 0 warning, 0 info, 1 known; 3 on rows that did not change are left out"


def test_a_file_of_an_archive_is_called_as_people_know_it() -> None:
    archive = Folder(Path(), source="https://example.org/p.zip")

    assert "file=https%3A//example.org/p.zip%3A data/people.csv,line=1" in render_github(report_of(finding()), archive)
