"""Every check there is, by layer and id."""

from __future__ import annotations

from collections.abc import Mapping

from muster_validators.check import CheckInfo
from muster_validators.facts.judge import CATALOGUE as FACTS
from muster_validators.gate.judge import CATALOGUE as GATE
from muster_validators.plausibility.judge import CATALOGUE as PLAUSIBILITY
from muster_validators.structure.catalogue import CATALOGUE as STRUCTURE
from muster_validators.waiver_checks.judge import CATALOGUE as WAIVERS

# What `validate` asks; the gate comes behind them and asks whether the package may be published.
LAYERS: Mapping[str, Mapping[str, CheckInfo]] = {
    "structure": STRUCTURE,
    "facts": {**FACTS, **WAIVERS},  # what is said of waivers is judged last, and told here
    "plausibility": PLAUSIBILITY,
}
CATALOGUES: Mapping[str, Mapping[str, CheckInfo]] = {**LAYERS, "gate": GATE}
# Checks whose findings a waiver can accept: not those of waivers themselves.
WAIVABLE = frozenset({*FACTS, *PLAUSIBILITY})
