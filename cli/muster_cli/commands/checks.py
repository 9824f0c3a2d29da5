"""`muster checks`."""

from __future__ import annotations

import click

from muster_cli.arguments import CATALOGUES as NAMES
from muster_cli.output import wants_colour, write


@click.command(short_help="List every check and what must hold.")
@click.option("--layer", type=click.Choice(NAMES), help="Only the checks of this layer.")
@click.option("--format", "form", type=click.Choice(["text", "markdown"]), default="text",
              help="text: a list; markdown: the whole catalogue, with reasons, examples and remedies.")  # fmt: skip
def checks(layer: str | None, form: str) -> None:
    """List every check: its id, what it reports, and what must hold.

    `muster explain ID` says more about one of them.
    """
    from muster_cli.render.checks import render_checks, render_checks_markdown
    from muster_validators import CATALOGUES

    chosen = {name: catalogue for name, catalogue in CATALOGUES.items() if layer in (None, name)}
    if form == "markdown":
        write(render_checks_markdown(chosen), None, exact=True)
    else:
        write(render_checks(chosen, colour=wants_colour(None)), None)
