"""The version number that a new release must carry, and why.

Semantic Versioning 2.0.0 (https://semver.org); before 1.0.0, where it promises
nothing, we ask for a new second number for what would break readers, and for a
new third one for everything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from musterroll.changes.change import BUMPS, Bump
from musterroll.changes.compatibility import Policy, greatest, rules
from musterroll.changes.diff import Diff
from musterroll.changes.headline import moved_totals

if TYPE_CHECKING:
    from semver import Version

Answer = Literal["sufficient", "too_small", "too_large", "unchanged", "backwards", "not_semver"]


@dataclass(frozen=True)
class Reason:
    """One rule that applies: how often, and an example."""

    rule: str
    bump: Bump
    why: str
    times: int
    example: str


@dataclass(frozen=True)
class Required:
    """What the new release must carry, what it declares, and whether that will do."""

    old: str | None
    declared: str | None
    bump: Bump
    least: str | None  # the smallest version that will do; None if the old one is no version
    answer: Answer
    reasons: Sequence[Reason]
    stated: str | None = None  # why the new release takes a larger step than it must (its `versionReason`)

    @property
    def is_enough(self) -> bool:
        """Whether the declared version may be published: it suffices, or is too large for a stated reason."""
        return self.answer == "sufficient" or (self.answer == "too_large" and self.stated is not None)


def required_version(diff: Diff, policy: Policy = "consumer") -> Required:
    """The version that the new release must carry."""
    reasons = sorted(_reasons(diff, policy), key=lambda reason: -BUMPS.index(reason.bump))
    bump = greatest(reason.bump for reason in reasons)
    old, declared = diff.old.package.version, diff.new.package.version
    before, after = _parsed(old), _parsed(declared)
    least = None if before is None else _next(before, bump)
    answer = _answer(before, after, bump, least)
    return Required(old, declared, bump, str(least) if least else None, answer, reasons, _stated(diff))


def _stated(diff: Diff) -> str | None:
    """The reason for a larger step; that of the release before is not one for this."""
    old, new = (side.package.descriptor.get("versionReason") for side in (diff.old, diff.new))
    return new.strip() if isinstance(new, str) and new.strip() and new != old else None


def _reasons(diff: Diff, policy: Policy) -> Iterator[Reason]:
    """One per rule, with how often it applies."""
    times: dict[str, int] = {}
    examples: dict[str, str] = {}
    for change in diff.changes():
        if not change.suggested:
            times[change.rule] = times.get(change.rule, 0) + 1
            examples.setdefault(change.rule, _where(change.table, change.field or change.aspect, change.key))
    for name, count in times.items():
        rule = rules()[name]
        yield Reason(name, rule.bump(policy), rule.why, count, examples[name])
    moved = moved_totals(diff) if times else []
    if moved:
        rule = rules()["headline_moved"]
        yield Reason(rule.name, rule.bump(policy), rule.why, len(moved), moved[0])


def _where(table: str | None, field: str | None, key: Mapping[str, str]) -> str:
    parts = [table or "datapackage.json", *key.values(), *([field] if field else [])]
    return " ".join(parts)


def _parsed(text: str | None) -> Version | None:
    from semver import Version

    return Version.parse(text) if text is not None and Version.is_valid(text) else None


def _next(old: Version, bump: Bump) -> Version:
    """The smallest version behind `old` that tells readers of such a change; a pre-release leads to its release."""
    if bump == "none":
        return old
    if old.prerelease and _covers(old, bump):
        return old.finalize_version()
    if old.major == 0:
        return old.bump_minor() if bump == "major" else old.bump_patch()
    return {"major": old.bump_major, "minor": old.bump_minor, "patch": old.bump_patch}[bump]()


def _covers(old: Version, bump: Bump) -> bool:
    """Whether the release that a pre-release prepares is already as large a step."""
    if old.major == 0:
        return bump != "major" or old.patch == 0
    if bump == "major":
        return old.minor == old.patch == 0
    return old.patch == 0 if bump == "minor" else True


def _answer(old: Version | None, new: Version | None, bump: Bump, least: Version | None) -> Answer:
    if new is None or old is None or least is None:
        return "not_semver"
    if new < old:
        return "backwards"
    if new == old:
        return "sufficient" if bump == "none" else "unchanged"
    if new.finalize_version() < least.finalize_version():
        return "too_small"
    return "sufficient" if new.finalize_version() == least.finalize_version() else "too_large"
