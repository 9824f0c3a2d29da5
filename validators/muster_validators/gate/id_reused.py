"""An id that was retired stays retired, and an id that is kept goes on to name the same thing.

Why: ids are never given to another row. Who cites D-0007 of version 1.0.0 must not find something else under that name in 1.1.0.

Example: D-0007 was retired in 1.1.0 and names a new arrival in 1.2.0; or no cell of the row D-0007 is what it was.

Remedy: Give the new row the next free id; what was retired keeps its row in `retired_ids`.
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
NEEDS: tuple[str, ...] = ()
_TELLING = 3  # so many columns must have had something to say before a row counts as another


def run(subject: Subject) -> Iterator[Finding]:
    """One finding per id."""
    yield from _risen(subject)
    for name, old in subject.previous.items():
        if name in subject.tables:
            yield from _other_rows(old, subject.tables[name])


def _risen(subject: Subject) -> Iterator[Finding]:
    """Rows under an id that is retired."""
    retired = {**retired_ids(subject.previous), **retired_ids(subject.tables)}
    for name, id in sorted(retired):
        table = subject.tables.get(name)
        row = ids_of(table).get(id) if table else None
        if table is not None and row is not None:
            yield INFO.at(table, row, table.schema.primary_key[0], f"{id} is retired and names a row of {name} again.")


def _other_rows(old: Table, new: Table) -> Iterator[Finding]:
    """Rows of which nothing is left but the key."""
    before, after = _by_key(old), _by_key(new)
    shared = [name for name in old.header if name in new.index and name not in old.schema.primary_key]
    for key in sorted(before.keys() & after.keys()):
        cells = [(old.cell(before[key], name), new.cell(after[key], name)) for name in shared]
        telling = [(one, two) for one, two in cells if one or two]
        if len(telling) >= _TELLING and all(one != two for one, two in telling):
            message = f"No cell of {' '.join(key)} is what it was: is this another thing under the same name?"
            yield INFO.at(new, after[key], old.schema.primary_key[0], message)


def _by_key(table: Table) -> Mapping[tuple[str, ...], int]:
    rows = {tuple(table.key(row).values()): row for row in range(len(table.rows))}
    return rows if table.schema.primary_key else {}
