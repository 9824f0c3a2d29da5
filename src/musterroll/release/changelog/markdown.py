"""The little Markdown that a changelog needs, and texts made inert: no cell is ever markup, a link or a mention."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence, Set

ALL_OF_THEM = "`muster diff OLD NEW` and changes.jsonl have all"

LONGEST, NAME, ID = 200, 60, 40  # characters of a text, a name and an identifier
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$])")
_AT_THE_START = re.compile(r"[-+=]|[0-9]+(?=[.)](?: |$))")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_./-]+")
# What GitHub makes a link of, mostly after everything that was escaped is plain again; a word joiner is not seen.
_LINKED = re.compile(r"(?i)(@|#|www(?=\.)|:(?=//)|\bgh(?=-[0-9]))")


def inert(text: str, longest: int = LONGEST) -> str:
    """One line of text that Markdown shows as it is, cut after `longest` characters, invisible ones written out."""
    line = " ".join(text.split())
    shown = "".join(map(_visible, line[:longest])) + ("…" if len(line) > longest else "")
    escaped = _LINKED.sub("\\1\u2060", _SPECIAL.sub(r"\\\1", shown))
    start = _AT_THE_START.match(escaped)
    if start is None:
        return escaped
    return f"{start[0]}\\{escaped[start.end() :]}" if start[0].isdigit() else f"\\{escaped}"


def name(text: str) -> str:
    """The name of a table, column or code: in the type of a program if it is a plain one, else inert."""
    return f"`{text}`" if _PLAIN_NAME.fullmatch(text) else inert(text, NAME)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Set[int] = frozenset()) -> Iterator[str]:
    """A table whose cells are inert already; `right` are the columns of numbers."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join('---:' if place in right else '---' for place in range(len(head)))}|"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def bullets(items: Sequence[str], count: int | None = None, rest: str = ALL_OF_THEM) -> Iterator[str]:
    """The items, and how many of `count` are not among them, with where these are."""
    yield from (f"- {item}" for item in items)
    more = (len(items) if count is None else count) - len(items)
    if more:
        yield f"- … and {more:,} more; {rest}."


def _visible(char: str) -> str:
    if char == " " or unicodedata.category(char)[0] not in "CZ":
        return char
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"
