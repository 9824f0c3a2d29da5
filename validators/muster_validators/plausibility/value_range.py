"""Numbers, years and dates stay near the range that they had in the release before, and a record's dates within its time.

Why: a digit too many, another unit or a wrong century is a valid number or date. Bounds are those of the release before, moved apart by their distance, at least by a twentieth of the largest number or by a year (a column that was never negative stays so); a column with fewer than ten values, only zeros, or numbers that are not plainly written has none; in a table that more than doubled the bounds move with it. The dates of a mission record lie between five years before its first mandate and its horizon, the day up to which it claims to be complete.

Example: all areas were between 5 and 60, now one is 3,604.

Remedy: Look the value up in its source. If it is right, nothing is to be done, or explain it: `"release": {"explained": {"value-range": "…"}}` in datapackage.json; if a record goes on, move its horizon in datapackage.json.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.plausibility.cells import findings_at
from muster_validators.plausibility.expectation import Expectation, Outcome
from muster_validators.plausibility.frames import scale, series
from muster_validators.plausibility.growth import growth
from muster_validators.plausibility.subject import Subject, tolerances
from musterroll.package.table import Table

if TYPE_CHECKING:
    import pandas as pd

INFO = describe(__name__, __doc__, layer="plausibility", severity="warning")
NEEDS: tuple[str, ...] = ()
COMPARES = False

_SHOWN = 3  # values that a finding about many cells quotes, the furthest first

_KIND = "ExpectColumnValuesToBeBetween"
_DATED = {  # when things happened or were said; a mandate's end and a source's date may lie beyond the horizon
    "commitments": "announced",
    "conditions": "date",
    "contributions": "date",
    "deployments": "date",
    "events": "date",
    "strengths": "as_of",
}


def expect(subject: Subject) -> Iterator[Expectation]:
    """Bounds of every number and date that is not part of a key."""
    yield from _times_of_a_record(subject)
    for old, table in subject.pairs:
        for name in table.header:
            kind = scale(table.schema.fields.get(name, {}))
            compared = kind and kind == scale(old.schema.fields.get(name, {})) and name in old.index
            if compared and name not in table.schema.key_columns and not _has_own_time(subject, table, name):
                low, high = _stretched(series(old, name), growth(old, table))
                if low is not None:
                    yield Expectation(INFO.id, table.name, _KIND, {"column": name, "min_value": low, "max_value": high})


def report(subject: Subject, expectation: Expectation, outcome: Outcome) -> Iterator[Finding]:
    """A finding at each cell where they are few; else one for the column, with the furthest values."""
    table, name = subject.tables[expectation.table], expectation.column
    ends = [_written(expectation.arguments.get(end)) for end in ("min_value", "max_value")]
    expected = f"between {ends[0]} and {ends[1]}" if ends[1] else f"at least {ends[0]}"
    cells = {row: table.cell(row, name) for row in outcome.rows}
    furthest = sorted(cells, key=lambda row: abs(float(cells[row])), reverse=True) if _is_number(table, name) else []
    first = ", ".join(cells[row] for row in (furthest or sorted(cells, key=lambda row: cells[row]))[:_SHOWN])
    yield from findings_at(
        INFO,
        subject,
        table,
        name,
        outcome.rows,
        message=lambda row: f"{cells[row]} is not {expected}.",
        summary=f"{len(cells):,} of {len(table.rows):,} cells are not {expected}, such as {first}",
        value=f"{len(cells):,} cells",
        expected=expected,
    )


def _times_of_a_record(subject: Subject) -> Iterator[Expectation]:
    import pandas as pd

    if subject.record is None or subject.begins is None:
        return
    earliest = subject.begins.toordinal() - round(365.25 * tolerances()[INFO.id]["record_years"])
    arguments = {"min_value": pd.Timestamp(date.fromordinal(max(1, earliest)))}
    if subject.record.horizon:
        arguments["max_value"] = pd.Timestamp(subject.record.horizon)
    for table, stem in _DATED.items():
        if table in subject.tables:
            for end in ("earliest", "latest"):
                yield Expectation(INFO.id, table, _KIND, {"column": f"{stem}_{end}", **arguments}, learned=False)


def _has_own_time(subject: Subject, table: Table, name: str) -> bool:
    return subject.record is not None and name.rpartition("_")[0] == _DATED.get(table.name)


def _is_number(table: Table, name: str) -> bool:
    return scale(table.schema.fields.get(name, {})) == "number"


def _stretched(values: pd.Series[Any], times: float) -> tuple[Any, Any]:
    """Lowest and highest value, moved apart, the more the more `times` as many rows there are; Nones if few, or zeros."""
    limits = tolerances()[INFO.id]
    known: Any = values.dropna()
    if known.dtype == "float64":
        known = known[known.abs() < math.inf]  # INF is a number in a Table Schema
    if len(known) < limits["values"]:
        return None, None
    low, high = known.min(), known.max()
    if known.dtype != "float64":
        return _days_apart(low.date(), high.date(), times)
    step = times * max(limits["stretch"] * (high - low), limits["floor"] * max(abs(high), abs(low)), float(times > 1))
    return (0.0 if low >= 0 else low - step, high + step) if step else (None, None)


def _days_apart(low: date, high: date, times: float) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Two days moved apart by their distance, at least by a year, and not beyond the years 1 and 9999."""
    import pandas as pd

    step = round(times * max(tolerances()[INFO.id]["stretch"] * (high - low).days, 366))
    first, last = max(1, low.toordinal() - step), min(date.max.toordinal(), high.toordinal() + step)
    return pd.Timestamp(date.fromordinal(first)), pd.Timestamp(date.fromordinal(last))


def _written(end: Any) -> str:
    """A bound as people write it: whole numbers without a point and others with two digits behind it, days without a time."""
    if end is None:
        return ""
    if not isinstance(end, float):
        return str(end.date())
    return f"{end:,.2f}".rstrip("0").rstrip(".") if abs(end) >= 1 else f"{end:,.15g}"
