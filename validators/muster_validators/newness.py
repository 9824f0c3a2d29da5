"""Which findings of a package are new: `muster validate --new-since OLD`, and the same of `muster gate`.

Both packages are judged alike, and a finding that the old one has too is marked
as known: it stays in the report and does not fail. Two findings are the same if
they have the same fingerprint (check, table, key, field and value, not the
place), so a row that moved brings nothing new. Where rows have no key, several
findings have one fingerprint: as many are known as the old package has. A finding
that is more serious than it was, because no waiver accepts it any more for
instance, is new.

A check that could not run on the package fails as ever; one that could not run on
the old one has found nothing there, so it excuses nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from muster_validators.finding import SEVERITIES, Finding, Severity
from muster_validators.report import Release, Report
from musterroll.errors import Refused, Unavailable, Unusable
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package


def readable(folder: Folder) -> Folder:
    """The folder of the old package, if there is something in it to judge.

    Raises `Unavailable` if its descriptor cannot be read, which is no fault of the
    package that is compared with it, and `Refused` if it is unsafe.
    """
    try:
        require_package(folder)
    except Unusable as error:
        raise Unavailable(f"{folder.name}: the package to compare findings with cannot be read: {error}") from error
    return folder


def marked(report: Report, old: Report) -> Report:
    """The report, in which the findings that the old package has too are known.

    Raises `Refused` if the old package could not be judged because it is unsafe.
    """
    if old.refused:
        raise Refused(f"{old.package}: the package to compare findings with is refused")
    left = Counter((item.fingerprint, item.severity) for item in old)
    layers = tuple(replace(layer, findings=_marked(layer.findings, left)) for layer in report.layers)
    return replace(report, layers=layers, new_since=Release(old.package, old.version))


def _marked(findings: Sequence[Finding], left: Counter[tuple[str, Severity]]) -> tuple[Finding, ...]:
    """The findings, known if `left` has a counterpart that is as serious, which is taken out of it.

    The most serious are matched first, so that as many as possible find one, and
    of equal ones those that stand first: what is appended to a table is new.
    """
    result = list(findings)
    for place in sorted(range(len(findings)), key=lambda place: (_rank(findings[place]), findings[place].order)):
        finding = findings[place]
        as_serious = ((finding.fingerprint, severity) for severity in SEVERITIES[: _rank(finding) + 1])
        counterpart = next((each for each in as_serious if left[each]), None)
        if counterpart:
            left[counterpart] -= 1
            result[place] = replace(finding, known=True)
    return tuple(result)


def _rank(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)
