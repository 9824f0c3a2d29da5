"""A report in the format that was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from muster_cli.output import wants_colour

if TYPE_CHECKING:
    from muster_validators import Report
    from muster_validators.finding import Severity
    from musterroll.package.folder import Folder

FORMATS = ("text", "html", "markdown", "github", "json", "sarif", "junit")
format_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text",
    help="text for people; html, a page with a search; markdown for a pull request; github for annotations; "
    "json for programs; sarif 2.1.0 for code scanning; junit, XML for CI servers.",
)  # fmt: skip
fail_on_option = click.option(
    "--fail-on", "threshold", type=click.Choice(["error", "warning"]), default="error",
    help="The least severity that makes the exit code 1.",
)  # fmt: skip
all_option = click.option("--all", "show_all", is_flag=True, help="Text: list every finding, however many.")


def rendered(
    report: Report, folder: Folder, form: str, output: Path | None, *, show_all: bool, threshold: Severity
) -> str:
    """The text of the report; what renders it is imported only if it is wanted."""
    if form == "json":
        from muster_cli.render.json import render_json

        return render_json(report)
    if form == "github":
        from muster_cli.render.github import render_github

        return render_github(report, folder)
    if form == "sarif":
        from muster_cli.render.sarif import render_sarif

        return render_sarif(report, folder)
    if form == "junit":
        from muster_cli.render.junit import render_junit

        return render_junit(report, fail_on=threshold)
    if form == "html":
        from muster_cli.render.html import render_html

        return render_html(report, fail_on=threshold)
    if form == "markdown":
        from muster_cli.render.markdown import render_markdown

        return render_markdown(report)
    from muster_cli.render.text import render_text

    return render_text(report, colour=wants_colour(output), show_all=show_all, fail_on=threshold)
