"""Databases that an export made, as somebody opens them who wants their keys to hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from exporting import Stated, content_of, exported
from musterroll.release.exports import sqlite


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database, with its foreign keys in force."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def database_of(folder: Path, tables: dict[str, Stated], **descriptor: Any) -> Path:
    """The database of a package of these tables."""
    content = content_of(folder, tables, inline=True, **descriptor)
    return exported(sqlite, content, folder / "release")


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """What the database answers."""
    with opened(path) as connection:
        return connection.execute(sql).fetchall()
