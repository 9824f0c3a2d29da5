"""The declared version is a semantic version, and tells readers enough of what changed since the release before.

Why: readers decide by the version number whether their code still works and their results still hold. A number that promises less than what happened deceives them, one that promises more wears the signal out.

Example: a row is gone, retired_ids does not say why, and the version goes from 1.2.0 to 1.2.1.

Remedy: Declare the version that `muster version OLD` names, or, for a larger step, say why in the property versionReason of datapackage.json.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from muster_validators.check import describe
from muster_validators.finding import Finding, Related
from muster_validators.gate.subject import Subject
from musterroll.changes.diff import Diff
from musterroll.changes.version import Required, required_version
from musterroll.package.descriptor import DESCRIPTOR

INFO = describe(__name__, __doc__, layer="gate")
COMPARES = False
NEEDS: tuple[str, ...] = ()
_SHOWN = 5  # rows beside the finding; muster version tells all


def run(subject: Subject) -> Iterator[Finding]:
    """One finding, if the version will not do."""
    from semver import Version

    declared = subject.package.version
    if declared is None or not Version.is_valid(declared):
        yield _finding(subject, f"The version {declared} is no semantic version (https://semver.org).", None)
    elif subject.diff is not None:
        required = required_version(subject.diff)
        if not required.is_enough:
            yield replace(_finding(subject, _why(required), required.least), related=_rows(subject.diff, required))


def _rows(diff: Diff, required: Required) -> tuple[Related, ...]:
    """The first rows whose change asks for the largest step."""
    if required.answer != "too_small":
        return ()
    rule = required.reasons[0].rule
    changes = (change for change in diff.changes() if change.rule == rule and change.table and change.key)
    return tuple(Related(table=str(change.table), key=change.key, says=rule) for change in islice(changes, _SHOWN))


def _finding(subject: Subject, message: str, expected: str | None) -> Finding:
    has_one = subject.package.version is not None
    place = subject.package.document.place(("version",)) if has_one else (None, None)
    return INFO.finding(
        message, field="version", place=(DESCRIPTOR, *place), value=subject.package.version, expected=expected
    )


def _why(required: Required) -> str:
    declared, old, least = required.declared, required.old, required.least
    match required.answer:
        case "too_small":
            first = required.reasons[0]
            return f"{declared} is too small after {old}: {first.times} × {first.rule} ({first.example}), because {first.why}."
        case "too_large":
            return f"{declared} is a larger step from {old} than the changes need ({least}), and versionReason does not say why."
        case "unchanged":
            return f"{declared} is the version of the release before, and the data have changed."
        case "backwards":
            return f"{declared} is before {old}, the version of the release before."
    return f"The release before has the version {old}, which is no semantic version, so none can follow it."
