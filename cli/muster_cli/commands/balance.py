"""`muster balance`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from muster_cli.arguments import output_option, package_argument
from muster_cli.output import wants_colour, write

if TYPE_CHECKING:
    from datetime import datetime

    from musterroll.record.balance import BalanceRow
    from musterroll.record.record import Record
    from musterroll.record.terms import Terms

_WIDTH = 100  # of text that is not for a terminal


@click.command(short_help="Who promised whom, and who was there on a day.")
@package_argument
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), required=True, metavar="DATE",
              help="The day in question, as YYYY-MM-DD; its end counts.")  # fmt: skip
@click.option("--country", "countries", multiple=True, metavar="CODE",
              help="Only this country, by its three-letter code (repeatable).")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text",
              help="text for people, csv for spreadsheets, json for programs.")  # fmt: skip
@click.option("--sources", is_flag=True,
              help="Say which rows the numbers come from, and which sources say so.")  # fmt: skip
@output_option
@click.pass_context
def balance(
    ctx: click.Context,
    package: str,
    as_of: datetime,
    countries: tuple[str, ...],
    form: str,
    sources: bool,
    output: Path | None,
) -> None:
    """Who had promised how many people on a day, and how many were there.

    Numbers are ranges: 150 is certain, 300 (280–320) is a best value and its
    limits, ≥ 50 and ≤ 50 are open, ? is a pledge without a number, – is none.
    Of those pledged some are only offered, notified to the United Nations, or in
    force (they wait for nothing); the gap is pledged less deployed. Deployed are
    in the country or offshore, present in the country alone.

    With --sources, muster explain ID tells more of each row that is named.

    PACKAGE is named as for muster validate: a folder, a .zip, @v1.2.0, a URL.
    """
    from musterroll.package.sources import opened
    from musterroll.record.balance import balance as compute
    from musterroll.record.loading import load_record
    from musterroll.record.terms import Terms

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
    terms = Terms(record) if sources else None
    if form == "text":
        write(_text(record, chosen, day, terms, output, every=bool(countries)), output)
    else:
        from muster_cli.render import balance as render

        text = render.render_csv(chosen, terms) if form == "csv" else render.render_json(chosen, day, terms)
        write(text, output, exact=True)
    _warn_beyond(ctx, record.horizon, day)


def _text(
    record: Record, rows: list[BalanceRow], day: date, terms: Terms | None, output: Path | None, *, every: bool
) -> str:
    from muster_cli.render.balance_terms import render_terms
    from muster_cli.render.balance_text import render_text

    countries, colour = record.tables["countries"], wants_colour(output)
    names = dict(zip(countries.column("country_code"), countries.column("name_en"), strict=True))
    width = get_terminal_size().columns if colour else _WIDTH
    tables = render_text(rows, day, names, width=width, colour=colour, every=every)
    return tables + (render_terms(rows, terms, width=width, colour=colour) if terms else "")


def _warn_beyond(ctx: click.Context, horizon: date | None, day: date) -> None:
    if horizon and day > horizon and not ctx.obj["quiet"]:
        click.echo(f"The record is complete up to {horizon} only; what happened after that day is not in it.", err=True)
