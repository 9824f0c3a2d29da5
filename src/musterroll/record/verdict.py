"""Does deployed exceed pledged? Four answers, never a false certainty (RECORD, "Verdict")."""

from __future__ import annotations

from typing import Literal

from musterroll.record.count import Interval
from musterroll.record.pledges import Pledged

Verdict = Literal["holds", "violated", "possibly_violated", "unknown"]


def verdict(deployed: Interval, allowed: Pledged) -> Verdict:
    """Compare people deployed with all that was ever promised.

    *violated* is true in every world that the ranges allow; *holds* is relative
    to the preferred pledge.
    """
    if deployed.max == 0:
        return "holds"
    if not allowed.has_number:
        return "unknown"
    limit = allowed.interval
    if limit.max is not None and deployed.min > limit.max:
        return "violated"
    reference = limit.best if limit.best is not None else limit.max
    if reference is None:  # "at least n": more may have been meant
        return "holds" if deployed.max is not None and deployed.max <= limit.min else "unknown"
    return "holds" if deployed.max is not None and deployed.max <= reference else "possibly_violated"
