"""`muster balance`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muster_cli.arguments import output_option, package_argument
from muster_cli.output import wants_colour, write

if TYPE_CHECKING:
    from datetime import datetime


@click.command(short_help="Who promised whom, and who was there on a day.")
@package_argument
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), required=True, metavar="DATE",
              help="The day in question, as YYYY-MM-DD; its end counts.")  # fmt: skip
@click.option("--country", "countries", multiple=True, metavar="CODE",
              help="Only this country, by its three-letter code (repeatable).")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text",
              help="text for people, csv for spreadsheets, json for programs.")  # fmt: skip
@output_option
@click.pass_context
def balance(
    ctx: click.Context, package: str, as_of: datetime, countries: tuple[str, ...], form: str, output: Path | None
) -> None:
    """Who had promised how many people on a day, and how many were there.

    Numbers are ranges: 150 is certain, 300 (280–320) is a best value and its
    limits, ≥ 50 and ≤ 50 are open, ? is a pledge without a number, – is none.

    PACKAGE is named as for muster validate: a folder, a .zip, @v1.2.0, a URL.
    """
    from muster_cli.render import balance as render
    from musterroll.package.sources import opened
    from musterroll.record.balance import balance as compute
    from musterroll.record.loading import load_record

    with opened(package) as folder:
        record = load_record(folder)
    day = as_of.date()
    rows = compute(record, day)
    unknown = set(countries) - {row.country for row in rows}
    if unknown:
        known = ", ".join(row.country for row in rows if row.country)
        raise click.BadParameter(
            f"nothing is heard of {', '.join(sorted(unknown))} by {day}; countries are {known}", param_hint="--country"
        )
    chosen = [row for row in rows if not countries or row.country in countries]
    if form == "text":
        write(render.render_text(chosen, day, colour=wants_colour(output)), output)
    else:
        write(render.render_csv(chosen) if form == "csv" else render.render_json(chosen, day), output, exact=True)
    _warn_beyond(ctx, record.horizon, day)


def _warn_beyond(ctx: click.Context, horizon: date | None, day: date) -> None:
    if horizon and day > horizon and not ctx.obj["quiet"]:
        click.echo(f"The record is complete up to {horizon} only; what happened after that day is not in it.", err=True)
