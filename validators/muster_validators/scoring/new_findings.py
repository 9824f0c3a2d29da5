"""What the checks say of a package with a fault and do not say of it without, and whether it names the place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from muster_validators.finding import Finding, Related
from muster_validators.report import Report
from muster_validators.scoring.trial import SEVERITIES, Grave, Verdict
from musterroll.faults.fault import Place

_Known = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Standing:
    """What is said of the sound package already: findings by fingerprint and severity, and checks that do not run."""

    findings: _Known
    not_run: frozenset[tuple[str, str | None]]


def standing(report: Report) -> Standing:
    """What a report on the sound package says."""
    absent = {(item.check, item.table) for layer in report.layers for item in layer.not_run}
    return Standing(Counter(map(_identity, report)), frozenset(absent))


def verdict(report: Report, known: Standing, places: Sequence[Place], layers: Iterable[str]) -> Verdict:
    """What the layers say anew, and how well it names one of the places."""
    chosen = set(layers)
    found = [finding for finding in _new(report, known) if finding.layer in chosen and finding.severity in SEVERITIES]
    silent = sorted(_not_run(report, known, chosen))
    if not found:
        return Verdict("not_run", tuple(silent), 0, *_nothing(places[0])) if silent else Verdict()
    grave: Grave = "error" if any(finding.severity == "error" for finding in found) else "warning"
    named = max((_named(finding, place) for finding in found for place in places), key=_exactness)
    return Verdict(grave, tuple(sorted({finding.check for finding in found})), len(found), *named)


def _new(report: Report, known: Standing) -> Iterator[Finding]:
    left = known.findings.copy()
    for finding in report:
        identity = _identity(finding)
        if left[identity]:
            left[identity] -= 1
        else:
            yield finding


def _identity(finding: Finding) -> tuple[str, ...]:
    """A finding that has become graver is another one."""
    return finding.check, finding.fingerprint, finding.severity


def _not_run(report: Report, known: Standing, layers: set[str]) -> Iterator[str]:
    """Checks that could not run although they can on the sound package: that fails, too."""
    for layer in report.layers:
        if layer.name in layers:
            yield from {item.check for item in layer.not_run if (item.check, item.table) not in known.not_run}


_Named = tuple[bool | None, bool | None, bool | None]


def _named(finding: Finding, place: Place) -> _Named:
    """How well a finding, or one of the rows that it wants to be read beside, names a place."""
    if place.table is None:
        return finding.file == place.file, None, None
    in_table = finding.table == place.table or finding.file == place.file
    own = _parts(finding, place, in_table, finding.field == place.field)
    beside = [_parts(item, place, item.table == place.table, _is_cell(item, place)) for item in finding.related]
    return max((own, *beside), key=_exactness)


def _parts(named: Finding | Related, place: Place, in_table: bool, in_column: bool) -> _Named:
    """Whether table, row and column are named; None for what the place does not have."""
    row = in_table and _is_row(named, place) if _has_row(place) else None
    column = None if place.field is None else in_table and row is not False and in_column
    return in_table, row, column


def _is_cell(named: Related, place: Place) -> bool:
    """Of a row beside a finding only the line and the sign at which the cell begins are known."""
    return place.column is not None and (named.line, named.column) == (place.line, place.column)


def _has_row(place: Place) -> bool:
    return bool(place.key) or place.line is not None


def _is_row(named: Finding | Related, place: Place) -> bool:
    by_key = bool(place.key) and dict(named.key) == dict(place.key)
    return by_key or (place.line is not None and named.line == place.line)


def _nothing(place: Place) -> _Named:
    return False, (False if _has_row(place) else None), (None if place.field is None else False)


def _exactness(named: _Named) -> tuple[int, ...]:
    return tuple(int(value is not False) for value in named)
