"""Text for people is made by rich, but into a string: rich itself would end the program on a closed pipe."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console, RenderableType

from muster_cli.render.visible import no_command

_WIDTH = 100  # of text that is not for a terminal


def printed(parts: Iterable[RenderableType], *, colour: bool, width: int | None = None) -> str:
    """The parts below each other; cells cannot speak rich's markup.

    Without `width`, as wide as the terminal if there is one. A table that must
    not be cut gives the width that it needs; a narrow terminal then wraps it.
    """
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        force_terminal=colour,
        no_color=None if colour else True,
        width=width or (None if colour else _WIDTH),
        markup=False,
        highlight=False,
        emoji=False,
    )
    for part in parts:
        console.print(part)
    return "".join(f"{no_command(line.rstrip())}\n" for line in buffer.getvalue().splitlines())
