"""The example of a check: the lines that differ from a sound package, and what muster then says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.padding import Padding
from rich.text import Text

from muster_cli.render.console import printed
from muster_cli.render.findings import cell_of, key_of, place_of
from muster_cli.render.visible import visible
from muster_validators.examples.example import Example, FileChange, Line
from muster_validators.finding import Finding

_STYLES = {"-": "red", "+": "green", " ": "dim"}
_STATES = {"changed": "", "new": " (new)", "gone": " (gone)"}
_RELATED = 10
_TICKS = re.compile("`+")


def render_example(example: Example, *, colour: bool = False) -> str:
    """For a terminal: what differs in red and green, each line whole, then the finding."""
    lines = list(_difference(example))
    width = max((cell_len(line.plain) for line in lines), default=1)
    return (
        printed([Text.assemble("\n", ("example", "bold"), f": {intro_of(example)}")], colour=colour)
        + printed(lines, colour=colour, width=width)
        + printed(_found(example), colour=colour)
    )


def _difference(example: Example) -> Iterator[Text]:
    for change in example.files:
        yield Text(f"  {heading_of(change)}", "bold")
        for line in change.lines:
            yield Text(f"  {line_of(change, line)}", _STYLES[line.sign])
        if change.left_out:
            yield Text(f"    {left_out_of(change)}", "dim")


def _found(example: Example) -> Iterator[Text | Padding]:
    yield Text("then muster says", "bold")
    first, *rest = said(example.finding)
    yield _indented(Text(first), 2)
    yield from (_indented(Text(text), 6) for text in rest)
    if example.others:
        yield _indented(Text(others_of(example), "dim"), 2)


def example_markdown(example: Example) -> Iterator[str]:
    """For a page: the same in fenced blocks, which nothing in them can end."""
    yield f"- Example: {intro_of(example)}"
    lines: list[str] = []
    for change in example.files:
        lines += [f"# {heading_of(change)}", *(line_of(change, line) for line in change.lines)]
        if change.left_out:
            lines.append(f"# {left_out_of(change)}")
    if lines:
        yield from ("", *_fenced("diff", lines))
    found = [f"{'  ' * bool(number)}{text}" for number, text in enumerate(said(example.finding))]
    yield from ("", *_fenced("text", [*found, *([others_of(example)] if example.others else [])]))


def intro_of(example: Example) -> str:
    """What the example is compared with, or how it is made."""
    sound = "the release before" if example.after_release else "a sound package"
    differs = [f"what differs from {sound}."] if example.files else []
    return " ".join([*differs, *([visible(example.note, 500)] if example.note else [])])


def heading_of(change: FileChange) -> str:
    """A file, and whether it came or went."""
    return visible(change.file) + _STATES[change.state]


def line_of(change: FileChange, line: Line) -> str:
    """Sign, number or property, and text: one line, whatever it holds."""
    width = max(len(visible(other.at)) for other in change.lines)
    return f"{line.sign} {visible(line.at):<{width}}  {visible(line.text, 400)}".rstrip()


def left_out_of(change: FileChange) -> str:
    """How many lines are not shown."""
    return f"… and {change.left_out:,} more lines"


def said(finding: Finding) -> Iterator[str]:
    """The finding as the report for people has it: its place, its message, the rows it wants to be read beside."""
    yield "  ".join(part for part in (finding.severity, place_of(finding), key_of(finding), cell_of(finding)) if part)
    yield visible(finding.message, 500)
    for item in finding.related[:_RELATED]:
        yield "  ".join(part for part in (key_of(item), visible(item.says), place_of(item)) if part)
    if len(finding.related) > _RELATED:
        yield f"… and {len(finding.related) - _RELATED:,} more rows"


def others_of(example: Example) -> str:
    """How many findings follow from the same fault."""
    return "and another finding" if example.others == 1 else f"and {example.others:,} other findings"


def _fenced(language: str, lines: list[str]) -> Iterator[str]:
    """Lines in a fence that is longer than any in them; indented, so that it belongs to the point above."""
    longest = max((len(run) for line in lines for run in _TICKS.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"  {fence}{language}"
    yield from (f"  {line}".rstrip() for line in lines)
    yield f"  {fence}"


def _indented(text: Text, columns: int) -> Padding:
    return Padding(text, (0, 0, 0, columns), expand=False)
