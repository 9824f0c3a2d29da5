"""Texts of a package, as JSON, YAML and Markdown in which they are nothing but text.

A title is somebody else's: it may hold `</script>`, a YAML tag, a Markdown link
or a character that turns the line around. In JSON and YAML it comes back as it
was; in Markdown it is shown as it was, on one line, what cannot be seen written out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

# Control, format, separator and tag characters by range: a property of Unicode would change with Python's version.
_UNSEEN = (
    "\x00-\x1f\x7f-\xa0\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202f"
    "\u205f-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_FOR_JSON = re.compile(f"(?!\n)[<>&{_UNSEEN}]")
_FOR_YAML = re.compile(f"[{_UNSEEN}]")
_FOR_PEOPLE = re.compile(f"(?![ \u200c\u200d])[{_UNSEEN}]")  # joiners belong to scripts and to emoji
_MARKUP = re.compile(r"[\\`*{}\[\]#~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<=[a-zA-Z]):(?=//)|(?<=\bwww)\.")
_AT_START = re.compile(r"^([-+=]|[0-9]{1,9}(?=[.)]))")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"}

YamlItem = str | Mapping[str, str]


def json_text(document: Mapping[str, object]) -> str:
    """JSON that may stand in a page's `<script>`: no `<`, `>`, `&` and nothing unseen stands in it as it is."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return _FOR_JSON.sub(_utf16, text) + "\n"


def yaml_text(document: Mapping[str, str | Sequence[YamlItem]]) -> str:
    """YAML whose every value is a quoted text, which YAML 1.1 and 1.2 read alike; keys are our own."""
    return "".join(_entry(key, value) for key, value in document.items())


def markdown(text: str) -> str:
    """Text on one line of Markdown, in a table too; none of it is markup."""
    escaped = _MARKUP.sub(lambda match: "\\" + match[0], _shown(text))
    escaped = re.sub("[&<>|]", lambda match: _ENTITIES[match[0]], escaped)
    return _AT_START.sub(_started, escaped)


def code(text: str) -> str:
    """Text in a fixed-width face, on one line of Markdown, in a table too."""
    if re.fullmatch(r"[!-~](?:[ -~]*[!-~])?", text) and not set("`|<>&") & set(text):
        return f"`{text}`"
    return f"<code>{markdown(text)}</code>"


def code_block(text: str, language: str) -> str:
    """Lines of text as they are, in a block that none of them ends."""
    lines = [" " * (len(line) - len(line.lstrip(" "))) + _shown(line) for line in text.splitlines()]
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}{language}", *lines, fence])


def _shown(text: str) -> str:
    """Text on one line, what cannot be seen written out."""
    return _FOR_PEOPLE.sub(lambda match: match[0].encode("unicode_escape").decode(), " ".join(text.split()))


def _entry(key: str, value: str | Sequence[YamlItem]) -> str:
    if isinstance(value, str):
        return f"{key}: {_quoted(value)}\n"
    return f"{key}:\n" + "".join(_item(item) for item in value)


def _item(item: YamlItem) -> str:
    if isinstance(item, str):
        return f"  - {_quoted(item)}\n"
    lines = [f"{key}: {_quoted(value)}\n" for key, value in item.items()]
    return "  - " + "    ".join(lines)


def _quoted(text: str) -> str:
    """A JSON string is a YAML string, but for what YAML's readers refuse or take for a line's end."""
    return _FOR_YAML.sub(lambda match: f"\\U{ord(match[0]):08x}", json.dumps(text, ensure_ascii=False))


def _utf16(match: re.Match[str]) -> str:
    digits = match[0].encode("utf-16-be").hex()
    return "".join(f"\\u{digits[start : start + 4]}" for start in range(0, len(digits), 4))


def _started(match: re.Match[str]) -> str:
    """A line's first character may make it a list or a heading; of a number it is the dot behind it that does."""
    return f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}"
