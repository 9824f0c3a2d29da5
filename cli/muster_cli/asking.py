"""What `muster query` and `muster show` share: the question put to a package, and the answer in a format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from difflib import get_close_matches
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import click

from muster_cli.output import wants_colour, write

if TYPE_CHECKING:
    from musterroll.query.answer import Answer

_WIDTH = 100  # of text that is not for a terminal


def rows_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how rows are written."""
    form = click.option(
        "--format", "form", type=click.Choice(["text", "csv", "json", "parquet"]), default="text",
        help="text for people, csv for spreadsheets, json for programs, parquet (with --output) for both.",
    )  # fmt: skip
    every = click.option("--all", "show_all", is_flag=True, help="Text: show every row, however many.")
    return form(every(command))


@contextmanager
def answered(package: str, sql: str, *, hint: str, table: str | None = None) -> Iterator[Answer]:
    """The answer of a package to one question; one that it cannot answer is wrong use, with what the database says."""
    import musterroll
    from musterroll.errors import Unusable
    from musterroll.query.answer import asked
    from musterroll.query.database import lock, table_names

    with closing(musterroll.open(package).as_duckdb()) as connection:
        lock(connection)
        names = table_names(connection)
        if table is not None and table not in names:
            near = get_close_matches(table, names, n=1)
            meant = f" (did you mean {near[0]}?)" if near else ""
            raise click.BadParameter(
                f"there is no table {table}{meant}; there are {', '.join(names)}", param_hint="TABLE"
            )
        try:
            answer = asked(connection, sql)
        except Unusable as problem:
            raise click.BadParameter(_told(str(problem), sql), param_hint=hint) from problem
        yield answer


def _told(problem: str, sql: str) -> str:
    """What the database says, and the most common slip behind it."""
    missing = re.match(r'Referenced column "([^"]+)"', problem)
    if missing and re.search(rf'[=<>(,]\s*"{re.escape(missing[1])}"', sql):
        return f"{problem}\nText stands in single quotes: 'KEN'; double quotes name a column."
    return problem


def written_answer(ctx: click.Context, answer: Answer, form: str, output: Path | None, *, show_all: bool) -> None:
    """Write the answer in the format that was asked for."""
    if form == "text":
        from muster_cli.render.rows_text import render_text

        colour = wants_colour(output)
        width = get_terminal_size().columns if colour else _WIDTH
        write(render_text(answer, width=width, colour=colour, show_all=show_all), output)
    elif form == "parquet":
        _write_parquet(ctx, answer, output)
    else:
        from muster_cli.render.rows_data import render_csv, render_json

        write(render_csv(answer) if form == "csv" else render_json(answer), output, exact=True)


def _write_parquet(ctx: click.Context, answer: Answer, output: Path | None) -> None:
    if output is None:
        raise click.UsageError("Parquet is no text: name a file with --output.", ctx)
    from musterroll.package.atomic import write_atomically

    write_atomically(output, [answer.parquet()])
