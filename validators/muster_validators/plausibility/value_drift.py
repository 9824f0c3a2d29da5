"""A quarter, half and three quarters of a column's numbers and dates lie below the same values as in the release before.

Why: where a whole column is in another unit, a year late or divided by a hundred, every cell may still lie within the range it had. Rows that were added are no excuse to be guessed at: counting them says how far they can move a quantile. A tenth of the old values may be corrected without a word; where a column has more new values than old ones, its quantiles may move by a factor of ten.

Example: half of the crossings burnt less than 34.5 litres, now half of them burn less than 0.345.

Remedy: Look at what was done to the column between the two releases (`muster diff`), and undo it. If it is right, explain it: `"release": {"explained": {"value-drift": "…"}}` in datapackage.json.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.plausibility.expectation import Derived, Expectation, Outcome
from muster_validators.plausibility.frames import numbers, scale
from muster_validators.plausibility.quantiles import Column, Moved, has_fallen, quantiles_of
from muster_validators.plausibility.subject import Subject, tolerances
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="plausibility")
NEEDS: tuple[str, ...] = ()
COMPARES = True


def expect(subject: Subject) -> Iterator[Expectation]:
    """The quantiles of every number and date that is not part of a key; of days since the first one before."""
    for old, table in subject.pairs:
        names = [name for name in table.header if _is_comparable(old, table, name)]
        first = _first_day(old, names)
        was, now = (_columns(side, names, first) for side in (old, table))
        days = f", and days since {date.fromordinal(first)}" if any(_is_day(table, name) for name in names) else ""
        derived = Derived(f"{table.name}: numbers{days}", now)
        for name in names:
            factor = None if _is_day(table, name) else tolerances()["quantiles"]["factor"]
            moved = Moved(table.name, was[name], now[name], subject.turnovers[table.name])
            if asked := moved.expectation(INFO.id, derived, name, factor):
                yield asked


def report(subject: Subject, expectation: Expectation, outcome: Outcome) -> Iterator[Finding]:
    """One finding per column: an error where values fell or are earlier, a warning where they rose or are later."""
    name = expectation.column
    pairs = {table.name: (old, table) for old, table in subject.pairs}
    old, table = pairs[expectation.table]
    before, now = (_written(side, name, quantiles_of(numbers(side, name))) for side in (old, table))
    yield INFO.finding(
        f"A quarter, half and three quarters of {name} are at most {now}; in the release before {before}.",
        table=table.name,
        field=name,
        place=(table.file, None, None),
        value=now,
        expected=f"near {before}",
        severity="error" if has_fallen(expectation, outcome) else "warning",
    )


def _is_comparable(old: Table, table: Table, name: str) -> bool:
    """Whether both have the column, on one scale, and no key holds it."""
    kinds = {scale(side.schema.fields.get(name, {})) for side in (old, table)}
    keys = table.schema.key_columns | old.schema.key_columns
    return name in old.index and name not in keys and len(kinds) == 1 and None not in kinds


def _first_day(old: Table, names: Sequence[str]) -> int:
    """The day that days are counted from.

    From the year 1 they would be large, and Great Expectations lets a quantile
    miss its bound by a ten-thousandth of it: that would be months.
    """
    days = [day for name in names if _is_day(old, name) for day in numbers(old, name) if day is not None]
    return int(min(days, default=1))


def _columns(table: Table, names: Sequence[str], first: int) -> dict[str, Column]:
    offsets = {name: first if _is_day(table, name) else 0 for name in names}
    return {
        name: [None if value is None else value - offsets[name] for value in numbers(table, name)] for name in names
    }


def _is_day(table: Table, name: str) -> bool:
    return scale(table.schema.fields.get(name, {})) == "day"


def _written(table: Table, name: str, values: Sequence[float]) -> str:
    """Quantiles as people write them."""
    if _is_day(table, name):
        return " / ".join(str(date.fromordinal(int(value))) for value in values)
    return " / ".join(f"{value:,.15g}" for value in values)
