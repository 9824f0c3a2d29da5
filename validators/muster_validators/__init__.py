"""What must hold of a data package, of a mission record in particular, and of what is to be published."""

from muster_validators.catalogues import CATALOGUES, LAYERS
from muster_validators.finding import Finding, NotRun
from muster_validators.gating import judge_release
from muster_validators.report import Layer, Report
from muster_validators.validation import validate

__all__ = ["CATALOGUES", "LAYERS", "Finding", "Layer", "NotRun", "Report", "judge_release", "validate"]
