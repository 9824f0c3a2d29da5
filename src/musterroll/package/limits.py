"""Caps on what is read, so that hostile input ends in an answer and not in an exhausted machine."""

from __future__ import annotations

MIB = 1024 * 1024

JSON_BYTES = 10 * MIB  # a descriptor or schema; the largest seen in the wild is under 2 MiB
JSON_DEPTH = 64
JSON_DIGITS = 1000  # of one number; Python itself refuses to convert more than 4,300
PATH_BYTES = 1024
PATTERN_CHARS = 1000
CELL_CHARS = 10 * MIB
LINE_CHARS = 64 * MIB
COLUMNS = 10_000
