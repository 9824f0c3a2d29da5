"""`muster yank`."""

from __future__ import annotations

from pathlib import Path

import click

from muster_cli.output import remark


@click.command(short_help="Mark a published release as one not to be used.")
@click.argument("version")
@click.option("--out", required=True, metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="The folder of releases.")  # fmt: skip
@click.option("--reason", required=True, help="Why nobody should use it; whoever asks for it is told.")
@click.option("--successor", metavar="VERSION", help="The release to use instead.")
@click.pass_context
def yank(ctx: click.Context, version: str, out: Path, reason: str, successor: str | None) -> None:
    """Mark VERSION in the index of DIR as one not to be used.

    Nothing in the release changes and nothing is deleted: papers go on citing it.
    It is no longer the latest, and muster fetch names the reason and the successor.
    """
    from musterroll.release.yank import yank as mark

    mark(out, version, reason, successor)
    remark(ctx, f"{version} is yanked; its files stay as they are")
