"""The catalogue of checks as SARIF rules, and texts as SARIF messages."""

from __future__ import annotations

import re
from typing import Any

from muster_cli.render.visible import visible
from muster_validators import CATALOGUES
from muster_validators.check import CheckInfo
from muster_validators.report import Report
from musterroll import __version__

LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_SHORT, _LONG = 1000, 4000  # characters; GitHub keeps 1,024 of a description
_BRACE = re.compile(r"[{}]")
_NOTIFICATIONS = {
    "not-run": "A check should have run and could not: that fails, it never passes.",
    "refused": "The package was refused as unsafe or over a limit.",
    "cut": "There are more findings than a file of results may have.",
    "narrowed": "Only findings that concern a change are shown.",
}


def driver(report: Report) -> dict[str, Any]:
    """The tool, with the rules of the layers that were asked for."""
    rules = [_rule(info) for layer in report.layers for info in CATALOGUES[layer.name].values()]
    return {
        "name": "musterroll",
        "version": __version__,
        "rules": rules,
        "notifications": [{"id": id, "shortDescription": message(text)} for id, text in _NOTIFICATIONS.items()],
    }


def message(text: str) -> dict[str, str]:
    """A text that is nothing but text: no placeholder, no link, no control character."""
    return {"text": _inert(visible(text, _SHORT))}


def _rule(info: CheckInfo) -> dict[str, Any]:
    parts = {"Why": info.why, "Fails": info.example, "Mend": info.remedy}
    return {
        "id": info.id,
        "shortDescription": message(info.holds),
        "fullDescription": message(f"{info.holds} {info.why}"),
        "help": {
            "text": _inert(visible(" ".join(f"{name}: {text}" for name, text in parts.items()), _LONG)),
            "markdown": _markdown(info, parts),
        },
        "defaultConfiguration": {"level": LEVELS[info.severity]},
        "properties": {"tags": ["data", info.layer], "layer": info.layer, "problem.severity": _problem(info)},
    }


def _markdown(info: CheckInfo, parts: dict[str, str]) -> str:
    """The texts of a check are our own, and may have Markdown in them."""
    lines = [f"**{info.holds}**", *(f"- {name}: {text}" for name, text in parts.items())]
    return _BRACE.sub(lambda brace: brace[0] * 2, "\n\n".join([lines[0], "\n".join(lines[1:])]))


def _problem(info: CheckInfo) -> str:
    """The word by which GitHub sorts what is no question of security."""
    return "recommendation" if info.severity == "info" else info.severity


def _inert(text: str) -> str:
    """Braces doubled, as SARIF writes them; what would be a link is parted by a sign that is not seen."""
    return _BRACE.sub(lambda brace: brace[0] * 2, text).replace("](", "]\u2060(")
