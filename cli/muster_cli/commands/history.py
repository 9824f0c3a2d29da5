"""`muster history`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muster_cli.arguments import output_option, package_argument
from muster_cli.output import progress, wants_colour, write
from musterroll.package.sources import Kind, kind_of, split_release

if TYPE_CHECKING:
    from musterroll.package.folder import Folder
    from musterroll.release.shelf import Shelf


@click.command(short_help="What each release said of a row.")
@click.argument("id", metavar="ID")
@package_argument
@click.option("--from", "place", metavar="URL|DIR",
              help="The folder of releases; else MUSTER_INDEX, releases/ beside PACKAGE, or the cache.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              help="text for people, json for programs.")  # fmt: skip
@output_option
@click.pass_context
def history(ctx: click.Context, id: str, package: str, place: str | None, form: str, output: Path | None) -> None:
    """What each release of PACKAGE (default: this folder) said of a row, oldest first.

    \b
    D-0001, C-0001, seed-003 …   a row of a mission record, as for muster explain;
                                 of a pledge, all its revisions
    crossings:77                 a row of any package: its table, and its primary key
    prices:KEN,2024              a key of two parts

    When it came, each change of a cell, when and why it went, and the errata that
    speak of it; at the end this folder as "unreleased", if it says anything else.

    Exit code 2 if no row is called so, 4 if there is no release.
    """
    from muster_cli.render.history import render_json, render_text
    from musterroll.release.history import history as history_of

    with _releases(package, place) as (shelf, working), progress(ctx, "reading") as on_release:
        found = history_of(id, shelf, working, on_release)
    if found is None:
        raise click.BadParameter(
            f"no release of {shelf.index.name} ({shelf.shown}) has or had a row {id}. "
            "Name it as for muster explain, or as TABLE:KEY.", ctx, param_hint="ID",
        )  # fmt: skip
    write(render_json(found) if form == "json" else render_text(found, colour=wants_colour(output)), output)


@contextmanager
def _releases(package: str, place: str | None) -> Iterator[tuple[Shelf, Folder | None]]:
    """The releases, and the package as it is now; without one here, the place alone says which package is meant."""
    from musterroll.package.opening import require_package
    from musterroll.package.sources import opened
    from musterroll.release.by_name import PLACE, releases_of
    from musterroll.release.shelf import open_shelf

    named = split_release(package) if kind_of(package) is Kind.RELEASE else None
    somewhere = place or os.environ.get(PLACE)
    if named:
        with releases_of(named[0], None, place, Path(), any_of=True) as shelf:
            yield shelf, None
    elif package == "." and somewhere and not Path("datapackage.json").exists():
        with open_shelf(somewhere) as shelf:
            yield shelf, None
    else:
        with opened(package) as folder:
            beside = None if folder.is_copy else folder.root
            with releases_of(require_package(folder).name, None, place, beside, any_of=True) as shelf:
                yield shelf, folder
