"""What evidence asserts of a number or a date is written in the notation of the record.

Why: only then can values be compared; a word such as "several" or a second way to write a range would be skipped by every check.

Example: `about 200` instead of `~200`; `2024-07-16..2024-07-20` instead of `2024-07-16/2024-07-20`.

Remedy: Write numbers as 200, ~200, >=50, >400, <=50, <400, 54..65 or ?; dates as 2024, 2024-07, 2024-07-16 or a/b.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from musterroll.record.asserted import kind_of, read_asserted
from musterroll.record.claims import ID_COLUMNS
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = (*ID_COLUMNS, "evidence")

_EXPECTED = {
    "number": "200, ~200, >=50, >400, <=50, <400, 54..65 or ?",
    "days": "2024, 2024-07, 2024-07-16 or a/b, with .. for an open end and ~ for about",
    "text": "any text",
}


def run(record: Record) -> Iterator[Finding]:
    """One finding per evidence row whose value cannot be read; context may stay without a value."""
    table = record.tables["evidence"]
    for item in record.evidence:
        if not item.value and (item.stance == "context" or not item.field):
            continue
        kind = kind_of(record.tables[item.table], item.field)
        try:
            read_asserted(kind, item.value)
        except ValueError:
            message = f"{item.value!r} is not in the notation of the record."
            yield INFO.at(table, item.row, "value_asserted", message, expected=_EXPECTED[kind])
