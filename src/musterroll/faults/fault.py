"""A kind of fault, and one fault of it: which files it changes, and where a check should point.

A fault is what happens to a package when a person or a script edits it. It changes
as little as such an edit does: a number that is mistyped is mistyped in its cell,
and its evidence goes on to say what it said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from musterroll.faults.original import Original

Level = Literal["bytes", "table", "row", "cell", "descriptor"]
LEVELS: tuple[Level, ...] = ("bytes", "table", "row", "cell", "descriptor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a fault lies: in a file and, as far as it has them, a table, a row and a column.

    The row is named by key and line, the column by its name and by the sign in
    that line with which the cell begins.
    """

    file: str
    table: str | None = None
    key: Mapping[str, str] = field(default_factory=dict)
    line: int | None = None
    column: int | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Content of every file that changes (None: the file is gone), where it lies, and what happened, in words.

    Of several places, each by itself is the right one to name: of two cells that
    were exchanged nobody can say which was first.
    """

    files: Mapping[str, bytes | None]
    places: tuple[Place, ...]
    says: str


Inject = Callable[[Original, Random], Fault | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault. `inject` plants one at a random place, or returns None where the package offers none.

    `needs_previous` says why nothing in the package itself betrays it, if nothing
    does; then only a comparison with the release before can. `missed` says why a
    check does not catch it, or not in its place, although it could. `is_stamped` says
    that hash and size are made true again, as whoever edits does by `muster fmt`.
    """

    id: str
    subject: str
    says: str
    level: Level
    inject: Inject
    needs_previous: str = ""
    missed: str = ""
    is_stamped: bool = True
