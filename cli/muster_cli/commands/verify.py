"""`muster verify`."""

from __future__ import annotations

from pathlib import Path

import click

from muster_cli.arguments import output_option
from muster_cli.exit_codes import CLEAN, FINDINGS
from muster_cli.output import progress, remark, wants_colour, write


@click.command(short_help="Is a release what was published, byte for byte?")
@click.argument("release", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--allowed-signers", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Demand a signature by one of these keys (an allowed signers file, see ssh-keygen(1)).")  # fmt: skip
@click.option("--identity", metavar="WHO", help="Demand that it is the signature of WHO.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              help="text for people, json for programs.")  # fmt: skip
@output_option
@click.pass_context
def verify(
    ctx: click.Context,
    release: Path,
    allowed_signers: Path | None,
    identity: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Verify RELEASE, the folder of one release: nothing changed, nothing missing, nothing extra.

    Every byte is hashed again; SHA256SUMS, release.json, the descriptor, the tables
    and their fingerprints, and the index beside the release must agree; every
    export is read back and compared with the tables cell by cell.

    Exit code 0 if it is what was published, 1 if not, 4 if there is no release.
    """
    if identity and not allowed_signers:
        raise click.UsageError("--identity needs --allowed-signers, which says which key is whose.", ctx)
    from muster_cli.render.verification import render_json, render_text
    from musterroll.release.verify import verify as verified

    with progress(ctx, "verifying") as on_step:
        found = verified(release, allowed_signers, identity, on_step=on_step)
    for text in found.remarks:
        remark(ctx, text)
    write(render_json(found) if form == "json" else render_text(found, colour=wants_colour(output)), output)
    ctx.exit(CLEAN if found.sound else FINDINGS)
