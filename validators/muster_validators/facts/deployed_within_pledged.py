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
from muster_validators.finding import Finding, Severity
from musterroll.record.balance import BalanceRow, sweep
from musterroll.record.presence import IN_SERVICE, movements_of
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
    seen: set[int] = set()  # people carry over: a surplus that outlives its mission is one cause
    explained = min((_rank(row) for (_, country), row in worst.items() if country), default=len(_SEVERITY))
    for (_, country), row in worst.items():
        if country or _rank(row) < explained:  # the whole mission is news only if no country explains it
            blamed = _blamed(record, row)
            if blamed.row not in seen or not country:
                seen.add(blamed.row)
                yield _finding(record, row, blamed)


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
    table = record.tables["deployments"]
    field = next(name for name in _number_columns(blamed))
    who = row.country or "the whole mission"
    people = written(row.deployed)
    limit = written(row.allowed) if row.allowed else "nothing"
    messages = {
        "violated": f"On {row.as_of} {who} has {people} deployed, but never pledged more than {limit}.",
        "possibly_violated": f"On {row.as_of} {who} may have more deployed ({people}) than it pledged ({limit}).",
        "unknown": f"On {row.as_of} {who} has {people} deployed, and its pledges give no number to compare with.",
    }
    expected = f"at most {row.allowed.max}" if row.allowed and row.allowed.max is not None else None
    severity = _SEVERITY[row.verdict]
    finding = INFO.at(table, blamed.row, field, messages[row.verdict], expected=expected, severity=severity)
    return replace(finding, whole=row.country is None)


def _blamed(record: Record, row: BalanceRow) -> Movement:
    """The arrival that became certain that day, else one that became possible, else the last one before."""
    day = row.as_of
    arrivals = [item for item in movements_of(record, record.missions[row.mission], row.country) if _counts(item, day)]
    certain = [item for item in arrivals if item.when.latest == day]
    possible = [item for item in arrivals if item.when.earliest == day]
    return (certain or possible or sorted(arrivals, key=lambda item: item.when.earliest or day))[-1]


def _counts(movement: Movement, day: date) -> bool:
    return movement.kind in ARRIVALS and movement.place in IN_SERVICE and movement.when.possible(day)


def _number_columns(movement: Movement) -> Iterator[str]:
    """The columns of the number, those that hold one first."""
    ends = {
        "personnel_min": movement.personnel.min,
        "personnel_best": movement.personnel.best,
        "personnel_max": movement.personnel.max,
    }
    yield from (name for name, value in ends.items() if value is not None)
    yield "personnel_qualifier"
