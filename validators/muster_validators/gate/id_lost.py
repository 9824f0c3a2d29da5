"""An id that the release before had is still there, or retired_ids says what became of it.

Why: papers and other tables refer to rows by their ids. One that vanishes without a word leaves them with a reference to nothing, and nobody can tell a retraction from a slip.

Example: the arrival D-0007 is deleted from deployments, and retired_ids has no row for it.

Remedy: Add a row to `retired_ids` with the id, its table, this version, the reason and, if there is one, the id of the successor; or put the row back.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.gate.ids import ids_of, retired_ids
from muster_validators.gate.subject import Subject

INFO = describe(__name__, __doc__, layer="gate")
COMPARES = True
NEEDS: tuple[str, ...] = ("retired_ids",)


def run(subject: Subject) -> Iterator[Finding]:
    """One finding per id."""
    retired = retired_ids(subject.tables)
    for name, old in subject.previous.items():
        new = subject.tables.get(name)
        if new is None:
            continue  # a table that is gone asks for a new major version
        for id in sorted(ids_of(old).keys() - ids_of(new).keys()):
            if (name, id) not in retired:
                yield INFO.finding(
                    f"{id} was in {name} and is gone; retired_ids does not say why.",
                    table=name,
                    key=old.key(ids_of(old)[id]),
                    place=(new.file, None, None),
                )
