"""What must hold of a data package, and of a mission record in particular."""

from muster_validators.finding import Finding, NotRun
from muster_validators.report import Layer, Report
from muster_validators.validation import LAYERS, validate

__all__ = ["LAYERS", "Finding", "Layer", "NotRun", "Report", "validate"]
