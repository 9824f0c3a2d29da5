"""From bytes to lines: decoding and everything that can be wrong with a text before it is CSV."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from typing import BinaryIO

from musterroll.package import limits
from musterroll.package.places import position
from musterroll.package.problem import Problem, Rejected

_CHUNK = 1 << 20
_END = re.compile(r"\r\n|\r|\n")

# What other kinds of file begin with, so that the finding can name the kind.
_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive (or an office document)"),
    (b"\x1f\x8b", "a gzip file"),
    (b"%PDF", "a PDF document"),
    (b"PAR1\x15", "a Parquet file"),
    (b"version https://git-lfs", "a Git LFS pointer; the data themselves were not downloaded"),
)
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)
_CONFLICT = ("<<<<<<< ", "=======", ">>>>>>> ")  # the three markers of an unfinished merge, in this order

# C0 and C1 controls other than tab and newlines.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Characters that change how text is read without being seen (Unicode TR 36, 3.1): bidirectional controls,
# zero-width and tag characters.
_INVISIBLE = re.compile("[\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")


class TextReader:
    """Reads one file once, line by line, hashing what it reads.

    `problems` grows while `lines()` is consumed. A fault behind which the text
    cannot be trusted raises `Rejected` (not-csv, encoding).
    """

    def __init__(self, stream: BinaryIO, file: str, encoding: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.bytes_read = 0
        self._stream = stream
        self._encoding = encoding
        self._hash = hashlib.sha256()
        self._markers = 0
        self._conflict = 0

    @property
    def sha256(self) -> str:
        """Hash of what was read so far, in hex."""
        return self._hash.hexdigest()

    def lines(self) -> Iterator[str]:
        """Physical lines with their terminators; the last one may have none."""
        rest = ""
        number = 1
        for text in self._texts():
            buffer = rest + text
            if buffer.endswith("\r"):  # its newline may come with the next chunk
                buffer, rest = buffer[:-1], "\r"
            else:
                rest = ""
            begin = 0
            for match in _END.finditer(buffer):
                line = buffer[begin : match.end()]
                begin = match.end()
                self._look_at(line, number)
                yield line
                number += 1
            rest = buffer[begin:] + rest
            if len(rest) > limits.LINE_CHARS:
                message = f"A line of more than {limits.LINE_CHARS:,} characters."
                raise Rejected(Problem("limit-cell", message, self.file, number))
        if rest:
            self._look_at(rest, number)
            yield rest

    def _texts(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self._encoding)(errors="strict")
        while chunk := self._stream.read(_CHUNK):
            if not self.bytes_read:
                self._refuse_other_kinds(chunk)
            self._hash.update(chunk)
            text = self._decode(decoder, chunk)
            if not self.bytes_read and text.startswith("\ufeff"):
                message = (
                    "The file begins with a byte order mark; some readers make it part of the first column's name."
                )
                self.problems.append(Problem("byte-order-mark", message, self.file, 1, 1))
                text = text[1:]
            self.bytes_read += len(chunk)
            yield text
        yield self._decode(decoder, b"", final=True)

    def _decode(self, decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> str:
        try:
            return decoder.decode(chunk, final)
        except UnicodeDecodeError as error:
            pending = len(error.object) - len(chunk)  # bytes kept back from the chunk before
            offset = self.bytes_read - pending + error.start
            bad = error.object[error.start : error.end].hex(" ")
            message = (
                f"The bytes {bad} at offset {offset:,} are not {self._encoding.upper()}; no other encoding is guessed."
            )
            raise Rejected(Problem("encoding", message, self.file, *self._place(offset))) from error
        except UnicodeError as error:  # UTF-16 without its byte order mark
            message = f"The file is not {self._encoding.upper()}: {error}."
            raise Rejected(Problem("encoding", message, self.file)) from error

    def _place(self, offset: int) -> tuple[int, int]:
        """Where the byte at `offset` stands, by reading again what came before it."""
        self._stream.seek(0)
        text = self._stream.read(offset).decode(self._encoding, errors="replace").removeprefix("\ufeff")
        return position(text, len(text))

    def _refuse_other_kinds(self, chunk: bytes) -> None:
        kinds = [kind for signature, kind in _SIGNATURES if chunk.startswith(signature)]
        if _MARKUP.match(chunk):
            kinds.append("a web page or XML document")
        if kinds:
            raise Rejected(Problem("not-csv", f"This is {kinds[0]}, not CSV.", self.file, 1, 1))

    def _look_at(self, line: str, number: int) -> None:
        if line.startswith(_CONFLICT[self._markers % len(_CONFLICT)]):
            self._markers += 1
            self._conflict = self._conflict if self._markers > 1 else number
            if self._markers == len(_CONFLICT):
                message = f"The conflict of an unfinished merge in Git begins here and ends in line {number}."
                raise Rejected(Problem("not-csv", message, self.file, self._conflict, 1))
        if line.isascii() and line.isprintable():
            return
        for check, pattern, what in _CHARACTERS:
            if match := pattern.search(line):
                others = len(pattern.findall(line)) - 1
                more = f" The line holds {others:,} more of the kind." if others else ""
                message = f"U+{ord(match[0]):04X} {what}{more}"
                self.problems.append(Problem(check, message, self.file, number, match.start() + 1, match[0]))


_CHARACTERS = (
    ("control-character", _CONTROL, "is a control character and does not belong in text."),
    ("replacement-character", re.compile("\ufffd"), "stands where a character was lost in an earlier conversion."),
    ("invisible-character", _INVISIBLE, "is invisible and changes how the text is read or compared."),
)
