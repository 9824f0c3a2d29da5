"""How much a change requires of the version number: the rules of `compatibility.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from musterroll.changes.change import BUMPS, Bump, Change

Policy = Literal["consumer", "recipe"]
POLICIES: tuple[Policy, ...] = ("consumer", "recipe")


@dataclass(frozen=True)
class Rule:
    """What one kind of change requires under each policy, and why."""

    name: str
    recipe: Bump
    consumer: Bump
    why: str

    def bump(self, policy: Policy) -> Bump:
        """What it requires under a policy."""
        return self.recipe if policy == "recipe" else self.consumer


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by name: a kind, or a kind and a variant."""
    table = tomllib.loads((files(__package__) / "compatibility.toml").read_text(encoding="utf-8"))
    found: dict[str, Rule] = {}
    for kind, entry in table.items():
        variants = {f"{kind}.{name}": item for name, item in entry.items() if isinstance(item, dict)}
        own = {kind: entry} if "why" in entry else {}
        found |= {name: _rule(name, item) for name, item in {**own, **variants}.items()}
    return found


def bump_of(change: Change, policy: Policy = "consumer") -> Bump:
    """What a change requires; nothing if it only suggests how to read others."""
    return "none" if change.suggested else rules()[change.rule].bump(policy)


def reason_of(change: Change) -> str:
    """Why it requires that."""
    return _SUGGESTED[change.kind] if change.suggested else rules()[change.rule].why


def greatest(bumps: Iterable[Bump]) -> Bump:
    """The largest of several requirements."""
    return max(bumps, key=BUMPS.index, default="none")


_SUGGESTED = {
    "table_renamed": "the tables hold the same rows",
    "field_renamed": "the columns hold the same cells in most rows",
    "row_rekeyed": "the rows hold the same cells",
}


def _rule(name: str, entry: Mapping[str, Any]) -> Rule:
    return Rule(name, _bump(entry["recipe"]), _bump(entry["consumer"]), str(entry["why"]))


def _bump(text: str) -> Bump:
    return BUMPS[BUMPS.index(text)]
