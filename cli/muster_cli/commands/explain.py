"""`muster explain`."""

from __future__ import annotations

import click

from muster_cli.arguments import package_argument
from muster_cli.output import wants_colour, write


@click.command(short_help="Explain a check, or a row with its sources.")
@click.argument("id", metavar="ID")
@package_argument
def explain(id: str, package: str) -> None:
    """Explain a check, or a row of PACKAGE, by its ID.

    \b
    A check (deployed-within-pledged): what must hold, why, what fails, how to mend it.
    A row (D-0001, C-0001, S-0003, E-0050, seed-003 …): its values, its evidence with
    stance, rank and source, and the rows it belongs with.

    PACKAGE is named as for muster validate: a folder, a .zip, @v1.2.0, a URL.
    """
    from muster_cli.render.explain import render_check, render_dossier
    from muster_validators import CATALOGUES
    from musterroll.package.sources import opened
    from musterroll.record.dossier import dossier
    from musterroll.record.loading import load_record

    known = {check: info for catalogue in CATALOGUES.values() for check, info in catalogue.items()}
    if id in known:
        write(render_check(known[id], colour=wants_colour(None)), None)
        return
    with opened(package) as folder:
        found = dossier(load_record(folder), id)
    if found is None:
        raise click.BadParameter(
            f"{id} is no check (muster checks lists them) and no row of {package}", param_hint="ID"
        )
    write(render_dossier(found, colour=wants_colour(None)), None)
