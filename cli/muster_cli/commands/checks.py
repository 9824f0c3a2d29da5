"""`muster checks`."""

from __future__ import annotations

import click

from muster_cli.output import wants_colour, write


@click.command(short_help="List every check and what must hold.")
@click.option("--layer", type=click.Choice(["structure", "facts"]), help="Only the checks of this layer.")
def checks(layer: str | None) -> None:
    """List every check: its id, what it reports, and what must hold."""
    from muster_cli.render.checks import render_checks
    from muster_validators import LAYERS

    chosen = {name: catalogue for name, catalogue in LAYERS.items() if layer in (None, name)}
    write(render_checks(chosen, colour=wants_colour(None)), None)
