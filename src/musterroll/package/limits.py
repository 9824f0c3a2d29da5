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
CACHED_BYTES = 512 * MIB  # of a package whose verdict is remembered: hashing it has to be cheaper than judging it

# What is copied out of an archive, a revision or a URL, counted while it is written.
PACKAGE_FILES = 10_000
FILE_BYTES = 2048 * MIB
PACKAGE_BYTES = 4096 * MIB
ARCHIVE_RATIO = 200  # unpacked to packed; repetitive CSV reaches 50, deflate itself 1,032
ARCHIVE_FREE_BYTES = 16 * MIB  # so much may come out of any archive: a small one of zeros harms nobody
ARCHIVE_DIRECTORY_BYTES = 32 * MIB  # the list of members, which is read at once
LISTING_BYTES = 10 * MIB  # the index of a folder of releases, or the hashes of a release
REDIRECTS = 5
CONNECT_SECONDS = 10
SILENCE_SECONDS = 30  # between two pieces of an answer
FETCH_SECONDS = 600  # for all that one URL makes us fetch
