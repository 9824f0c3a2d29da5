"""Where faults are tried: a working copy, the release before it, and what is said of the sound package."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from muster_validators.catalogues import CATALOGUES, LAYERS
from muster_validators.gating import judge_release
from muster_validators.report import Report
from muster_validators.scoring.new_findings import standing, verdict
from muster_validators.scoring.trial import Trial, Verdict
from muster_validators.validation import validate
from musterroll.faults.fault import Fault, Kind
from musterroll.faults.original import read_original
from musterroll.faults.stamp import stamped
from musterroll.faults.working_copy import copy_package, made
from musterroll.package.folder import Folder


class Bench:
    """Tries faults one after the other in a copy of the package in `folder`, made below `scratch`.

    Without `previous`, the package itself is the release before, and the copy is
    described as the next one. Raises `Unusable` if the package cannot be read.
    """

    def __init__(self, folder: Folder, scratch: Path, previous: Folder | None = None) -> None:
        self._copy = copy_package(folder, scratch / "package", as_next=previous is None)
        self._previous = previous or copy_package(folder, scratch / "before", as_next=False).folder
        self._original = read_original(self._copy.folder)
        self._today = _day_after(self._original.package.descriptor)
        self._sound = standing(self._validated())
        self._publishable = standing(self._judged())

    def try_out(self, kind: Kind, number: int, seed: int) -> Trial | None:
        """One trial of a kind, or None if it finds nothing to change; the same seed and number plant the same fault."""
        fault = kind.inject(self._original, Random(f"{seed}:{kind.id}:{number}"))  # noqa: S311 - nothing secret
        if fault is None:
            return None
        files = stamped(self._original, fault.files) if kind.is_stamped else fault.files
        with self._copy.holding(files):
            return self._trial(kind, number, fault)

    def _trial(self, kind: Kind, number: int, fault: Fault) -> Trial:
        report = self._validated()
        said = {name: verdict(report, self._sound, fault.places, [name]) for name in LAYERS}
        alone = verdict(report, self._sound, fault.places, LAYERS)
        is_passed = alone.severity not in {"error", "not_run"}
        gate = self._asked_gate(fault) if is_passed or kind.needs_previous else None
        return Trial(kind.id, number, fault.says, fault.places[0], said, alone, gate)

    def _asked_gate(self, fault: Fault) -> Verdict:
        """What the gate says; without plausibility, which takes longest, if that is an error already."""
        for layers in (("structure", "facts"), tuple(LAYERS)):
            said = verdict(self._judged(layers), self._publishable, fault.places, CATALOGUES)
            if said.severity == "error":
                break
        return said

    def _validated(self) -> Report:
        return validate(self._copy.folder, today=self._today)

    def _judged(self, layers: Sequence[str] = tuple(LAYERS)) -> Report:
        return judge_release(self._copy.folder, self._previous, layers=layers, today=self._today)


def _day_after(descriptor: object) -> date:
    """The day by which waivers and dates are judged: no clock, so that the same seed gives the same verdicts."""
    return made(descriptor).date() + timedelta(days=1) if isinstance(descriptor, dict) else date.min
