"""One cell, one cause: what follows from a refused cell is not reported as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from muster_validators.finding import Finding, NotRun
from musterroll.package.table import Table, as_names

# Faults of one cell, the most telling first; of several in one cell the first is kept.
_CELL_CAUSES = (
    "primary-key-empty",
    "type-error",
    "bent-value",
    "constraint-error",
    "pattern",
    "category",
    "non-finite-number",
)
_CONSEQUENCES = {"primary-key", "unique-key", "unique-error", "foreign-key"}

_Cell = tuple[str | None, int | None, str | None]


def one_cause_each(findings: Iterable[Finding], tables: Mapping[str, Table]) -> tuple[list[Finding], list[NotRun]]:
    """The findings without consequences, and the references that could not be judged for want of a sound key."""
    ranked = sorted(findings, key=lambda finding: _rank(finding.check))
    kept: list[Finding] = []
    faulty: set[_Cell] = set()
    unsure: dict[tuple[str | None, str], NotRun] = {}
    for finding in ranked:
        cell = (finding.table, finding.row, finding.field)
        if finding.check in _CELL_CAUSES:
            if cell not in faulty:
                faulty.add(cell)
                kept.append(finding)
        elif finding.check not in _CONSEQUENCES or not faulty.intersection(_key_cells(finding, tables)):
            kept.append(finding)
    refused = {(table, field) for table, _, field in faulty}
    result = []
    for finding in kept:
        target = _unsound_target(finding, tables, refused)
        if target:
            reason = f"a key cell of {target} was refused, so what points at it was not judged"
            unsure[finding.table, target] = NotRun("foreign-key", reason, finding.table)
        else:
            result.append(finding)
    return result, list(unsure.values())


def _rank(check: str) -> int:
    return _CELL_CAUSES.index(check) if check in _CELL_CAUSES else len(_CELL_CAUSES)


def _key_cells(finding: Finding, tables: Mapping[str, Table]) -> Iterator[_Cell]:
    """The cells of the finding's row that take part in the key it is about."""
    table = tables[str(finding.table)]
    if finding.check == "primary-key":
        names = set(table.schema.primary_key)
    elif finding.check == "unique-key":
        names = {name for key in table.schema.unique_keys if finding.field in key for name in key}
    elif finding.check == "foreign-key":
        names = {name for own, _, _ in _references(table) if finding.field in own for name in own}
    else:
        names = {str(finding.field)}
    yield from ((finding.table, finding.row, name) for name in names)


def _unsound_target(
    finding: Finding, tables: Mapping[str, Table], refused: set[tuple[str | None, str | None]]
) -> str | None:
    if finding.check != "foreign-key":
        return None
    for own, target, names in _references(tables[str(finding.table)]):
        if finding.field == own[0] and any((target, name) in refused for name in names):
            return target
    return None


def _references(table: Table) -> Iterator[tuple[tuple[str, ...], str, tuple[str, ...]]]:
    for key in table.schema.descriptor.get("foreignKeys", []):
        reference = key["reference"]
        yield as_names(key["fields"]), reference.get("resource") or table.name, as_names(reference["fields"])
