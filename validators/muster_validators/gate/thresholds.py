"""The table `thresholds.toml`, and whether the maintainer has explained what passes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from muster_validators.gate.subject import Subject
from musterroll.release.changelog.notes import read_notes


@dataclass(frozen=True)
class Threshold:
    """A change passes it if it is more than `share` of what there was, and at least `at_least`."""

    share: float
    at_least: int

    def is_passed(self, change: int, of: int) -> bool:
        """Whether so large a change of a number wants an explanation."""
        return change >= self.at_least and change > self.share * of


@cache
def thresholds() -> Mapping[str, Threshold]:
    """All thresholds, by the path of their table (`totals-moved.people`)."""
    table = tomllib.loads((files(__package__) / "thresholds.toml").read_text(encoding="utf-8"))
    found: dict[str, Threshold] = {}
    for name, entry in table.items():
        parts: Mapping[str, Any] = {name: entry} if "share" in entry else {f"{name}.{key}": entry[key] for key in entry}
        found |= {key: Threshold(float(part["share"]), int(part["at_least"])) for key, part in parts.items()}
    return found


def is_explained(subject: Subject, check: str) -> bool:
    """Whether the property `release` of the descriptor explains, for this version, what the check points at."""
    return check in read_notes(subject.package).explained
