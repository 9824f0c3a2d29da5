"""The catalogue of checks as the site takes it: plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from muster_validators.check import CheckInfo
    from musterroll.site.checks import CheckLayer, CheckText

# What the checks of a layer ask together.
_QUESTIONS: Mapping[str, str] = {
    "structure": "Is it the package it says it is? Bytes, CSV, descriptor and schemas.",
    "facts": "Are the facts coherent, row by row, across tables, at every date?",
    "plausibility": "Does it look like the next release of the same data?",
    "gate": "May it be published: is the version large enough, is every change explained?",
}


def catalogue() -> tuple[CheckLayer, ...]:
    """Every check there is, by layer and id."""
    from muster_validators import CATALOGUES
    from musterroll.site.checks import CheckLayer

    return tuple(
        CheckLayer(name, _QUESTIONS[name], tuple(_text(checks[id]) for id in sorted(checks)))
        for name, checks in CATALOGUES.items()
    )


def _text(info: CheckInfo) -> CheckText:
    from musterroll.site.checks import CheckText

    return CheckText(info.id, info.severity, info.holds, info.why, info.example, info.remedy)
