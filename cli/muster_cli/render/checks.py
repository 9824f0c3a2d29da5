"""The catalogue of checks: tables for people, pages for the documentation."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rich.table import Table
from rich.text import Text

from muster_cli.exit_codes import REFUSED
from muster_cli.render.console import printed
from muster_cli.render.examples import example_markdown
from muster_validators.check import CheckInfo
from muster_validators.examples.example import Example

ExampleOf = Callable[[CheckInfo], Example | None]
_BAR = "&#124;"  # in a cell of a table


def render_checks(layers: Mapping[str, Mapping[str, CheckInfo]], *, colour: bool = False) -> str:
    """One table per layer, by id."""
    return printed((_table(name, catalogue) for name, catalogue in layers.items()), colour=colour)


def _table(name: str, catalogue: Mapping[str, CheckInfo]) -> Table:
    title = Text(f"\n{name}: {len(catalogue)} checks", "bold")
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("check", no_wrap=True)
    table.add_column("severity", no_wrap=True)
    table.add_column("what must hold")
    for info in _sorted(catalogue):
        table.add_row(Text(info.id), Text(info.severity), Text(info.holds))
    return table


def render_checks_index(layers: Mapping[str, Mapping[str, CheckInfo]]) -> str:
    """The catalogue as a page: a line per check, which leads to its section in the page of its layer."""
    lines = [
        "# Checks",
        "",
        "Made by `muster checks --format markdown`; the texts stand beside the checks themselves. The page of a layer",
        "(`--layer facts`) has the reason, an example that fails and the remedy of every check; so has",
        "`muster explain CHECK`.",
    ]
    for name, catalogue in layers.items():
        lines += [
            "",
            f"## [{name}]({name}.md): {len(catalogue)} checks",
            "",
            "| check | | what must hold |",
            "|---|---|---|",
        ]
        lines += [
            f"| [{info.id}]({name}.md#{info.id}) | {info.severity} | {info.holds.replace('|', _BAR)} |"
            for info in _sorted(catalogue)
        ]
    return "\n".join(lines) + "\n"


def render_checks_page(name: str, catalogue: Mapping[str, CheckInfo], example_of: ExampleOf) -> str:
    """A layer as a page: a section per check, with its example."""
    lines = [
        f"# {name}: {len(catalogue)} checks",
        "",
        f"Made by `muster checks --format markdown --layer {name}`; the texts stand beside the checks themselves,",
        "and a test runs every example. [All layers](README.md)",
    ]
    for info in _sorted(catalogue):
        lines += _section(info, example_of(info))
    return "\n".join(lines) + "\n"


def _section(info: CheckInfo, example: Example | None) -> list[str]:
    refusal = " Refused: nothing is opened." if info.exit_code == REFUSED else ""
    return [
        "",
        f"## {info.id}",
        "",
        f"**{info.holds}** ({info.severity}){refusal}",
        "",
        f"- Why: {info.why}",
        f"- Fails: {info.example}",
        f"- Mend: {info.remedy}",
        *(example_markdown(example) if example else ()),
    ]


def _sorted(catalogue: Mapping[str, CheckInfo]) -> list[CheckInfo]:
    return sorted(catalogue.values(), key=lambda item: item.id)
