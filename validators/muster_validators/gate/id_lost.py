"""An id that the release before had is still there, and so is each of its revisions, or retired_ids says what became of it.

Why: papers and other tables refer to rows by their ids. One that vanishes without a word leaves them with a reference to nothing, and nobody can tell a retraction from a slip.

Example: the arrival D-0007 is deleted from deployments, and retired_ids has no row for it.

Remedy: Add a row to `retired_ids` with the id, its table, this version, the reason and, if there is one, the id of the successor; or put the row back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.gate.ids import ids_of, retired_ids
from muster_validators.gate.subject import Subject
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="gate")
COMPARES = True
NEEDS: tuple[str, ...] = ("retired_ids",)
_SEVERAL = 2  # columns of a key: an id, and which of its rows


def run(subject: Subject) -> Iterator[Finding]:
    """One finding per id, and per revision of one that is kept."""
    retired = retired_ids(subject.tables)
    for name, old in subject.previous.items():
        new = subject.tables.get(name)
        if new is None:
            continue  # a table that is gone asks for a new major version
        for id in sorted(ids_of(old).keys() - ids_of(new).keys()):
            if (name, id) not in retired:
                yield _finding(id, old.key(ids_of(old)[id]), name, new)
        for key in _lost_revisions(old, new):
            id = "/".join(key.values())
            if (name, id) not in retired:
                yield _finding(id, key, name, new)


def _lost_revisions(old: Table, new: Table) -> Iterator[dict[str, str]]:
    """Rows that are gone although their id is kept, in a table where several share one."""
    if len(old.schema.primary_key) < _SEVERAL or old.schema.primary_key != new.schema.primary_key:
        return
    kept, ids = {tuple(new.key(row).values()) for row in range(len(new.rows))}, ids_of(new)
    for row in range(len(old.rows)):
        key = old.key(row)
        first, *_ = key.values()
        if first in ids and tuple(key.values()) not in kept:
            yield key


def _finding(id: str, key: Mapping[str, str], name: str, new: Table) -> Finding:
    message = f"{id} was in {name} and is gone; retired_ids does not say why."
    return INFO.finding(message, table=name, key=key, place=(new.file, None, None))
