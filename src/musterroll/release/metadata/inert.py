"""Texts of a package, as JSON and YAML in which they are nothing but text; as Markdown, `musterroll.markdown` has them.

A title is somebody else's: it may hold `</script>`, a YAML tag, a Markdown link
or a character that turns the line around. In JSON and YAML it comes back as it
was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from musterroll.markdown import UNSEEN
from musterroll.markdown import shown as shown

_FOR_JSON = re.compile(f"(?!\n)[<>&{UNSEEN}]")
_FOR_YAML = re.compile(f"[{UNSEEN}]")

YamlItem = str | Mapping[str, str]


def json_text(document: Mapping[str, object]) -> str:
    """JSON that may stand in a page's `<script>`: no `<`, `>`, `&` and nothing unseen stands in it as it is."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return _FOR_JSON.sub(_utf16, text) + "\n"


def yaml_text(document: Mapping[str, str | Sequence[YamlItem]]) -> str:
    """YAML whose every value is a quoted text, which YAML 1.1 and 1.2 read alike; keys are our own."""
    return "".join(_entry(key, value) for key, value in document.items())


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
