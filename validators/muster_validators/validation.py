"""Run the layers on a package."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from muster_validators.catalogues import LAYERS
from muster_validators.judged import OnStep, judge_layers, today_or
from muster_validators.plausibility.previous import read_previous
from muster_validators.report import Report
from musterroll.package.folder import Folder
from musterroll.package.opening import find_folder


def validate(
    target: Path | Folder,
    layers: Sequence[str] = tuple(LAYERS),
    on_step: OnStep = lambda _: None,
    against: Path | Folder | None = None,
    today: date | None = None,
) -> Report:
    """Judge the package in a folder (or named by its `datapackage.json`, or opened by `sources.opened`).

    The report holds the layers asked for and no others; the later ones rely on
    `structure` and run it in any case. `against` is the release before, with
    which `plausibility` compares. `on_step` is told what is being looked at.
    Waivers count up to their last day; `today` is that of the clock by default.
    Raises `Unavailable` if there is no package, a file cannot be opened, or the
    release before cannot be read.
    """
    folder = find_folder(target)
    previous = read_previous(against) if against else None
    judged = judge_layers(folder, layers, on_step, previous)
    return judged.report(judged.waivers, today_or(today))
