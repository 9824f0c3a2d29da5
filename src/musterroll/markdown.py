"""Texts of a package as Markdown that shows them as they are: no cell is ever markup, and none a link or a mention.

There are two ways, for two places. In a comment, a release note or the summary
of a job (`inert`) GitHub also makes links of `@name`, `#1`, `gh-1`, `www.` and
addresses after it has read the Markdown, so a sign that is not seen (a word
joiner) parts them. In a file (`prose`, `code`) it does not, and a reader may
open it as plain text or copy from it: there as little as possible is escaped,
and what is not seen is written out by a list of our own, so that a document
that is published once is built again to the same bytes by any Python.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200  # characters of a text in a comment

# Control, format, separator and tag characters by range: a property of Unicode would change with Python's version.
UNSEEN = (
    "\x00-\x1f\x7f-\xa0\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202f"
    "\u205f-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_UNSEEN_BY_PEOPLE = re.compile(f"(?![ \u200c\u200d])[{UNSEEN}]")  # joiners belong to scripts and to emoji

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$])")
_LEADING = re.compile(r"[-+=]|[0-9]+(?=[.)](?: |$))")
# What GitHub makes a link of, mostly after everything that was escaped is plain again.
_LINKED = re.compile(r"(?i)(@|#|www(?=\.)|:(?=//)|\bgh(?=-[0-9]))")

_MARKUP = re.compile(r"[\\`*{}\[\]#~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<=[a-zA-Z]):(?=//)|(?<=\bwww)\.")
_LEADING_IN_PROSE = re.compile(r"^([-+=]|[0-9]{1,9}(?=[.)]))")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"}


def inert(text: str, longest: int | None = LONGEST) -> str:
    """One line of text for a comment, cut after `longest` characters (None: never), invisible ones written out."""
    line = " ".join(text.split())
    seen = "".join(map(_visible, line[:longest])) + ("…" if longest is not None and len(line) > longest else "")
    return _started(_LEADING, _LINKED.sub("\\1\u2060", _SPECIAL.sub(r"\\\1", seen)))


def inert_html(text: str) -> str:
    """One line of text, visible already, for an element of HTML in a comment."""
    entities = re.sub("[&<]", lambda match: _ENTITIES[match[0]], text)
    return _LINKED.sub("\\1\u2060", entities)


def shown(text: str) -> str:
    """Text on one line of a file, what cannot be seen written out; markup in it is still markup."""
    return _UNSEEN_BY_PEOPLE.sub(lambda match: match[0].encode("unicode_escape").decode(), " ".join(text.split()))


def prose(text: str) -> str:
    """Text on one line of a file, in a table too; none of it is markup."""
    escaped = _MARKUP.sub(lambda match: "\\" + match[0], shown(text))
    escaped = re.sub("[&<>|]", lambda match: _ENTITIES[match[0]], escaped)
    return _started(_LEADING_IN_PROSE, escaped)


def code(text: str) -> str:
    """Text in a fixed-width face, on one line of a file, in a table too."""
    if re.fullmatch(r"[!-~](?:[ -~]*[!-~])?", text) and not set("`|<>&") & set(text):
        return f"`{text}`"
    return f"<code>{prose(text)}</code>"


def code_block(text: str, language: str) -> str:
    """Lines of text as they are, in a block that none of them ends."""
    lines = [" " * (len(line) - len(line.lstrip(" "))) + shown(line) for line in text.splitlines()]
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}{language}", *lines, fence])


def _started(leading: re.Pattern[str], text: str) -> str:
    """A line's first character may make it a list or a heading; of a number it is the dot behind it that does."""
    start = leading.match(text)
    if start is None:
        return text
    return f"{start[0]}\\{text[start.end() :]}" if start[0].isdigit() else f"\\{text}"


def _visible(char: str) -> str:
    if char == " " or unicodedata.category(char)[0] not in "CZ":
        return char
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"
