"""Every row of the record has evidence, and every number a source that supports it.

Why: a figure without a source does not ship. Nobody can check it, and nobody can weigh it against another.

Example: an arrival of 200 whose evidence rows were deleted, or speak only of its date.

Remedy: Add a row to `evidence` with the source, the paragraph and the value it asserts; a revision may rely on the evidence of the earlier revision whose value it repeats.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.package.table import Table
from musterroll.record.claims import ID_COLUMNS, Subject, subject_of
from musterroll.record.record import NUMBER_STEMS, Record

INFO = describe(__name__, __doc__, layer="facts")

NEEDS: tuple[str, ...] = (*ID_COLUMNS, "evidence")
_ENDS = ("min", "best", "max")
_CEILING = "personnel_ceiling"  # the one number outside a triple


def run(record: Record) -> Iterator[Finding]:
    """One finding per row without evidence or, where it has some, without support for its number."""
    supported = _fields(record, only_support=True)
    mentioned = _fields(record, only_support=False)
    for name in ID_COLUMNS:
        table = record.tables[name]
        backed: set[tuple[str, tuple[str, ...]]] = set()
        for row in _in_order(table):
            subject = subject_of(table, row)
            group = _group(table, row)
            if not mentioned.get(subject):
                yield INFO.at(
                    table, row, None, f"{_label(subject)} has no evidence at all.", expected="a row in evidence"
                )
            if group is None or not record.is_believed(*subject):
                continue  # what nobody believes is reported, but no check uses it
            value = (subject[1], _value(table, row, group))
            if supported.get(subject, set()) & _names(group):
                backed.add(value)
            elif mentioned.get(subject) and value not in backed:
                yield _unsupported(table, row, subject, group)


def _unsupported(table: Table, row: int, subject: Subject, group: str) -> Finding:
    field = next((name for name in _columns(group) if table.cell(row, name)), group)
    message = f"No source supports the number of {_label(subject)} ({group})."
    return INFO.at(table, row, field, message, expected=f"evidence for {group} with the stance supports")


def _fields(record: Record, *, only_support: bool) -> dict[Subject, set[str]]:
    fields: dict[Subject, set[str]] = {}
    for item in record.evidence:
        if not only_support or (item.stance == "supports" and item.rank != "deprecated"):
            fields.setdefault((item.table, item.of, item.revision), set()).add(item.field)
    return fields


def _in_order(table: Table) -> list[int]:
    """Rows with earlier revisions first, whatever order the file has them in."""
    if table.name != "commitments":
        return list(range(len(table.rows)))
    return sorted(
        range(len(table.rows)), key=lambda row: (table.cell(row, "commitment_id"), int(table.cell(row, "revision")))
    )


def _group(table: Table, row: int) -> str | None:
    """The stem of the row's number, or None if it gives none."""
    group = _CEILING if table.name == "missions" else NUMBER_STEMS.get(table.name)
    return group if group and any(table.cell(row, name) for name in _columns(group)) else None


def _columns(group: str) -> list[str]:
    return [group] if group == _CEILING else [f"{group}_{end}" for end in _ENDS]


def _names(group: str) -> set[str]:
    """What evidence may call the group: its stem or one of its columns."""
    return {group, *_columns(group)}


def _value(table: Table, row: int, group: str) -> tuple[str, ...]:
    qualifier = [] if group == _CEILING else [f"{group}_qualifier"]
    return tuple(table.cell(row, name) for name in [*_columns(group), *qualifier])


def _label(subject: Subject) -> str:
    _, row_id, revision = subject
    return row_id if revision is None else f"{row_id} (revision {revision})"
