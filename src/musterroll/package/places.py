"""Lines and columns: physical lines as editors count them, columns in code points, both from 1."""

from __future__ import annotations

import re
from bisect import bisect_right

_END = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def physical_lines(text: str) -> list[str]:
    """Lines with their terminators (`str.splitlines` would also split at form feeds and U+2028)."""
    return _LINE.findall(text)


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of the character at `offset`."""
    return Positions(text).of(offset)


class Positions:
    """Lines and columns of many places in one text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _END.finditer(text))]

    def of(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at `offset`."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
