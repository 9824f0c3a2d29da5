"""`muster explain`."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from muster_cli.arguments import package_argument
from muster_cli.output import wants_colour, write
from muster_cli.render.visible import visible
from musterroll.errors import MusterError

if TYPE_CHECKING:
    from musterroll.record.dossier import Dossier


@click.command(short_help="Explain a check, or a row with its sources.")
@click.argument("id", metavar="ID")
@package_argument
def explain(id: str, package: str) -> None:
    """Explain a check, or a row of PACKAGE, by its ID.

    \b
    A check (deployed-within-pledged): what must hold, why, what fails, how to mend it,
    and an example: what differs from a sound package, and what muster then says.
    A row (D-0001, C-0001, S-0003, E-0050, seed-003 …): its values, its evidence with
    stance, rank and source, and the rows it belongs with.

    PACKAGE is named as for muster validate: a folder, a .zip, @v1.2.0, a URL.
    """
    from muster_cli.render.explain import render_check, render_dossier
    from muster_validators import CATALOGUES
    from muster_validators.examples.shipped import example_of

    known = {check: info for catalogue in CATALOGUES.values() for check, info in catalogue.items()}
    if id in known:
        write(render_check(known[id], example_of(known[id]), colour=wants_colour(None)), None)
    else:
        write(render_dossier(_dossier(id, package, known), colour=wants_colour(None)), None)


def _dossier(id: str, package: str, checks: Iterable[str]) -> Dossier:
    """What is known of a row; wrong use if there is none, or no package and `id` looks like a misspelt check."""
    from musterroll.package.sources import opened
    from musterroll.record.dossier import dossier
    from musterroll.record.loading import load_record

    near = get_close_matches(id.lower().replace("_", "-"), checks)
    try:
        with opened(package) as folder:
            found = dossier(load_record(folder), id)
    except MusterError:
        if not near:
            raise
        found = None
    if found is None:
        of = "this package" if package == "." else visible(package)
        where = f"Did you mean {' or '.join(near)}?" if near else "muster checks lists the checks."
        raise click.BadParameter(f"{visible(id)} is no check and no row of {of}. {where}", param_hint="ID")
    return found
