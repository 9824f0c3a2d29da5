"""A text begins and ends with something that can be seen.

Why: nobody sees the space behind a name, but " Kenya" and "Kenya" are two names to every program that groups, joins or sorts.

Example: `Second group. ` with a space behind it.

Remedy: Take the white space away. In numbers, dates and codes it is an error of its own: `bent-value`, `pattern`, `category`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.structure.words import words
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="structure", severity="warning")


def run(table: Table) -> Iterator[Finding]:
    """One finding per text."""
    for name, row, text in words(table):
        if _is_space(text[0]) or _is_space(text[-1]):
            where = "before" if _is_space(text[0]) else "behind"
            yield INFO.at(table, row, name, f"White space stands {where} the text.", expected=text.strip())


def _is_space(char: str) -> bool:
    """Whether it is white space; other control characters are the matter of `control-character`."""
    return char.isspace() and (char in "\t\n\r" or unicodedata.category(char) != "Cc")
