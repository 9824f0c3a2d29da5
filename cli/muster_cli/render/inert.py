"""Text that Markdown shows as it is: no cell is ever markup, a link or a mention."""

from __future__ import annotations

import re

from muster_cli.render.visible import visible

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+!|~@&:$-])")


def plain(text: str) -> str:
    """One line of text with all that Markdown could read as its own escaped."""
    return _SPECIAL.sub(r"\\\1", text).replace("\\@", "@\u2060").replace("\\#", "#\u2060").replace("www.", "www\u2060.")


def html(text: str) -> str:
    """One line of text for an element of HTML inside Markdown."""
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace("@", "@\u2060").replace("#", "#\u2060")
