"""At every date, no country has more people deployed than it ever pledged.

Why: a surplus means that an arrival is counted twice, a departure or a new pledge is missing, or a source is wrong. Ranges are respected: violated (an error) is true whatever the uncertain numbers and dates turn out to be, possibly violated (a warning) for some of them only, and unknown (for information) says that the pledges give no number to compare with.

Example: a country that pledged 150 police has 200 arrivals and no departure.

Remedy: Look at the rows that add up (`muster balance --as-of DATE`): is an arrival coded twice, a relief coded as an arrival, a departure or a revision of the pledge missing? If the sources really say so, code the new total as a revision.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from muster_validators.check import describe
from muster_validators.facts.added import moved, number_column, promised
from muster_validators.finding import Finding, Related, Severity
from musterroll.record.balance import BalanceRow, sweep
from musterroll.record.limit import Limit, allowed
from musterroll.record.presence import IN_SERVICE, counted, movements_of
from musterroll.record.record import Record
from musterroll.record.rows import ARRIVALS, Movement
from musterroll.record.written import written

if TYPE_CHECKING:
    import pandera.pandas as pa

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("missions", "commitments", "conditions", "deployments", "strengths", "evidence", "sources")

_SEVERITY: dict[str, Severity] = {"violated": "error", "possibly_violated": "warning", "unknown": "info"}


def run(record: Record) -> Iterator[Finding]:
    """One finding per mission and country: the worst verdict, at the first date on which it is reached."""
    rows = list(sweep(record))
    worst: dict[tuple[str, str | None], BalanceRow] = {}
    for row in (rows[index] for index in _refused(rows)):
        subject = (row.mission, row.country)
        if subject not in worst or _rank(row) < _rank(worst[subject]):
            worst[subject] = row
    yield from _of_countries(record, [row for row in worst.values() if row.country])
    for row in worst.values():
        if row.country is None and not any(_explains(other, row) for other in worst.values()):
            yield _finding(record, row, _blamed(record, row))


def _of_countries(record: Record, rows: list[BalanceRow]) -> Iterator[Finding]:
    """One finding per arrival: people carry over, and a surplus that outlives its mission is one cause."""
    seen: set[int] = set()
    for row in sorted(rows, key=lambda row: (_rank(row), row.as_of)):
        blamed = _blamed(record, row)
        if blamed.row not in seen:
            seen.add(blamed.row)
            yield _finding(record, row, blamed)


def _explains(row: BalanceRow, whole: BalanceRow) -> bool:
    """Whether a verdict on a country is bad enough for the whole mission's to be no news."""
    return row.country is not None and row.mission == whole.mission and _rank(row) <= _rank(whole)


def model() -> pa.DataFrameSchema:
    """The Pandera model of `balance`: ordered ends, and a verdict that holds."""
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            "deployed_min": pa.Column("Int64", pa.Check.ge(0)),
            "deployed_max": pa.Column("Int64", pa.Check.ge(0), nullable=True),
            "allowed_min": pa.Column("Int64", pa.Check.ge(0), nullable=True),
            "allowed_max": pa.Column("Int64", pa.Check.ge(0), nullable=True),
            "verdict": pa.Column("string", pa.Check.equal_to("holds")),
        },
        strict=True,
    )


def _refused(rows: list[BalanceRow]) -> list[int]:
    """Positions of the rows that the model refuses."""
    import pandas as pd
    import pandera.pandas as pa

    frame = pd.DataFrame(
        {
            "deployed_min": pd.array([row.deployed.min for row in rows], dtype="Int64"),
            "deployed_max": pd.array([row.deployed.max for row in rows], dtype="Int64"),
            "allowed_min": pd.array([row.allowed.min if row.allowed else None for row in rows], dtype="Int64"),
            "allowed_max": pd.array([row.allowed.max if row.allowed else None for row in rows], dtype="Int64"),
            "verdict": pd.array([row.verdict for row in rows], dtype="string"),
        }
    )
    try:
        model().validate(frame, lazy=True)
    except pa.errors.SchemaErrors as refusal:
        return sorted({int(index) for index in refusal.failure_cases["index"]})
    return []


def _rank(row: BalanceRow) -> int:
    return list(_SEVERITY).index(row.verdict)


def _finding(record: Record, row: BalanceRow, blamed: Movement) -> Finding:
    table, severity = record.tables["deployments"], _SEVERITY[row.verdict]
    limit = allowed(record, record.missions[row.mission], row.country, row.as_of)
    field = number_column(table, blamed.row)
    expected = f"at most {row.allowed.max}" if row.allowed and row.allowed.max is not None else None
    finding = INFO.at(table, blamed.row, field, _message(row, limit), expected=expected, severity=severity)
    return replace(finding, whole=row.country is None, related=_rows_of(record, row, limit))


def _message(row: BalanceRow, limit: Limit) -> str:
    subject, people = f"On {row.as_of} {row.country or 'the whole mission'}", written(row.deployed)
    if row.verdict == "unknown":
        return f"{subject} has {people} deployed, and its pledges give no number to compare with."
    if row.verdict == "violated":
        return f"{subject} has {people} deployed, but pledged no more than {limit.interval.max:,}."
    pledged = written(replace(limit.interval, best=limit.preferred))
    return f"{subject} may have more deployed ({people}) than it pledged ({pledged})."


def _rows_of(record: Record, row: BalanceRow, limit: Limit) -> tuple[Related, ...]:
    """The pledges, and the movements that are compared with them."""
    mission, day, whole = record.missions[row.mission], row.as_of, row.country is None
    said = promised(record, limit.revisions, day, of_all=whole)
    return said + moved(record, counted(record, mission, row.country, day), day, of_all=whole)


def _blamed(record: Record, row: BalanceRow) -> Movement:
    """The arrival that became certain that day, else one that became possible, else the last one before."""
    day = row.as_of
    arrivals = [item for item in movements_of(record, record.missions[row.mission], row.country) if _counts(item, day)]
    certain = [item for item in arrivals if item.when.latest == day]
    possible = [item for item in arrivals if item.when.earliest == day]
    return (certain or possible or sorted(arrivals, key=lambda item: item.when.earliest or day))[-1]


def _counts(movement: Movement, day: date) -> bool:
    return movement.kind in ARRIVALS and movement.place in IN_SERVICE and movement.when.possible(day)
