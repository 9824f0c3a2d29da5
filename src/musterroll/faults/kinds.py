"""Every kind of fault there is, by subject. A test proves that no module is forgotten."""

from __future__ import annotations

from collections.abc import Mapping

from musterroll.faults import bytes as bytes_
from musterroll.faults import (
    dates,
    deletion,
    descriptors,
    duplication,
    evidence,
    housekeeping,
    keys,
    order,
    ranges,
    references,
    revisions,
    schemas,
    statuses,
    structure,
    sums,
    units,
    values,
)
from musterroll.faults.fault import Kind

KINDS: tuple[Kind, ...] = (
    *bytes_.KINDS,
    *structure.KINDS,
    *values.KINDS,
    *keys.KINDS,
    *references.KINDS,
    *dates.KINDS,
    *units.KINDS,
    *ranges.KINDS,
    *evidence.KINDS,
    *revisions.KINDS,
    *statuses.KINDS,
    *sums.KINDS,
    *order.KINDS,
    *duplication.KINDS,
    *deletion.KINDS,
    *descriptors.KINDS,
    *schemas.KINDS,
    *housekeeping.KINDS,
)
BY_ID: Mapping[str, Kind] = {kind.id: kind for kind in KINDS}
