"""`muster query`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from muster_cli.arguments import output_option, package_argument
from muster_cli.asking import answered, rows_option, written_answer


@click.command(short_help="Ask the tables of a package in SQL, read-only.")
@click.argument("sql", metavar="SQL")
@package_argument
@rows_option
@output_option
@click.pass_context
def query(ctx: click.Context, sql: str, package: str, form: str, show_all: bool, output: Path | None) -> None:
    """Answer one SELECT over the tables of PACKAGE (default: this folder); SQL is - to read it from standard input.

    Tables have the names they have in the package, and the types that their schemas
    say. A mission record has derived tables too: balance, strength, funding, coverage,
    latest (derived.balance where the package has a table balance of its own). The
    dialect is DuckDB's. Nothing is changed, and nothing but the package is read.

    \b
    muster query "SHOW TABLES"
    muster query "DESCRIBE deployments"
    muster query "SELECT country_code, deployed_best FROM latest ORDER BY 2 DESC"
    muster query "FROM deployments" haiti-mss@1.0.0 --format parquet --output deployments.parquet

    Exit code 2 if the question cannot be answered, 3 if it would change or reach anything.
    """
    with answered(package, sys.stdin.read() if sql == "-" else sql, hint="SQL") as answer:
        written_answer(ctx, answer, form, output, show_all=show_all)
