"""`muster checks`."""

from __future__ import annotations

import click


@click.command(short_help="List every check and what must hold.")
@click.option("--layer", type=click.Choice(["structure", "facts"]), help="Only the checks of this layer.")
def checks(layer: str | None) -> None:
    """List every check: its id, what it reports, and what must hold."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from muster_validators import LAYERS

    console = Console(markup=False, highlight=False)
    for name, catalogue in LAYERS.items():
        if layer not in (None, name):
            continue
        table = Table(title=f"{name}: {len(catalogue)} checks", title_justify="left", box=None, pad_edge=False)
        for heading in ("check", "severity", "what must hold"):
            table.add_column(heading, no_wrap=heading != "what must hold")
        for info in sorted(catalogue.values(), key=lambda item: item.id):
            table.add_row(Text(info.id), Text(info.severity), Text(info.holds))
        console.print(table)
        console.print()
