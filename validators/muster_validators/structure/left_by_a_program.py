"""No text holds what a spreadsheet, a web page or a wrong encoding left in it.

Why: `#NAME?` is an error of a spreadsheet and not a name, a cell that begins with `=` is run by the next spreadsheet that opens the file, `&#39;` belongs into a web page, `Ã©` was an é before somebody read it in the wrong encoding, and `N/A` is an empty cell in the words of another program.

Example: `Ministère` in one row and `MinistÃ¨re` in another.

Remedy: Put in what stood there before; leave the cell empty if nothing is known, or declare the word in `missingValues`. A text that must begin with a sign of arithmetic can begin with a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.structure.words import words
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="structure", severity="warning")

# What is looked for, and how it is called; the first that fits is told.
_TRACES = (
    (re.compile(r"#(?:REF!|NAME\?|VALUE!|DIV/0!|N/A|NUM!|NULL!)"), "is an error of a spreadsheet"),
    (re.compile(r"\A(?:[=@\t\r]|[+-][^\n]*[(!|])"), "begins a formula, which a spreadsheet runs"),
    (re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,6});"), "belongs into a web page"),
    (re.compile(r"\A(?:N/A|n/a|n\.a\.|NULL|null|None|NaN|nan|--?|TBD|tbd)\Z"), "stands for a missing value"),
)
# Signs of Latin-1 and Windows-1252 that are the bytes of one sign in UTF-8; what they stand for must be a sign of
# everyday text, for « behind a É are also such bytes.
_TWICE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]{1,3}")
_EVERYDAY = re.compile("[\u00a0-\u00ff\u0152\u0153\u0160\u0161\u017d\u017e\u2010-\u203a\u20ac\u2122\u2190-\u22ff]")


def run(table: Table) -> Iterator[Finding]:
    """One finding per text."""
    for name, row, text in words(table):
        trace = _trace(text)
        if trace:
            yield INFO.at(table, row, name, f"{trace[0]!r} {trace[1]}.")


def _trace(text: str) -> tuple[str, str] | None:
    """What is left of another program, and what it is."""
    for pattern, what in _TRACES:
        if found := pattern.search(text):
            return found[0][:20], what
    if text.isascii():
        return None
    for found in _TWICE.finditer(text):
        was = _read_right(found[0])
        if was is not None:
            return found[0], f"was {was} and has been read in the wrong encoding"
    return None


def _read_right(text: str) -> str | None:
    """The sign that UTF-8 makes of the first of these signs, if they are its bytes; None if they are not."""
    for end in range(2, len(text) + 1):
        for encoding in ("cp1252", "latin-1"):
            with suppress(UnicodeError):
                was = text[:end].encode(encoding).decode()
                return was if _EVERYDAY.fullmatch(was) else None
    return None
