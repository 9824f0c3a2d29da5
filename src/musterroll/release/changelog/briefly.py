"""The release in one or two sentences: the maintainer's, or what the counts say; and which step it is."""

from __future__ import annotations

from collections.abc import Iterator

from musterroll.changes.headline import figures
from musterroll.changes.version import Reason, Required
from musterroll.record.written import written
from musterroll.release.changelog.markdown import inert
from musterroll.release.changelog.measures import whole_mission
from musterroll.release.changelog.subject import Subject
from musterroll.release.changelog.words import counted, day_in_words, listed

_REASONS = 3
_BRIEFLY = 1000  # characters


def briefly(subject: Subject) -> Iterator[str]:
    """What the maintainer says, else the counts; then the step from the release before."""
    yield inert(subject.notes.briefly, _BRIEFLY) if subject.notes.briefly else _counts(subject)
    if subject.diff is not None and subject.required is not None:
        yield from ("", _step(subject, subject.required))


def _counts(subject: Subject) -> str:
    if subject.diff is None:
        rows = sum(len(table.rows) for table in subject.content.tables.values())
        tables = counted(len(subject.content.tables), "table")
        return f"The first release: {counted(rows, 'row')} in {tables}{_covers(subject)}."
    gathered = subject.gathered
    numbers = [
        f"{counted(gathered.total(happened), 'row')} {words[gathered.total(happened) != 1]}"
        for happened, words in _HAPPENED.items()
        if gathered.total(happened)
    ]
    if not numbers:
        told = "the schema or the descriptions changed, and no row" if gathered.structure else "no row changed"
        return f"Compared with {subject.version_before}, {told}."
    tables = counted(len(gathered.rows), "table")
    return f"Compared with {subject.version_before}, {listed(numbers)}, in {tables}.{_headline(subject)}"


_HAPPENED = {"added": ("is new", "are new"), "removed": ("is gone", "are gone"), "changed": ("changed", "changed")}


def _covers(subject: Subject) -> str:
    record = subject.record
    if record is None or record.horizon is None:
        return ""
    totals = figures(record, record.horizon)[-1]
    pledged = "no" if totals.pledged is None else written(totals.pledged)
    return (
        f", up to {day_in_words(record.horizon)}. By then {pledged} people were pledged, "
        f"and {written(totals.present)} were present {subject.inside}"
    )


def _headline(subject: Subject) -> str:
    """The mission's own totals, each release's on its last day."""
    before, after = subject.record_before, subject.record
    if before is None or after is None or before.horizon is None or after.horizon is None:
        return ""
    totals = whole_mission([(figures(before, before.horizon)[-1], figures(after, after.horizon)[-1])], subject.inside)
    told = [f"{label[:1].lower()}{label[1:]} {text}" for label, [text] in totals.items() if "→" in text]
    return f" For the whole mission: {'; '.join(told)}." if told else " No total of the whole mission moved."


def _step(subject: Subject, required: Required) -> str:
    """Which step the changes require, and whether the version is that."""
    reasons = [_reason(reason) for reason in required.reasons if reason.bump == required.bump]
    why = f", because {listed(reasons[:_REASONS])}" if reasons else ""
    step = f"The changes since {subject.version_before} require {_STEPS[required.bump]}{why}."
    if required.answer == "too_large" and required.stated:
        return f"{step} {subject.version} is a larger step: {inert(required.stated, _BRIEFLY)}"
    return step if required.is_enough else f"{step} {_not_enough(subject, required)}"


def _not_enough(subject: Subject, required: Required) -> str:
    return {
        "too_small": f"{subject.version} is too small a step: it must be {inert(required.least or '')} at least.",
        "too_large": f"{subject.version} is a larger step, and the descriptor does not say why.",
        "unchanged": "Yet it carries the same version.",
        "backwards": f"Yet {subject.version} is an earlier version.",
    }.get(required.answer, "The two versions cannot be compared.")


_STEPS = {"none": "no new version", "patch": "a patch", "minor": "a minor version", "major": "a major version"}


def _reason(reason: Reason) -> str:
    times = f" ({reason.times:,} times)" if reason.times > 1 else ""
    return f"{reason.why}{times}"
