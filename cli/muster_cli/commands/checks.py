"""`muster checks`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import click

from muster_cli.arguments import CATALOGUES as NAMES
from muster_cli.output import wants_colour, write

if TYPE_CHECKING:
    from muster_validators.check import CheckInfo


def _text(layers: Mapping[str, Mapping[str, CheckInfo]]) -> str:
    from muster_cli.render.checks import render_checks

    return render_checks(layers, colour=wants_colour(None))


def _markdown(layers: Mapping[str, Mapping[str, CheckInfo]]) -> str:
    from muster_cli.render.checks import render_checks_index, render_checks_page
    from muster_validators.examples.shipped import example_of

    if len(layers) > 1:
        return render_checks_index(layers)
    return "".join(render_checks_page(name, catalogue, example_of) for name, catalogue in layers.items())


def _json(layers: Mapping[str, Mapping[str, CheckInfo]]) -> str:
    from muster_cli.render.checks_json import render_checks_json

    return render_checks_json(layers)


# Each is given the layers that were asked for; all but text is written as it is, in UTF-8.
_FORMATS: Mapping[str, Callable[[Mapping[str, Mapping[str, CheckInfo]]], str]] = {
    "text": _text,
    "markdown": _markdown,
    "json": _json,
}


@click.command(short_help="List every check and what must hold.")
@click.option("--layer", type=click.Choice(NAMES), help="Only the checks of this layer.")
@click.option("--format", "form", type=click.Choice(list(_FORMATS)), default="text",
              help="text: a list; markdown: the same as a page, with --layer the page of that layer,"
                   " with reasons, examples and remedies; json for programs.")  # fmt: skip
def checks(layer: str | None, form: str) -> None:
    """List every check: its id, what it reports, and what must hold.

    `muster explain ID` says more about one of them.
    """
    from muster_validators import CATALOGUES

    chosen = {name: catalogue for name, catalogue in CATALOGUES.items() if layer in (None, name)}
    write(_FORMATS[form](chosen), None, exact=form != "text")
