"""`muster apply`."""

from __future__ import annotations

from pathlib import Path

import click

from muster_cli.arguments import named_package
from muster_cli.output import remark


@click.command(short_help="Make a new release from an old one and its changes.")
@click.argument("old", callback=named_package)
@click.argument("changes", type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True))
@click.option("--out", required=True, metavar="DIR", type=click.Path(path_type=Path, file_okay=False),
              help="The folder to write, which must not exist or be empty.")  # fmt: skip
@click.pass_context
def apply(ctx: click.Context, old: str, changes: Path, out: Path) -> None:
    """Replay CHANGES (made by muster diff --format jsonl) on OLD, and write the new release into DIR.

    The result is in canonical form and proved by the hashes in the feed; if it
    is not what the feed promises, nothing is written.
    """
    from musterroll.changes.replay import replay
    from musterroll.package.sources import opened

    with opened(old) as before, click.open_file(str(changes), encoding="utf-8") as lines:
        written = list(replay(before, lines, out))
    remark(ctx, f"{len(written)} files written to {out}, as the feed promises")
