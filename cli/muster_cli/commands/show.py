"""`muster show`."""

from __future__ import annotations

from pathlib import Path

import click

from muster_cli.arguments import output_option, package_argument
from muster_cli.asking import answered, rows_option, written_answer


@click.command(short_help="Show a table, or some of its rows.")
@click.argument("table", required=False, metavar="TABLE")
@package_argument
@click.option("--where", "conditions", multiple=True, metavar="SQL",
              help="Only rows for which this is true: \"country_code = 'KEN'\" (repeatable: all must be).")  # fmt: skip
@click.option("--columns", metavar="A,B", help="Only these columns, in this order.")
@click.option("--sort", "order", multiple=True, metavar="COLUMN",
              help="Sort by this column, -COLUMN downwards (repeatable); else as in the file.")  # fmt: skip
@click.option("--describe", is_flag=True, help="Show what each column means instead of the rows.")
@rows_option
@output_option
@click.pass_context
def show(
    ctx: click.Context,
    table: str | None,
    package: str,
    conditions: tuple[str, ...],
    columns: str | None,
    order: tuple[str, ...],
    describe: bool,
    form: str,
    show_all: bool,
    output: Path | None,
) -> None:
    """Show TABLE of PACKAGE (default: this folder); without TABLE, which tables there are.

    \b
    muster show
    muster show deployments --where "country_code = 'KEN'" --columns deployment_id,movement,personnel_best
    muster show deployments --describe
    muster show latest --sort -deployed_best --format csv

    muster query asks for more than a filter. Exit code 2 if there is no such table or column.
    """
    from musterroll.query.selection import COLUMNS_OF, TABLES, select

    if (table is None or describe) and (conditions or columns or order):
        raise click.UsageError("--where, --columns and --sort choose rows of a TABLE.", ctx)
    if any(not condition.strip() for condition in conditions):
        raise click.UsageError("--where is empty.", ctx)
    if table is None:
        sql = TABLES
    elif describe:
        sql = COLUMNS_OF.format(table=table.replace("'", "''"))
    else:
        sql = select(table, conditions, columns.split(",") if columns else (), order)
    chosen = {"--where": conditions, "--columns": columns, "--sort": order}
    hint = ", ".join(option for option, given in chosen.items() if given) or "TABLE"
    with answered(package, sql, hint=hint, table=table) as answer:
        written_answer(ctx, answer, form, output, show_all=show_all)
