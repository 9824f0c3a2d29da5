"""Strict JSON that remembers where each value stands.

The standard library's reader takes the last of two equal keys, reads `NaN` and
turns `1e400` into infinity, all without a word, and forgets positions. This one
refuses these, caps depth and digits, and keeps the offset of every value and of
every key, so that a finding can point at line and column.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from musterroll.package import limits
from musterroll.package.places import Positions, position
from musterroll.package.problem import Problem, Rejected

Pointer = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
# The standard library's own scanner of strings; the decoder offers it to subclasses under this name.
_scan_string = json.JSONDecoder(strict=True).parse_string  # type: ignore[attr-defined]
_CONSTANTS = {"true": True, "false": False, "null": None}
_NON_FINITE = re.compile(r"-?(?:NaN|Infinity)")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Document:
    """A parsed JSON file: its value, and where each part of it begins."""

    file: str
    value: Any
    text: str
    offsets: Mapping[Pointer, int]

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Line and column of the value at `pointer`, or of its nearest parent that exists."""
        while pointer not in self.offsets:
            pointer = pointer[:-1]
        return self._positions.of(self.offsets[pointer])

    @cached_property
    def _positions(self) -> Positions:
        return Positions(self.text)


def parse(data: bytes, file: str) -> Document:
    """Parse `data` as strict JSON.

    Raises `Rejected` with one of the problems json-syntax, json-duplicate-key,
    json-non-finite, json-number, limit-size or limit-depth.
    """
    if len(data) > limits.JSON_BYTES:
        message = f"The file has {len(data):,} bytes; more than {limits.JSON_BYTES:,} are not read."
        raise Rejected(Problem("limit-size", message, file))
    return _Parser(_decode(data, file), file).document()


def _decode(data: bytes, file: str) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = position(before, len(before))
        message = f"Byte {error.start} is not UTF-8; a JSON file must be."
        raise Rejected(Problem("json-syntax", message, file, line, column)) from error
    if text.startswith("\ufeff"):
        message = "The file begins with a byte order mark; JSON must not."
        raise Rejected(Problem("json-syntax", message, file, 1, 1))
    return text


class _Parser:
    """Recursive descent over one text; depth is capped, so the stack is safe."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.offsets: dict[Pointer, int] = {}

    def document(self) -> Document:
        value, end = self.value(self.skip(0), ())
        end = self.skip(end)
        if end != len(self.text):
            raise self.fault("json-syntax", end, "There is more text after the end of the JSON value.")
        return Document(self.file, value, self.text, self.offsets)

    def fault(self, check: str, offset: int, message: str, value: str | None = None) -> Rejected:
        line, column = position(self.text, offset)
        return Rejected(Problem(check, message, self.file, line, column, value))

    def skip(self, offset: int) -> int:
        match = _SPACE.match(self.text, offset)
        return match.end() if match else offset

    def value(self, offset: int, pointer: Pointer) -> tuple[Any, int]:
        if len(pointer) > limits.JSON_DEPTH:
            raise self.fault("limit-depth", offset, f"Nested more than {limits.JSON_DEPTH} levels deep.")
        self.offsets[pointer] = offset
        first = self.text[offset : offset + 1]
        if first == "{":
            return self.object(offset, pointer)
        if first == "[":
            return self.array(offset, pointer)
        if first == '"':
            return self.string(offset)
        return self.scalar(offset)

    def object(self, offset: int, pointer: Pointer) -> tuple[dict[str, Any], int]:
        result: dict[str, Any] = {}
        at = self.skip(offset + 1)
        if self.text.startswith("}", at):
            return result, at + 1
        while True:
            key, end = self.key(at)
            if key in result:
                message = f"The key {json.dumps(key)} stands twice in one object; readers differ on which counts."
                raise self.fault("json-duplicate-key", at, message, key)
            colon = self.expect(":", end)
            result[key], end = self.value(self.skip(colon), (*pointer, key))
            end = self.skip(end)
            if self.text.startswith("}", end):
                return result, end + 1
            at = self.skip(self.expect(",", end))

    def array(self, offset: int, pointer: Pointer) -> tuple[list[Any], int]:
        result: list[Any] = []
        at = self.skip(offset + 1)
        if self.text.startswith("]", at):
            return result, at + 1
        while True:
            item, end = self.value(at, (*pointer, len(result)))
            result.append(item)
            end = self.skip(end)
            if self.text.startswith("]", end):
                return result, end + 1
            at = self.skip(self.expect(",", end))

    def key(self, offset: int) -> tuple[str, int]:
        if not self.text.startswith('"', offset):
            raise self.fault(
                "json-syntax", offset, 'A key in double quotes is expected here (and no comma before "}").'
            )
        return self.string(offset)

    def expect(self, char: str, offset: int) -> int:
        offset = self.skip(offset)
        if not self.text.startswith(char, offset):
            raise self.fault("json-syntax", offset, f'"{char}" is expected here.')
        return offset + 1

    def string(self, offset: int) -> tuple[str, int]:
        try:
            value, end = _scan_string(self.text, offset + 1)
        except json.JSONDecodeError as error:
            raise self.fault("json-syntax", error.pos, f"{error.msg}.") from error
        if _SURROGATE.search(value):
            raise self.fault("json-syntax", offset, "The string holds half of a surrogate pair.")
        return value, end

    def scalar(self, offset: int) -> tuple[Any, int]:
        for word, value in _CONSTANTS.items():
            if self.text.startswith(word, offset):
                return value, offset + len(word)
        if match := _NON_FINITE.match(self.text, offset):
            message = f"{match[0]} is not a JSON number."
            raise self.fault("json-non-finite", offset, message, match[0])
        match = _NUMBER.match(self.text, offset)
        if not match:
            raise self.fault("json-syntax", offset, "A JSON value is expected here.")
        return self.number(match[0], offset), match.end()

    def number(self, literal: str, offset: int) -> int | float:
        if len(literal) > limits.JSON_DIGITS:
            message = f"A number of {len(literal):,} characters; more than {limits.JSON_DIGITS:,} are not read."
            raise self.fault("json-number", offset, message)
        if literal.lstrip("-").isdigit():
            return int(literal)
        value = float(literal)
        if math.isinf(value):
            message = f"{literal} is too large for a number and would be read as infinity."
            raise self.fault("json-non-finite", offset, message, literal)
        return value
