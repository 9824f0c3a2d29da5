"""Change single values in a JSON text and leave everything else, to the last space and digit, as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping

from musterroll.package.json_reader import Document, Pointer


def set_values(document: Document, values: Mapping[Pointer, str | int]) -> str:
    """The text of the document with the values at these pointers set; a missing key is added first in its object.

    Each pointer ends in the key of an object that exists.
    """
    edits = []
    for pointer, value in values.items():
        written = json.dumps(value, ensure_ascii=False)
        if pointer in document.offsets:
            begin = document.offsets[pointer]
            _, end = json.JSONDecoder().raw_decode(document.text, begin)
            edits.append((begin, end, written))
        else:
            edits.append(_insertion(document, pointer, written))
    text = document.text
    for begin, end, written in sorted(edits, reverse=True):
        text = text[:begin] + written + text[end:]
    return text


def _insertion(document: Document, pointer: Pointer, written: str) -> tuple[int, int, str]:
    """A new pair behind the opening brace, laid out as the first pair there is."""
    begin = document.offsets[pointer[:-1]] + 1
    rest = document.text[begin:]
    space = rest[: len(rest) - len(rest.lstrip())]
    comma = "" if rest.lstrip().startswith("}") else ","
    return begin, begin, f"{space}{json.dumps(pointer[-1])}: {written}{comma}"
