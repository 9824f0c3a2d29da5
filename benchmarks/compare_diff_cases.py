"""The cases of `compare_diff.py` and how a tool's answer is judged by a case's criteria: all of it is data.

A case is a folder `compare_diff/cases/<name>/` with `old.csv`, `new.csv` and
`case.toml`. A criterion looks at the facts that a tool told (`tellers/telling.py`
lists them) and is met if

- `any`: of one of the groups, every pattern matches a fact;
- `none`: no pattern matches a fact;
- `only`: every fact matches one of the patterns.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "compare_diff"
VERDICTS = {
    "right": "all criteria are met",
    "partly": "all essential criteria are met, not all others",
    "wrong": "an essential criterion is not met: a difference is passed over, or one is told that is none",
    "cannot": "the tool stops without an answer",
}


@dataclass(frozen=True)
class Answer:
    """What a tool said in one run; no facts (None) if it stopped."""

    tool: str
    how: str
    words: Sequence[str]
    facts: Sequence[str] | None


@dataclass(frozen=True)
class Criterion:
    """What a good answer says, and how to see it in the facts."""

    says: str
    essential: bool = False
    any: Sequence[Sequence[str]] = ()
    none: Sequence[str] = ()
    only: Sequence[str] = ()

    def is_met(self, facts: Sequence[str]) -> bool:
        """Whether the facts are as the criterion wants them."""
        told = not self.any or any(all(_matched(wanted, facts) for wanted in group) for group in self.any)
        silent = not any(_matched(unwanted, facts) for unwanted in self.none)
        alone = not self.only or all(any(fnmatchcase(fact, allowed) for allowed in self.only) for fact in facts)
        return told and silent and alone


@dataclass(frozen=True)
class Case:
    """Two files, what differs in them, how the tools are run on them and what they should say."""

    folder: Path
    title: str
    differs: str
    names: Sequence[str]
    schema: Mapping[str, Any]
    runs: Sequence[Mapping[str, Any]]
    criteria: Sequence[Criterion]

    def verdict(self, answer: Answer) -> tuple[str, str]:
        """The verdict on an answer, and why."""
        if answer.facts is None:
            return "cannot", VERDICTS["cannot"]
        failed = [criterion for criterion in self.criteria if not criterion.is_met(answer.facts or ())]
        if not failed:
            return "right", VERDICTS["right"]
        why = "not met: " + "; ".join(f"“{criterion.says}”" for criterion in failed)
        return ("wrong" if any(criterion.essential for criterion in failed) else "partly"), why


def cases() -> list[Case]:
    """All cases, in order."""
    return [_case(path.parent) for path in sorted(HERE.glob("cases/*/case.toml"))]


def tools() -> dict[str, dict[str, Any]]:
    """The tools, in order, as tools.toml has them."""
    return tomllib.loads((HERE / "tools.toml").read_text())


def _case(folder: Path) -> Case:
    content = tomllib.loads((folder / "case.toml").read_text())
    criteria = [Criterion(**criterion) for criterion in content.pop("criteria")]
    return Case(folder=folder, criteria=criteria, **content)


def _matched(pattern: str, facts: Sequence[str]) -> bool:
    return any(fnmatchcase(fact, pattern) for fact in facts)
