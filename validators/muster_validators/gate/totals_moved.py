"""Where a headline total moves far, the release says why.

Why: how many were promised, who came, what was paid: this is what papers quote. It moves when the world does, or when a digit slips, and only a person can tell the two apart.

Example: the people present on the last day of the release before were 744, and the new release puts them at 1,444.

Remedy: If the movement is right, explain it: `"release": {"explained": {"totals-moved": "…"}}` in datapackage.json. If not, `muster diff OLD` and `muster balance --as-of DATE` lead to the row.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.finding import Finding
from muster_validators.gate.subject import Subject
from muster_validators.gate.thresholds import Threshold, is_explained, thresholds
from musterroll.changes.headline import Figures, figures
from musterroll.errors import Unusable
from musterroll.record.count import Interval
from musterroll.record.loading import load_record
from musterroll.record.profile import follows_profile
from musterroll.record.written import written

INFO = describe(__name__, __doc__, layer="gate")
COMPARES = True
NEEDS: tuple[str, ...] = ("missions", "commitments", "deployments", "contributions")
_WORDS = {"pledged": "promised", "deployed": "deployed", "present": "present {inside}"}


def run(subject: Subject) -> Iterator[Finding]:
    """One finding per total and comparison."""
    if subject.diff is None or is_explained(subject, INFO.id):
        return
    if not follows_profile(subject.diff.old.package.profile) or not follows_profile(subject.package.profile):
        return
    if subject.record is None:
        raise Unusable("the record is not sound")
    old, new = load_record(subject.diff.old.package.folder), subject.record
    if old.horizon is None or new.horizon is None:
        return
    before, today = figures(old, old.horizon)[-1], f"on {old.horizon}"
    inside = new.host.inside
    yield from _moved(before, figures(new, old.horizon)[-1], today, inside, thresholds()["totals-moved.people"])
    yield from _paid(before, figures(new, old.horizon)[-1], today)
    if new.horizon > old.horizon:
        span = f"from {old.horizon} to {new.horizon}"
        yield from _moved(before, figures(new, new.horizon)[-1], span, inside, thresholds()["totals-moved.growth"])


def _moved(before: Figures, after: Figures, when: str, inside: str, threshold: Threshold) -> Iterator[Finding]:
    for name, word in _WORDS.items():
        told = word.replace("{inside}", inside)
        yield from _far(name, told, getattr(before, name), getattr(after, name), when, threshold)


def _paid(before: Figures, after: Figures, when: str) -> Iterator[Finding]:
    for currency in sorted({*before.paid, *after.paid}):
        sums = before.paid.get(currency), after.paid.get(currency)
        word = f"paid in {currency or 'an unnamed currency'}"
        yield from _far("paid", word, *sums, when, thresholds()["totals-moved.money"])


def _far(
    name: str, word: str, old: Interval | None, new: Interval | None, when: str, threshold: Threshold
) -> Iterator[Finding]:
    """A finding if any end moved far; an end that is unknown on one side is no number to compare with."""
    ends = [(getattr(old, end, 0), getattr(new, end, 0)) for end in ("min", "best", "max")]
    known = [(one, two) for one, two in ends if one is not None and two is not None]
    if any(threshold.is_passed(abs(two - one), one) for one, two in known):
        yield INFO.finding(
            f"{word[:1].upper()}{word[1:]} {when}: {written(old)} → {written(new)}.",
            table="balance",
            field=name,
            value=written(new),
            expected=f"{written(old)} or near it, or an explanation",
        )
