"""A retired id names no row any more, and its successor names one.

Why: retired_ids tells readers what became of a row that they cite. An id that is retired and alive, or whose successor is not there, sends them nowhere.

Example: D-0007 is listed as retired, and deployments still has D-0007; or its successor is D-0099, which is in no table.

Remedy: Take the row out, or its line in `retired_ids`; correct the successor, or leave it empty if there is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.record.profile import profile_schemas
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = tuple(profile_schemas())  # a row can be about any of them


def run(record: Record) -> Iterator[Finding]:
    """One finding per retired id that is alive, and per successor that is neither there nor retired itself."""
    table = record.tables["retired_ids"]
    retired = {(table.cell(row, "table_name"), table.cell(row, "id")) for row in range(len(table.rows))}
    for row in range(len(table.rows)):
        name, id, successor = (table.cell(row, column) for column in ("table_name", "id", "successor_id"))
        if _exists(record, name, id):
            yield INFO.at(table, row, "id", f"{id} is retired, and {name} still has it.")
        if successor and not _exists(record, name, successor) and (name, successor) not in retired:
            yield INFO.at(table, row, "successor_id", f"{name} has no row {successor}.")


def _exists(record: Record, name: str, id: str) -> bool:
    """Whether a table has the id: the first part of a key, or all of it joined with slashes."""
    about = record.tables.get(name)
    keys = (list(about.key(row).values()) for row in range(len(about.rows))) if about else ()
    return any(id in (key[0], "/".join(key)) for key in keys if key)
