"""Text from a package as it may be shown: nothing in it can move a cursor, forge a line or run on for pages."""

from __future__ import annotations

import unicodedata

_LONGEST = 200


def visible(text: str, longest: int = _LONGEST) -> str:
    """`text` with control and invisible characters written out, cut after `longest` characters, saying how many."""
    shown = "".join(_shown(char) for char in text[:longest])
    return shown if len(text) <= longest else f"{shown}… ({len(text):,} characters)"


def _shown(char: str) -> str:
    if char == " " or unicodedata.category(char)[0] not in "CZ":
        return char
    return char.encode("unicode_escape").decode() if not char.isprintable() else f"\\u{ord(char):04x}"
