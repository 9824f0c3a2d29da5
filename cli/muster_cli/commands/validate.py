"""`muster validate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from muster_cli.output import progress, wants_colour, write

if TYPE_CHECKING:
    from muster_validators.report import Report

_LAYERS = ("structure", "facts")


@click.command(short_help="Check a package: structure and facts.")
@click.argument("package", type=click.Path(path_type=Path), default=".")
@click.option("--layer", "layers", type=click.Choice(_LAYERS), multiple=True,
              help="Judge this layer only (repeatable); all by default.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text",
              help="text for people, json for programs, github for annotations.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the report to this file.")
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
    r"""Check PACKAGE: a folder or its datapackage.json (default: this folder).

    \b
    structure  is it the package it says it is? (bytes, CSV, descriptor, schemas)
    facts      are the facts coherent? (for packages of the mission-record profile)

    Exit code 0 if nothing was found, 1 if something was or a check could not run.
    """
    from muster_validators import validate as run

    with progress(ctx) as on_step:
        report = run(package, layers or _LAYERS, on_step)
    write(_render(report, package, form, colour=wants_colour(output), show_all=show_all), output)
    ctx.exit(report.exit_code("warning" if fail_on == "warning" else "error"))


def _render(report: Report, package: Path, form: str, *, colour: bool, show_all: bool) -> str:
    if form == "json":
        from muster_cli.render.json import render_json

        return render_json(report)
    if form == "github":
        from muster_cli.render.github import render_github

        return render_github(report, package)
    from muster_cli.render.text import render_text

    return render_text(report, colour=colour, show_all=show_all)
