"""Text for people is made by rich, but into a string: rich itself would end the program on a closed pipe."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console, RenderableType

_WIDTH = 100


def printed(parts: Iterable[RenderableType], *, colour: bool, width: int = _WIDTH) -> str:
    """The parts below each other, as wide as the terminal if there is one; cells cannot speak rich's markup."""
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        force_terminal=colour,
        no_color=None if colour else True,
        width=None if colour else width,
        markup=False,
        highlight=False,
        emoji=False,
    )
    for part in parts:
        console.print(part)
    return "".join(f"{line.rstrip()}\n" for line in buffer.getvalue().splitlines())
