"""`muster fetch`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muster_cli.output import wants_colour, write
from musterroll.package.sources import split_release

if TYPE_CHECKING:
    from musterroll.release.fetching import Fetched


def _release(ctx: click.Context, parameter: click.Parameter, value: str) -> tuple[str, str | None]:
    divided = split_release(value if "@" in value else f"{value}@latest")
    if divided is None:
        raise click.BadParameter(f"{value} is neither a name nor NAME@VERSION (haiti-mss@1.0.0).", ctx, parameter)
    name, version = divided
    return name, None if version == "latest" else version


@click.command(short_help="Download a release, prove it, and keep it.")
@click.argument("release", metavar="NAME[@VERSION]", callback=_release)
@click.option("--from", "place", metavar="URL|DIR", envvar="MUSTER_INDEX", required=True,
              help="The folder of releases, which holds index.json (else what MUSTER_INDEX names).")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="All files of the release, not only the zip archive.")
@click.option("--yanked", is_flag=True, help="Also a release that was withdrawn.")
@click.option("--allowed-signers", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="It must be signed by one of these, as ssh-keygen lists them.")  # fmt: skip
@click.pass_context
def fetch(
    ctx: click.Context,
    release: tuple[str, str | None],
    place: str,
    everything: bool,
    yanked: bool,
    allowed_signers: Path | None,
) -> None:
    """Download a release into the cache, proved; it then opens as NAME@VERSION, also without a network.

    Without VERSION the latest stable release. Nothing is unpacked, and nothing kept,
    before it is what the index promises: index.json gives the hash of SHA256SUMS,
    and SHA256SUMS that of every file.

    Exit code 1 if something is not what it should be, 3 if it is refused (withdrawn,
    older than what was there before, over a limit), 4 if it cannot be had.
    """
    from musterroll.release.fetching import fetch as get

    with _bytes_shown(ctx) as on_bytes:
        fetched = get(
            *release, place, everything=everything, yanked=yanked, allowed_signers=allowed_signers, on_bytes=on_bytes
        )
    write(_told(fetched, everything=everything), None)


def _told(fetched: Fetched, *, everything: bool) -> str:
    from rich.table import Table
    from rich.text import Text

    from muster_cli.render.console import printed

    how = "already there, verified" if fetched.was_there else "fetched and verified"
    heading = Text.assemble((f"{fetched.name} {fetched.version}", "bold"), ": ", (how, "green"))
    where = fetched.folder if everything else fetched.archive
    lines = {"lies in": str(where), "SHA256SUMS": fetched.sha256sums, "open as": f"{fetched.name}@{fetched.version}"}
    width = max(map(len, lines.values())) + 14  # a path that is to be copied is not broken
    grid = Table.grid(padding=(0, 2))
    for name, value in lines.items():
        grid.add_row(Text(f"  {name}", "dim"), Text(value))
    return printed([heading, grid], colour=wants_colour(None), width=width)


@contextmanager
def _bytes_shown(ctx: click.Context) -> Iterator[Callable[[str, int, int], None]]:
    """A line per file on stderr with the bytes that came; nothing unless a person is watching."""
    if ctx.obj["quiet"] or sys.stderr is None or not sys.stderr.isatty():
        yield lambda _path, _came, _of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn

    from muster_cli.render.visible import visible

    columns = TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TransferSpeedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        tasks: dict[str, TaskID] = {}

        def came(path: str, count: int, of: int) -> None:
            if path not in tasks:
                tasks[path] = progress.add_task(visible(path, 40), total=of)
            progress.update(tasks[path], advance=count)

        yield came
