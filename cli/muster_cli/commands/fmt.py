"""`muster fmt`."""

from __future__ import annotations

from pathlib import Path

import click

from muster_cli.arguments import folder_argument
from muster_cli.exit_codes import CLEAN, FINDINGS


@click.command(short_help="Bring a package's files into canonical form.")
@folder_argument
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if something would change.")
@click.pass_context
def fmt(ctx: click.Context, package: Path, check: bool) -> None:
    """Bring the files of PACKAGE (a folder) into canonical form, and their hash and size into the descriptor.

    UTF-8 without byte order mark, NFC, LF, quotes only where needed, rows by
    primary key. Equal data are then equal bytes. No value is changed.
    """
    from musterroll.package.atomic import write_atomically
    from musterroll.package.canonical import canonical_files
    from musterroll.package.opening import find_folder, require_package

    folder = find_folder(package)
    files = list(
        canonical_files(require_package(folder))
    )  # all of them first: a fault in one leaves the others untouched
    changed = [path for path, data in files if (folder.root / path).read_bytes() != data]
    for path, data in files:
        if path in changed and not check:
            write_atomically(folder.root / path, data)
    verb = "would change" if check else "written"
    for path in changed:
        click.echo(f"{path}: {verb}")
    if not ctx.obj["quiet"]:
        click.echo(
            f"{len(changed)} of {len(files)} files {verb}" if changed else f"{len(files)} files are canonical", err=True
        )
    ctx.exit(FINDINGS if check and changed else CLEAN)
