"""A changelog as HTML: headings, lists, tables and emphasis come through, and nothing that asks or leads anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from musterroll.errors import Unavailable
from musterroll.release.metadata.inert import shown

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token

_FORBIDDEN = ("image", "link", "autolink", "html_inline", "html_block", "reference", "entity")
_JOINER = "\u2060"  # parts what another program would make a link of


def as_html(markdown: str) -> Markup:
    """The text with its first heading left out (the page has one), HTML in it shown as text, links as what they say.

    Raises `Unavailable` if the reader of Markdown is not installed.
    """
    lines = [shown(line) for line in markdown.replace(_JOINER, "").split("\n")]
    body = lines[1:] if lines[0].startswith("# ") else lines
    return Markup(_reader().render("\n".join(body)))  # noqa: S704 (the renderer escapes every text)


@cache
def _reader() -> MarkdownIt:
    try:
        from markdown_it import MarkdownIt
    except ImportError as error:
        raise Unavailable("changelogs need markdown-it-py; install musterroll[site]") from error
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable([*_FORBIDDEN])
    for name, rule in _RULES.items():
        reader.add_render_rule(name, rule)
    return reader


def _table_open(_: RendererHTML, tokens: Sequence[Token], index: int, *__: Any) -> str:
    caption = f"Table {sum(token.type == 'table_open' for token in tokens[: index + 1])}"
    group = f'<div class="scroll" role="group" aria-label="{caption}" tabindex="0">'
    return f'{group}<table><caption class="away">{caption}</caption>'


def _table_close(_: RendererHTML, __: Sequence[Token], ___: int, *____: Any) -> str:
    return "</table></div>"


def _cell_open(_: RendererHTML, tokens: Sequence[Token], index: int, *__: Any) -> str:
    """A cell: that of a number to the right, by a class, for no page has styles of its own."""
    tag = tokens[index].tag
    scope = ' scope="col"' if tag == "th" else ""
    right = ' class="n"' if "right" in str(tokens[index].attrGet("style")) else ""
    return f"<{tag}{scope}{right}>"


_RULES: Mapping[str, Any] = {
    "table_open": _table_open,
    "table_close": _table_close,
    "th_open": _cell_open,
    "td_open": _cell_open,
}
