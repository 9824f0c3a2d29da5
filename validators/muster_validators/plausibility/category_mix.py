"""Of the rows that stayed, about as many hold each code as in the release before, and the shares of the codes are alike.

Why: how many numbers are exact, disputed or only about right says how sure a table is. A script that writes `exact` into every other row, or a source that is read in another way, changes that and leaves every row valid. A code loses rows only if some were recoded, and that is an error where the schema lists the codes; another mix because of new rows is a warning.

Example: 30 of 90 numbers were disputed, now 5 are.

Remedy: `muster diff` shows which rows have another code. Undo what was not meant; if it is right, explain it: `"release": {"explained": {"category-mix": "…"}}` in datapackage.json.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.plausibility.codes import coded_columns, is_listed
from muster_validators.plausibility.expectation import Expectation, Outcome
from muster_validators.plausibility.groups import Belongs, Group, expected_groups, fallen, group_of, lost_rows
from muster_validators.plausibility.subject import Subject, filled, percent, tolerances
from musterroll.package.table import Table

INFO = describe(__name__, __doc__, layer="plausibility")
NEEDS: tuple[str, ...] = ()
COMPARES = True

_SHOWN = 5  # codes that a finding about their shares names


def expect(subject: Subject) -> Iterator[Expectation]:
    """How many rows of each code must be left, and how far the shares of a column may lie from those before."""
    limits = tolerances()[INFO.id]
    yield from expected_groups(INFO.id, "codes", _groups(subject))
    for table, name, values in coded_columns(subject):
        now = Counter(filled(table, name))
        if min(values.total(), now.total()) >= limits["rows"] and not _is_told_otherwise(table, name, values, now):
            shares = {value: count / values.total() for value, count in sorted(values.items())}
            arguments = {
                "column": name,
                "partition_object": {"values": list(shares), "weights": list(shares.values())},
                "threshold": limits["divergence"],
                "tail_weight_holdout": limits["unseen"],
            }
            yield Expectation(INFO.id, table.name, "ExpectColumnKLDivergenceToBeLessThan", arguments)


def report(subject: Subject, expectation: Expectation, outcome: Outcome) -> Iterator[Finding]:
    """One finding per column."""
    if expectation.derived is None:
        yield _shifted(subject.tables[expectation.table], expectation)
        return
    for (table_name, name), groups in fallen(_groups(subject), outcome):
        table = subject.tables[table_name]
        finding = INFO.finding(
            f"Rows that stayed have another {name} now: {', '.join(map(str, groups))} rows.",
            table=table.name,
            field=name,
            place=(table.file, None, None),
            value=", ".join(map(str, groups)),
            expected=", ".join(f"at least {group.least:,} {group.name}" for group in groups),
            severity="error" if is_listed(table.schema.fields.get(name, {})) else "warning",
        )
        yield replace(finding, related=lost_rows(INFO, table, name, groups))


def _groups(subject: Subject) -> list[Group]:
    """Every code that is still in use; `category-lost` has the others."""
    return [
        group_of(subject, (subject.previous or {})[table.name], table, name, value, _holding(name, value))
        for table, name, values in coded_columns(subject)
        for value in sorted(set(values) & set(filled(table, name)))
    ]


def _holding(name: str, value: str) -> Belongs:
    return lambda table, row: table.cell(row, name) == value


def _is_told_otherwise(table: Table, name: str, values: Counter[str], now: Counter[str]) -> bool:
    """Whether codes are gone or new in a way that another check reports, and that moves the shares by itself."""
    lost = any(count > tolerances()["category"]["rows"] and not now[value] for value, count in values.items())
    return lost or (not is_listed(table.schema.fields.get(name, {})) and not {*now} <= {*values})


def _shifted(table: Table, expectation: Expectation) -> Finding:
    """A warning that names the codes whose shares moved furthest."""
    name, partition = expectation.column, expectation.arguments["partition_object"]
    counts = Counter(filled(table, name))
    was = dict(zip(partition["values"], partition["weights"], strict=True))
    now = {value: count / counts.total() for value, count in counts.items()}
    moved = sorted({*was, *now}, key=lambda value: (-abs(now.get(value, 0) - was.get(value, 0)), value))[:_SHOWN]
    said = ", ".join(f"{value} {percent(was.get(value, 0))} → {percent(now.get(value, 0))}" for value in moved)
    message = f"The shares of {name} moved far: {said}."
    return INFO.finding(
        message, table=table.name, field=name, place=(table.file, None, None), value=said, severity="warning"
    )
