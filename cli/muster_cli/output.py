"""Where results go: data to stdout or a file, talk to stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from musterroll.package.atomic import write_atomically


def write(text: str | Iterable[str], output: Path | None, *, exact: bool = False) -> None:
    """Print `text`, or its pieces one by one, or write it to the file `output` as a whole.

    A file is UTF-8; so is what is printed if it must be `exact`, because it is
    read by a program, and not in the encoding of the terminal.
    """
    pieces = [text] if isinstance(text, str) else text
    if output is None:
        raw = getattr(sys.stdout, "buffer", None) if exact else None
        for piece in pieces:
            sys.stdout.write(piece) if raw is None else raw.write(piece.encode())
        sys.stdout.flush()
    else:
        write_atomically(output, (piece.encode() for piece in pieces))


def wants_colour(output: Path | None) -> bool:
    """Whether a person is looking (rich itself obeys NO_COLOR)."""
    return output is None and sys.stdout is not None and sys.stdout.isatty()


def remark(ctx: click.Context, text: str) -> None:
    """One line of talk on stderr, unless nobody wants to hear it."""
    if not ctx.obj["quiet"]:
        click.echo(f"muster: {text}", err=True)


@contextmanager
def progress(ctx: click.Context, doing: str = "checking") -> Iterator[Callable[[str], None]]:
    """A line on stderr that says what is being looked at; nothing unless a person is watching."""
    if ctx.obj["quiet"] or sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.text import Text

    from muster_cli.render.visible import visible

    with Console(stderr=True).status("reading the descriptor") as status:
        yield lambda step: status.update(Text(f"{doing} {visible(step)}"))
