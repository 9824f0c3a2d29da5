"""`muster codebook`."""

from __future__ import annotations

from pathlib import Path

import click

from muster_cli.arguments import output_option, package_argument
from muster_cli.output import write


@click.command(short_help="Print what every table, column and code means.")
@package_argument
@output_option
def codebook(package: str, output: Path | None) -> None:
    """Print what every table, column and code of a package means, as Markdown.

    The texts are those of the schemas. Counts of rows, the version and how to
    cite it are left out; the codebook.md of a release has them too.

    PACKAGE is named as for muster validate: a folder, a .zip, @v1.2.0, a URL.
    """
    import musterroll
    from musterroll.release.content import Content
    from musterroll.release.metadata.codebook import render_tables

    release = musterroll.open(package)
    write(render_tables(Content(release.package, release.texts)), output, exact=True)
