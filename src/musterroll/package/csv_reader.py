"""Strict CSV: rows with the physical line they begin on, in batches, nothing padded or dropped.

The tokenizer is `csv.reader(strict=True)`; on top of it come the quotes that
even strict mode lets pass, and the newline style. Memory stays at one batch.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from musterroll.package import limits
from musterroll.package.dialect import Dialect
from musterroll.package.problem import Problem, Rejected
from musterroll.package.text_reader import TextReader

Row = tuple[int, list[str]]
_BATCH = 10_000
_STYLES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR", "": "none"}


class CsvReader:
    """Rows of one file. `problems` (those of the text included) grows while rows are consumed."""

    def __init__(self, text: TextReader, dialect: Dialect) -> None:
        self.file = text.file
        self.problems = text.problems
        self._text = text
        self._dialect = dialect
        self._pending: list[str] = []
        self._lines_read = 0

    def batches(self) -> Iterator[list[Row]]:
        """Batches of (line, cells); the header, if there is one, is the first row.

        Raises `Rejected` (csv-quote, limit-cell, limit-columns, encoding, not-csv)
        behind which nothing can be read.
        """
        batch: list[Row] = []
        for row in self._rows():
            batch.append(row)
            if len(batch) >= _BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def _rows(self) -> Iterator[Row]:
        styles: Counter[str] = Counter()
        first = 1
        for cells in self._tokenize():
            raw = "".join(self._pending)
            self._pending.clear()
            self._check(raw, cells, first)
            styles[raw[len(raw.rstrip("\r\n")) :][-2:]] += 1
            yield first, cells
            first = self._lines_read + 1
        self._judge_newlines(styles)

    def _tokenize(self) -> Iterator[list[str]]:
        csv.field_size_limit(limits.CELL_CHARS)  # process-wide, and Frictionless sets it too
        reader = csv.reader(
            self._feed(),
            delimiter=self._dialect.delimiter,
            quotechar=self._dialect.quote,
            skipinitialspace=self._dialect.skip_initial_space,
            strict=True,
        )
        while True:
            first = self._lines_read + 1
            try:
                yield next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise Rejected(self._csv_fault(str(error), first)) from error

    def _feed(self) -> Iterator[str]:
        for line in self._text.lines():
            self._lines_read += 1
            self._pending.append(line)
            yield line

    def _csv_fault(self, reason: str, line: int) -> Problem:
        if "field limit" in reason:
            message = f"A cell of more than {limits.CELL_CHARS:,} characters; an unclosed quote can cause this."
            return Problem("limit-cell", message, self.file, line)
        if "end of data" in reason:
            message = "A quote is opened in this row and never closed, so the rest of the file became one cell."
            return Problem("csv-quote", message, self.file, line)
        message = "A quoted cell is followed by something else than a delimiter; a quote inside it must be doubled."
        return Problem("csv-quote", message, self.file, line)

    def _check(self, raw: str, cells: list[str], line: int) -> None:
        if len(cells) > limits.COLUMNS:
            message = f"{len(cells):,} columns; more than {limits.COLUMNS:,} are not read."
            raise Rejected(Problem("limit-columns", message, self.file, line))
        if self._dialect.quote not in raw:
            return
        if not _record_pattern(self._dialect).fullmatch(raw):
            message = "A quote stands inside a cell that is not quoted; quote the cell and double the quote."
            self.problems.append(Problem("csv-quote", message, self.file, line))

    def _judge_newlines(self, styles: Counter[str]) -> None:
        if styles.pop("", 0):
            message = "The last line has no newline; a file cut off at the end looks the same."
            self.problems.append(Problem("final-newline", message, self.file, self._lines_read))
        declared = self._dialect.line_terminator
        counts = ", ".join(f"{count:,} {_STYLES[style]}" for style, count in sorted(styles.items()))
        if len(styles) > 1:
            message = f"Rows end in different ways: {counts}."
            self.problems.append(Problem("newline", message, self.file, 1, expected=_STYLES.get(declared or "")))
        elif styles and declared is not None and declared not in styles:
            message = f"Rows end in {counts}; the dialect declares {_STYLES[declared]}."
            self.problems.append(Problem("newline", message, self.file, 1, expected=_STYLES[declared]))


def cell_offsets(raw: str, dialect: Dialect) -> list[int]:
    """Where each cell of one well-formed record begins, its opening quote included."""
    pattern = re.compile(_cell_source(dialect))
    offsets, at = [], 0
    while match := pattern.match(raw, at):
        offsets.append(at)
        at = match.end()
        if raw[at : at + 1] != dialect.delimiter:
            break
        at += 1
    return offsets


def _cell_source(dialect: Dialect) -> str:
    d, q = re.escape(dialect.delimiter), re.escape(dialect.quote)
    space = " *" if dialect.skip_initial_space else ""
    return f"(?:{space}{q}(?:[^{q}]|{q}{q})*+{q}|[^{d}{q}\r\n]*+)"


@lru_cache
def _record_pattern(dialect: Dialect) -> re.Pattern[str]:
    cell = _cell_source(dialect)
    return re.compile(f"{cell}(?:{re.escape(dialect.delimiter)}{cell})*+(?:\r\n|\r|\n)?")
