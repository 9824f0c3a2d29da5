"""The part of a report that concerns what changed since another package: `muster validate --since REV`.

A finding is kept if

- it is about no row: about the descriptor, a schema, a file, a column;
- its row came or changed, or refers to a row that came, changed or went (evidence
  to what it is about, a figure to its event, a movement to its pledge), or
  evidence about it changed;
- the columns or rules of its table changed, or the profile that the package follows;
- its check compares rows with each other, and a row that it compares with changed:
  another row of the table (two of one kind), of the country (its balance), any
  that adds up to a total of the mission, or any at all (a waiver needs a finding).

All others are left out and counted. A check that could not run stays; if the
packages cannot be compared, nothing is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from muster_validators.finding import Finding
from muster_validators.report import Report, Since
from muster_validators.touched import Touched, touched
from musterroll.changes.diff import compared
from musterroll.drafting.draft import read_tables
from musterroll.errors import Unusable
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.package.table import Table

Scope = Literal["row", "table", "country", "mission", "package"]

# With which other rows a check compares the row that it points at; of the others only with those that belong to it.
SCOPES: Mapping[str, Scope] = {
    "unique-error": "table",
    "unique-key": "table",
    "no-duplicates": "table",
    "entered-twice": "table",
    "arrival-announced": "country",
    "departure-after-arrival": "country",
    "deployed-within-pledged": "country",
    "stocks-reconcile": "country",
    "countries-add-up": "mission",
    "within-ceiling": "mission",
    "waiver-stale": "package",
    "waiver-valid": "package",
}


def narrowed(report: Report, new: Folder, old: Folder) -> Report:
    """The report on `new` with the findings that concern what changed since `old`, and the number of the others.

    Raises `Unavailable` or `Refused` if `old` cannot be read.
    """
    before = require_package(old)
    since = Since(before.name, before.version, 0)
    if report.refused:
        return replace(report, since=since)
    try:
        tables = read_tables(require_package(new))
        with compared(old, new) as diff:
            found = touched(diff.changes(), tables)
    except Unusable:
        return replace(report, since=since)  # what cannot be compared may have changed anywhere
    layers = tuple(
        replace(layer, findings=tuple(item for item in layer.findings if _concerns(item, found)))
        for layer in report.layers
    )
    kept = sum(len(layer.findings) for layer in layers)
    return replace(report, layers=layers, since=replace(since, left_out=len(report) - kept))


def _concerns(finding: Finding, found: Touched) -> bool:
    """Whether a finding is kept."""
    if finding.table is None or found.profile or finding.table in found.tables:
        return True
    table = found.tables_now.get(finding.table)
    if table is None:  # a derived one, such as the balance
        country = finding.key.get("country_code")
        return country is None or _of_country(country, found)
    row = _row(finding, table)
    return row is None or found.moves(table, row) or _compares(finding, table, row, found)


def _compares(finding: Finding, table: Table, row: int, found: Touched) -> bool:
    scope = SCOPES.get(finding.check, "row")
    if scope == "package":
        return any(found.rows.values())
    if scope == "table":
        return bool(found.rows.get(table.name))
    country = table.cell(row, "country_code") if "country_code" in table.index else ""
    if scope == "mission" or (scope == "country" and (finding.whole or not country)):
        return found.moves_totals
    return scope == "country" and _of_country(country, found)


def _of_country(country: str, found: Touched) -> bool:
    return country in found.countries or found.moves_mandates


def _row(finding: Finding, table: Table) -> int | None:
    """The position of its row, or None if it is about no row."""
    if finding.row is not None:
        return finding.row if finding.row < len(table.rows) else None
    if not finding.key:
        return None
    rows = (row for row in range(len(table.rows)) if table.key(row) == dict(finding.key))
    return next(rows, None)
