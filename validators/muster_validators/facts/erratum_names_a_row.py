"""Every erratum names a row that is there or was retired, and a column of its table.

Why: an erratum tells whoever used the old value that it has changed. One about a row that never was tells nobody anything, and the correction that it meant stays unexplained.

Example: an erratum for D-0099, which deployments does not have; or for the field personel_min.

Remedy: Correct table_name, row_id or field. A commitment is named by its id and revision (C-0001/2), or by its id alone for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.table import Table
from musterroll.record.asserted import DATE_STEMS, NUMBER_STEMS
from musterroll.record.profile import profile_schemas
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = tuple(profile_schemas())  # a row can be about any of them


def run(record: Record) -> Iterator[Finding]:
    """One finding per erratum about no row, or about no field of it."""
    table, gone = record.tables["errata"], _retired(record)
    names = {name: _row_names(about) for name, about in record.tables.items()}
    for row in range(len(table.rows)):
        name, id, field = (table.cell(row, column) for column in ("table_name", "row_id", "field"))
        if id not in names.get(name, ()) and (name, id) not in gone:
            yield INFO.at(table, row, "row_id", f"{name} has no row {id}, and none is retired.")
        elif name in record.tables and not _has_field(record.tables[name], field):
            yield INFO.at(table, row, "field", f"{name} has no field {field}.", expected="a column, a stem, or nothing")


def _retired(record: Record) -> Set[tuple[str, str]]:
    table = record.tables["retired_ids"]
    return {(table.cell(row, "table_name"), table.cell(row, "id")) for row in range(len(table.rows))}


def _row_names(table: Table) -> Set[str]:
    """The keys of a table's rows, joined with slashes; of a commitment its identifier alone, too."""
    keys = [list(table.key(row).values()) for row in range(len(table.rows))]
    names = {"/".join(key) for key in keys}
    return names | {key[0] for key in keys} if table.name == "commitments" else names


def _has_field(table: Table, field: str) -> bool:
    """Whether it is empty, a column, or the stem of one."""
    is_stem = field in NUMBER_STEMS | DATE_STEMS and any(name.startswith(f"{field}_") for name in table.header)
    return not field or field in table.index or is_stem
