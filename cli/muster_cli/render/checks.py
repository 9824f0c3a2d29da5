"""The catalogue of checks as a table for people."""

from __future__ import annotations

from collections.abc import Mapping

from rich.table import Table
from rich.text import Text

from muster_cli.exit_codes import REFUSED
from muster_cli.render.console import printed
from muster_validators.check import CheckInfo


def render_checks(layers: Mapping[str, Mapping[str, CheckInfo]], *, colour: bool = False) -> str:
    """One table per layer, by id."""
    return printed((_table(name, catalogue) for name, catalogue in layers.items()), colour=colour)


def _table(name: str, catalogue: Mapping[str, CheckInfo]) -> Table:
    title = Text(f"\n{name}: {len(catalogue)} checks", "bold")
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("check", no_wrap=True)
    table.add_column("severity", no_wrap=True)
    table.add_column("what must hold")
    for info in sorted(catalogue.values(), key=lambda item: item.id):
        table.add_row(Text(info.id), Text(info.severity), Text(info.holds))
    return table


def render_checks_markdown(layers: Mapping[str, Mapping[str, CheckInfo]]) -> str:
    """The catalogue as a page: a section per check."""
    lines = ["# Checks", "", "Made by `muster checks --format markdown`; the texts stand beside the checks themselves."]
    for name, catalogue in layers.items():
        lines += ["", f"## {name}: {len(catalogue)} checks"]
        for info in sorted(catalogue.values(), key=lambda item: item.id):
            severity = "" if info.severity == "error" else f" ({info.severity})"
            refusal = " Refused: nothing is opened." if info.exit_code == REFUSED else ""
            lines += [
                "",
                f"### {info.id}{severity}",
                "",
                f"**{info.holds}**{refusal}",
                "",
                f"- Why: {info.why}",
                f"- Fails: {info.example}",
                f"- Mend: {info.remedy}",
            ]
    return "\n".join(lines) + "\n"
