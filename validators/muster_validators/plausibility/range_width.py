"""Numbers that are ranges stay ranges, and ranges and date windows are about as wide as in the release before.

Why: a width is what the record admits not to know. An export that keeps one end of each window, or writes the best number into all three cells, makes the record look surer than its sources are; a year mistyped at one end makes one window wider than any other. Rows that were added are counted, as in `value-drift`.

Example: 67 of 139 events had a window of several days, now none has; or no window was wider than 90 days, and one has 365.

Remedy: `muster diff` shows which ends moved. Bring the sources' ranges back; if they really know better now, explain it: `"release": {"explained": {"range-width": "…"}}` in datapackage.json.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.plausibility.cells import findings_at
from muster_validators.plausibility.expectation import PAIRS, Derived, Expectation, Outcome
from muster_validators.plausibility.frames import numbers
from muster_validators.plausibility.groups import Belongs, Group, expected_groups, fallen, group_of, lost_rows
from muster_validators.plausibility.growth import growth
from muster_validators.plausibility.quantiles import KIND, Column, Moved, has_fallen, quantiles_of
from muster_validators.plausibility.subject import Subject, tolerances
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="plausibility")
NEEDS: tuple[str, ...] = ()
COMPARES = True

_ENDS = {"_min": "_max", "_earliest": "_latest"}


def expect(subject: Subject) -> Iterator[Expectation]:
    """How many ranges must be left, how wide they are, and how wide a window can be at most."""
    yield from expected_groups(INFO.id, "ranges", _groups(subject))
    for old, table in subject.pairs:
        columns = {low: _widths(table, low, high) for low, high in _stems(old, table)}
        derived = Derived(f"{table.name}: widths of ranges, and days of windows", columns)
        for low, high in _stems(old, table):
            was = _widths(old, low, high)
            moved = Moved(table.name, was, columns[low], subject.turnovers[table.name])
            if asked := moved.expectation(INFO.id, derived, low, factor=None):
                yield asked
            known = [value for value in was if value is not None]
            if low.endswith("_earliest") and len(known) >= tolerances()[INFO.id]["windows"]:
                limits = tolerances()[INFO.id]
                most = max(limits["days"], max(known) * limits["stretch"]) * growth(old, table)
                arguments = {"column": low, "max_value": most}
                yield Expectation(INFO.id, table.name, "ExpectColumnValuesToBeBetween", arguments, derived=derived)


def report(subject: Subject, expectation: Expectation, outcome: Outcome) -> Iterator[Finding]:
    """Fewer or narrower ranges are an error, wider ones a warning."""
    if expectation.kind == PAIRS:
        yield from _fewer(subject, outcome)
        return
    pairs = {table.name: (old, table) for old, table in subject.pairs}
    old, table = pairs[expectation.table]
    low, high = next(pair for pair in _stems(old, table) if pair[0] == expectation.column)
    if expectation.kind == KIND:
        fell = has_fallen(expectation, outcome)
        if not (fell and any(group.now < group.least for group in _groups(subject) if _is_of(group, table, high))):
            yield _drifted(old, table, low, high, fell)
        return
    yield from _too_wide(subject, old, table, low, high, outcome.rows, expectation.arguments["max_value"])


def _fewer(subject: Subject, outcome: Outcome) -> Iterator[Finding]:
    for (table_name, name), groups in fallen(_groups(subject), outcome):
        table = subject.tables[table_name]
        finding = INFO.finding(
            f"Of the rows that stayed, fewer have {groups[0]}.",
            table=table.name,
            field=name,
            place=(table.file, None, None),
            value=str(groups[0].now),
            expected=f"at least {groups[0].least:,}",
        )
        yield replace(finding, related=lost_rows(INFO, table, name, groups))


def _drifted(old: Table, table: Table, low: str, high: str, fell: bool) -> Finding:
    before, now = (
        " / ".join(f"{value:,.15g}" for value in quantiles_of(_widths(side, low, high))) for side in (old, table)
    )
    return INFO.finding(
        f"From {low} to {high} a quarter, half and three quarters measure at most {now}; in the release before {before}.",
        table=table.name,
        field=high,
        place=(table.file, None, None),
        value=now,
        expected=f"near {before}",
        severity="error" if fell else "warning",
    )


def _too_wide(
    subject: Subject, old: Table, table: Table, low: str, high: str, rows: Sequence[int], most: float
) -> Iterator[Finding]:
    """A finding at the end to look at: the one that has changed, or the later one."""
    few = len(rows) <= tolerances()["cells"]["each"]
    expected = f"at most {most:,.0f} days"
    ends = {row: _end_that_moved(subject, old, table, row, low, high) if few else high for row in rows}
    days = {row: f"{width:,.0f}" for row, width in enumerate(_widths(table, low, high)) if width is not None}
    for name in (low, high):
        found = findings_at(
            INFO,
            subject,
            table,
            name,
            [row for row in rows if ends[row] == name],
            message=lambda row: (
                f"From {table.cell(row, low)} to {table.cell(row, high)} are {days[row]} days, not {expected}."
            ),
            summary=f"From {low} to {high} are more than {most:,.0f} days in {len(rows):,} rows",
            value=f"{len(rows):,} cells",
            expected=expected,
        )
        yield from (replace(finding, severity="warning") for finding in found)


def _is_of(group: Group, table: Table, high: str) -> bool:
    """Whether a group counts the ranges that end in that column: where those are fewer, they are also narrower."""
    return (group.table, group.field) == (table.name, high)


def _groups(subject: Subject) -> list[Group]:
    """The rows of every pair of ends that are a range, where both releases have some."""
    return [
        group_of(subject, old, table, high, f"a range from {low} to {high}", _wide(old, table, low, high))
        for old, table in subject.pairs
        for low, high in _stems(old, table)
    ]


def _wide(old: Table, table: Table, low: str, high: str) -> Belongs:
    """Whether the two ends of a row of either table lie apart."""
    was, now = _widths(old, low, high), _widths(table, low, high)
    return lambda side, row: bool((was if side is old else now)[row])


def _stems(old: Table, table: Table) -> list[tuple[str, str]]:
    """The columns that are the two ends of something, in both releases."""
    ends = [
        (name, name.removesuffix(low) + high)
        for name in table.header
        for low, high in _ENDS.items()
        if name.endswith(low)
    ]
    return [pair for pair in ends if {*pair} <= {*table.index} & {*old.index}]


def _widths(table: Table, low: str, high: str) -> Column:
    """From one end to the other; None where one is missing."""
    ends = zip(numbers(table, low), numbers(table, high), strict=True)
    return [None if one is None or two is None else two - one for one, two in ends]


def _end_that_moved(subject: Subject, old: Table, table: Table, row: int, low: str, high: str) -> str:
    """The end to look at: the one that has changed, or the later one."""
    was = subject.turnovers[table.name].stayed.get(row)
    moved = [name for name in (high, low) if was is not None and old.cell(was, name) != table.cell(row, name)]
    return moved[0] if moved else high
