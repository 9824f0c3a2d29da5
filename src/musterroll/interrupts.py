"""Ctrl-C while DuckDB works: it raises `RuntimeError`, and everybody else waits for `KeyboardInterrupt`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interruptible() -> Iterator[None]:
    """Within it an interrupted query raises `KeyboardInterrupt`, as Python does."""
    try:
        yield
    except RuntimeError as error:
        if "interrupted" in str(error).lower():
            raise KeyboardInterrupt from error
        raise
