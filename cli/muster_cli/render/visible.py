"""Text from a package as it may be shown: nothing in it can move a cursor, forge a line or run on for pages.

GitHub's runner reads what a step prints: a line that begins with `::`, after any
space, is a command to it, and so is `##[`, wherever it stands. Both are parted by
a sign that is not seen (a word joiner).
"""

from __future__ import annotations

import unicodedata

_LONGEST = 200


def visible(text: str, longest: int = _LONGEST) -> str:
    """`text` with control and invisible characters written out, cut after `longest` characters, saying how many."""
    shown = "".join(_shown(char) for char in text[:longest])
    whole = shown if len(text) <= longest else f"{shown}… ({len(text):,} characters)"
    return whole.replace("##[", "##\u2060[")


def no_command(line: str) -> str:
    """A line of text that the runner takes for nothing else; what stands in it is visible already."""
    return f"\u2060{line}" if line.lstrip().startswith("::") else line


def _shown(char: str) -> str:
    if char == " " or unicodedata.category(char)[0] not in "CZ":
        return char
    return char.encode("unicode_escape").decode() if not char.isprintable() else f"\\u{ord(char):04x}"
