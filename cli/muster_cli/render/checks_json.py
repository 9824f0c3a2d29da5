"""The catalogue of checks as JSON (`musterroll/checks/1`), for programs that show what a finding means."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from muster_validators.check import CheckInfo
from musterroll import __version__


def render_checks_json(layers: Mapping[str, Mapping[str, CheckInfo]]) -> str:
    """One document: layer by layer, the checks by id."""
    document = {
        "format": "musterroll/checks/1",
        "tool": {"name": "musterroll", "version": __version__},
        "layers": [
            {"name": name, "checks": [_check(info) for _, info in sorted(catalogue.items())]}
            for name, catalogue in layers.items()
        ],
    }
    return json.dumps(document, ensure_ascii=True, indent=2) + "\n"


def _check(info: CheckInfo) -> dict[str, Any]:
    return {
        "id": info.id,
        "severity": info.severity,
        "holds": info.holds,
        "why": info.why,
        "example": info.example,
        "remedy": info.remedy,
        "exit_code": info.exit_code,
    }
