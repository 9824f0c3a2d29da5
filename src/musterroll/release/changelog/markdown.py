"""The little Markdown that a changelog needs; its texts are made inert by `musterroll.markdown`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from musterroll.markdown import LONGEST as LONGEST
from musterroll.markdown import inert as inert

ALL_OF_THEM = "`muster diff OLD NEW` and changes.jsonl have all"

NAME, ID = 60, 40  # characters of a name and an identifier; LONGEST those of a text
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_./-]+")


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
