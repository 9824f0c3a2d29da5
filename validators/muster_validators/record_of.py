"""The record that a judged package holds, for the layers that ask more than structure does."""

from __future__ import annotations

from muster_validators.structure.judge import Structure
from musterroll.errors import Unusable
from musterroll.record.host import host_of
from musterroll.record.loading import horizon_of
from musterroll.record.profile import follows_profile, profile_fault
from musterroll.record.record import Record
from musterroll.record.searches import searches_of


def record_of(structure: Structure) -> Record | None:
    """The record; None for a package that follows another profile or none.

    Raises `Unusable`, with the reason, if it should hold one and cannot be read.
    """
    package = structure.package
    if package is None:
        raise Unusable("the descriptor could not be read")
    if not follows_profile(package.profile):
        return None
    if fault := profile_fault(str(package.profile)):
        raise Unusable(f"the package {fault}")
    return Record(structure.tables, horizon_of(package), searches_of(package), host_of(package))
