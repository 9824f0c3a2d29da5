"""Text that Markdown shows as it is: `musterroll.markdown`, for text that is visible already."""

from __future__ import annotations

from muster_cli.render.visible import visible
from musterroll.markdown import inert, inert_html


def plain(text: str) -> str:
    """One line of visible text: no cell is ever markup, a link or a mention."""
    return inert(text, None)


def html(text: str) -> str:
    """One line of text for an element of HTML inside Markdown."""
    return inert_html(visible(text))
