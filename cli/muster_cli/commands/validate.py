"""`muster validate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from muster_cli.arguments import output_option, package_argument
from muster_cli.output import progress, wants_colour, write

if TYPE_CHECKING:
    from muster_validators.finding import Severity

_LAYERS = ("structure", "facts")


@click.command(short_help="Check a package: structure and facts.")
@package_argument
@click.option("--layer", "layers", type=click.Choice(_LAYERS), multiple=True,
              help="Judge this layer only (repeatable); all by default.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text",
              help="text for people, json for programs, github for annotations.")  # fmt: skip
@output_option
@click.option("--fail-on", type=click.Choice(["error", "warning"]), default="error",
              help="The least severity that makes the exit code 1.")  # fmt: skip
@click.option("--all", "show_all", is_flag=True, help="Text: list every finding, however many.")
@click.pass_context
def validate(
    ctx: click.Context,
    package: Path,
    layers: tuple[str, ...],
    form: str,
    output: Path | None,
    fail_on: str,
    show_all: bool,
) -> None:
    """Check PACKAGE: a folder or its datapackage.json (default: this folder).

    \b
    structure  is it the package it says it is? (bytes, CSV, descriptor, schemas)
    facts      are the facts coherent? (for packages of the mission-record profile)

    Exit code 0 if nothing was found, 1 if something was or a check could not run.
    """
    from muster_validators import validate as run

    with progress(ctx) as on_step:
        report = run(package, layers or _LAYERS, on_step)
    threshold: Severity = "warning" if fail_on == "warning" else "error"
    if form == "json":
        from muster_cli.render.json import render_json

        text = render_json(report)
    elif form == "github":
        from muster_cli.render.github import render_github

        text = render_github(report, package)
    else:
        from muster_cli.render.text import render_text

        text = render_text(report, colour=wants_colour(output), show_all=show_all, fail_on=threshold)
    write(text, output)
    ctx.exit(report.exit_code(threshold))
