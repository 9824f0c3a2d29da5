"""Exit codes, so that a CI job can tell bad data from a bad tool."""

from __future__ import annotations

from musterroll.errors import Refused, Unavailable

CLEAN = 0
FINDINGS = 1
WRONG_USE = 2
REFUSED = 3
UNAVAILABLE = 4
INTERNAL = 70
INTERRUPTED = 130
PIPE_CLOSED = 141


def code_of(error: Exception) -> int:
    """The exit code that an error on purpose, or of the operating system, ends with."""
    if isinstance(error, Refused):
        return REFUSED
    if isinstance(error, (Unavailable, OSError)):
        return UNAVAILABLE
    return FINDINGS
