"""The trials of `muster mutate` as JSON (`musterroll/mutation/1`): a kind on a line, to read differences."""

from __future__ import annotations

import json
from typing import Any

from muster_validators.scoring.score import (
    Share,
    is_caught,
    is_caught_by_gate,
    is_named,
    is_refused,
    lies_in_a_row,
    score,
)
from muster_validators.scoring.trial import Trial, Trials, Verdict
from musterroll import __version__
from musterroll.faults.fault import Kind, Place
from musterroll.faults.kinds import BY_ID

_LONGEST = 200


def render_json(trials: Trials) -> str:
    """The whole run as one JSON document."""
    against = trials.against
    result = score(trials)
    document = {
        "format": "musterroll/mutation/1",
        "tool": {"name": "musterroll", "version": __version__},
        "package": {"name": trials.package.name, "version": trials.package.version},
        "against": None if against is None else {"name": against.name, "version": against.version},
        "seed": trials.seed,
        "times": trials.times,
        "score": {
            "caught_by_validate": _share(result.alone),
            "caught_by_gate": _share(result.gate),
            "refused_by_gate": _share(result.refused),
            "named": _share(result.named),
        },
        "not_applicable": list(trials.inapplicable),
    }
    kinds = ",\n".join(f"    {_line(_kind(BY_ID[id], found))}" for id, found in trials.by_kind.items())
    head = json.dumps(document, ensure_ascii=True, indent=2).removesuffix("\n}")
    return f'{head},\n  "kinds": [\n{kinds}\n  ]\n}}\n' if kinds else f'{head},\n  "kinds": []\n}}\n'


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(", ", ": "))


def _share(share: Share) -> dict[str, int]:
    return {"kinds": share.count, "of": share.of}


def _kind(kind: Kind, found: list[Trial]) -> dict[str, Any]:
    return {
        "id": kind.id,
        "subject": kind.subject,
        "says": kind.says,
        "level": kind.level,
        "needs_previous": kind.needs_previous or None,
        "caught": is_caught(found),
        "caught_by_gate": is_caught_by_gate(found),
        "refused": is_refused(found),
        "named": is_named(found) if lies_in_a_row(kind) else None,
        "trials": [_trial(trial) for trial in found],
    }


def _trial(trial: Trial) -> dict[str, Any]:
    return {
        "number": trial.number,
        "says": trial.says if len(trial.says) <= _LONGEST else f"{trial.says[: _LONGEST - 1]}…",
        "place": _place(trial.place),
        "caught": trial.validate.is_caught,
        "caught_by_gate": trial.is_caught_by_gate,
        "refused": trial.is_refused,
        "named": trial.best.is_named,
        "layers": {name: _verdict(verdict) for name, verdict in trial.layers.items()},
        "validate": _verdict(trial.validate),
        "gate": None if trial.gate is None else _verdict(trial.gate),
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "file": place.file,
        "table": place.table,
        "key": dict(place.key),
        "line": place.line,
        "field": place.field,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "severity": verdict.severity,
        "checks": list(verdict.checks),
        "findings": verdict.findings,
        "table": verdict.table,
        "row": verdict.row,
        "field": verdict.field,
    }
