"""The catalogue of checks as plain values: whoever makes the site hands them in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckText:
    """A check: its id and severity, what must hold, why, what fails, and how to mend it."""

    id: str
    severity: str
    holds: str
    why: str
    example: str
    remedy: str


@dataclass(frozen=True)
class CheckLayer:
    """The checks of a layer, and the question that they answer together."""

    name: str
    question: str
    checks: tuple[CheckText, ...]
