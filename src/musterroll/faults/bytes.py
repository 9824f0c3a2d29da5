"""Faults of bytes: encodings, line ends, control characters, and files that are something else."""

from __future__ import annotations

import gzip
from random import Random

from musterroll.faults.edits import Edit, cells_changed, said, whole
from musterroll.faults.fault import Fault, Kind
from musterroll.faults.making import bytes_kind, cell_kind
from musterroll.faults.original import Column, Original

_PAGE = b"<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head><body>Not found</body></html>\n"
_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %d\n"


def _mixed(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    at = random.randrange(1, len(lines) - 1)
    return b"\n".join([*lines[:at], lines[at] + b"\r", *lines[at + 1 :]])


def _recoded(data: bytes, encoding: str) -> bytes | None:
    try:
        return data.decode().encode(encoding)
    except UnicodeError:
        return None


def _latin(data: bytes, _: Random) -> bytes | None:
    return None if data.isascii() else _recoded(data, "cp1252")


def _conflict(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    at = random.randrange(1, len(lines))
    both = [b"<<<<<<< HEAD\n", lines[at], b"=======\n", lines[at], b">>>>>>> branch\n"]
    return b"".join([*lines[:at], *both, *lines[at + 1 :]])


def _cut(data: bytes, random: Random) -> bytes:
    """Somewhere within a row of the second half, as when a disk is full or a download ends."""
    at = data.index(b"\n", random.randrange(len(data) // 2, len(data) - 1))
    begin = data.rindex(b"\n", 0, at) + 1
    return data[: begin + max(1, (at - begin) // 2)]


def _flipped(original: Original, random: Random) -> Fault | None:
    """A bit of a letter or digit in a cell is flipped behind everybody's back, so the hash stays what it was."""
    for column, row in original.shuffled(random, lambda column: column.is_text or column.type == "integer"):
        text = column.table.cell(row, column.name)
        if text and text[0].isascii() and text[0].isalnum():
            edit = Edit(column.table, row, column.name, chr(ord(text[0]) ^ 1) + text[1:])
            return Fault(cells_changed(edit).files, (whole(column.table),), said(edit))
    return None


def _unstamped(original: Original, random: Random) -> Fault | None:
    """A word is added to a text, and `muster fmt` is not run."""
    for column, row in original.shuffled(random, lambda column: column.is_text):
        text = column.table.cell(row, column.name)
        if text:
            edit = Edit(column.table, row, column.name, f"{text} (sic)")
            return Fault(cells_changed(edit).files, (whole(column.table),), said(edit))
    return None


def _is_text(column: Column) -> bool:
    return column.is_text


def _replaced(text: str, _: Random, __: Column) -> str | None:
    return "".join(char if char.isascii() else "\ufffd" for char in text)


def _double_encoded(text: str, _: Random, __: Column) -> str | None:
    try:
        return text.encode().decode("cp1252")
    except UnicodeError:
        return None


def _inserted(what: str, text: str, random: Random) -> str | None:
    at = random.randrange(1, len(text)) if len(text) > 1 else 0
    return text[:at] + what + text[at:] if at else None


_S = "bytes"
KINDS: tuple[Kind, ...] = (
    bytes_kind(
        "byte-order-mark",
        _S,
        "a byte order mark is put in front, as spreadsheets do",
        lambda data, _: b"\xef\xbb\xbf" + data,
    ),
    bytes_kind("crlf", _S, "every line ends in CRLF, as on Windows", lambda data, _: data.replace(b"\n", b"\r\n")),
    bytes_kind("cr", _S, "every line ends in CR, as on old Macs", lambda data, _: data.replace(b"\n", b"\r")),
    bytes_kind("mixed-line-ends", _S, "one line ends in CRLF, the others do not", _mixed),
    bytes_kind("no-final-newline", _S, "the last line has no line end", lambda data, _: data.rstrip(b"\n")),
    bytes_kind("latin", _S, "the file is saved in Windows-1252", _latin),
    bytes_kind("utf-16", _S, "the file is saved in UTF-16", lambda data, _: _recoded(data, "utf-16")),
    bytes_kind("cut-in-a-row", _S, "the file ends in the middle of a row", _cut),
    bytes_kind("empty-file", _S, "the file is empty", lambda _, __: b""),
    bytes_kind("web-page", _S, "the file is a web page that says 404", lambda _, __: _PAGE),
    bytes_kind(
        "lfs-pointer", _S, "the file is a pointer that git-lfs left", lambda data, _: _POINTER % (b"0" * 64, len(data))
    ),
    bytes_kind("conflict-markers", _S, "a merge left its conflict markers", _conflict),
    bytes_kind(
        "compressed",
        _S,
        "the file is compressed and goes by its old name",
        lambda data, _: gzip.compress(data, mtime=0),
    ),
    cell_kind("replacement-characters", _S, "letters became U+FFFD", _is_text, _replaced),
    cell_kind("double-encoded", _S, "UTF-8 was read as Windows-1252 and saved (Ã© for é)", _is_text, _double_encoded),
    cell_kind("nul", _S, "a NUL stands in a text", _is_text, lambda text, random, _: _inserted("\0", text, random)),
    cell_kind(
        "escape",
        _S,
        "a terminal's escape character stands in a text",
        _is_text,
        lambda text, random, _: _inserted("\x1b[1m", text, random),
    ),
    cell_kind(
        "zero-width-space",
        _S,
        "a zero-width space stands in a text",
        _is_text,
        lambda text, random, _: _inserted("\u200b", text, random),
    ),
    cell_kind(
        "bidi-override",
        _S,
        "a character that turns the reading direction stands in a text",
        _is_text,
        lambda text, random, _: _inserted("\u202e", text, random),
    ),
    Kind("bit-flip", _S, "a bit of a cell is flipped on the disk", "bytes", _flipped, is_stamped=False),
    Kind("edit-without-fmt", _S, "a text is edited and muster fmt is not run", "bytes", _unstamped, is_stamped=False),
)
