"""`muster init`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from shlex import quote

import click

from muster_cli.output import remark
from muster_cli.render.visible import visible

_DEFAULT_LICENCE = "CC-BY-4.0"


@click.command(short_help="Begin a mission record: a package with every table and no row.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="The name of the package (default: that of the folder).")
@click.option("--host", metavar="CODE", help="The country of the mission, three letters of ISO 3166-1.")
@click.option("--host-title", metavar="TEXT", help="Its name in English.")
@click.option("--horizon", metavar="DATE", help="The day up to which the record will claim to be complete.")
@click.option("--title", metavar="TEXT", help="The title of the package (default: made of the host's name).")
@click.option("--license", "licence", metavar="NAME", default=_DEFAULT_LICENCE, show_default=True,
              help="The licence of the data; CC0-1.0 is the other one.")  # fmt: skip
@click.pass_context
def init(
    ctx: click.Context,
    folder: Path,
    name: str | None,
    host: str | None,
    host_title: str | None,
    horizon: str | None,
    title: str | None,
    licence: str,
) -> None:
    """Begin a package of the mission-record profile in DIR, a new or an empty folder.

    \b
    muster init harbour-watch --host XAA --host-title Exampleland --horizon 2025-06-30

    Writes datapackage.json, schemas/, data/ (every table with its header and no
    row), README.md and .gitattributes. muster validate passes at once, and
    muster new begins the first rows. What is not given is asked for on a
    terminal. Nothing is written over anything.
    """
    from musterroll.drafting.unfit import Unfit
    from musterroll.starting.beginning import Beginning, horizon_fault, host_code_fault, name_fault, text_fault
    from musterroll.starting.package import package_files
    from musterroll.starting.writing import check_free, write_new

    check_free(folder)
    usual = folder.resolve().name
    needed: tuple[tuple[str, str | None, str, Callable[[str], str | None]], ...] = (
        ("name", usual if name is None and not name_fault(usual) else name, "Name", name_fault),
        ("host", host, "Country of the mission (alpha-3 code)", host_code_fault),
        ("host-title", host_title, "Its name in English", lambda text: text_fault("the name", text)),
        ("horizon", horizon, "Complete up to which day (YYYY-MM-DD)", horizon_fault),
    )
    package, code, country, day = (
        _answer(ctx, option, question, fault_of) if given is None else given
        for option, given, question, fault_of in needed
    )
    try:
        beginning = Beginning(package, code, country, day, title or "", licence)
    except Unfit as error:
        raise click.UsageError("\n".join(visible(fault, 500) for fault in error.faults), ctx) from error
    write_new(folder, package_files(beginning))
    click.echo(visible(str(folder / "datapackage.json"), 2000))
    where = visible(quote(str(folder)), 2000)
    remark(ctx, f"begun; next: muster validate {where}, then muster new sources {where} … (its README.md goes on)")


def _is_somebody_there() -> bool:
    """Whether questions would be read and answered by a person."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _answer(ctx: click.Context, option: str, question: str, fault_of: Callable[[str], str | None]) -> str:
    """What a person answers, asked again until it fits; wrong use if nobody is there to be asked."""
    if not _is_somebody_there():
        raise click.UsageError(f"Missing option '--{option}'; without a terminal nothing is asked.", ctx)

    def fitting(text: str) -> str:
        if fault := fault_of(text.strip()):
            raise click.BadParameter(visible(fault, 500))
        return text.strip()

    while True:
        try:
            answer: str = click.prompt(question, value_proc=fitting, err=True)
        except UnicodeDecodeError:
            click.echo("Error: the answer is no text in the encoding of this terminal", err=True)
        else:
            return answer
