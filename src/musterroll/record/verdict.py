"""Does deployed exceed pledged? Four answers, never a false certainty (RECORD, "Verdict")."""

from __future__ import annotations

from typing import Literal

from musterroll.record.count import Interval
from musterroll.record.limit import Limit

Verdict = Literal["holds", "violated", "possibly_violated", "unknown"]


def verdict(people: Interval, allowed: Limit) -> Verdict:
    """Compare people deployed with all that was ever promised.

    *violated* is true in every world that the ranges allow; *holds* is relative
    to the preferred pledge.
    """
    if people.max == 0:
        return "holds"
    if not allowed.has_number:
        return "unknown"
    limit, reference = allowed.interval, allowed.preferred
    if limit.max is not None and people.min > limit.max:
        return "violated"
    if reference is None:  # "at least n": more may have been meant
        return "holds" if people.max is not None and people.max <= limit.min else "unknown"
    return "holds" if people.max is not None and people.max <= reference else "possibly_violated"
