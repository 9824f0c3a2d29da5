"""Imprecise dates: the first and the last day on which something may have been, and their arithmetic.

Both days belong to the window. A date not known to be complete has no last day,
so that the thing may still be to come: it is never certain. One without a first
day has no place in time, and is never possible. What is said of a day holds at
its end; of two things on one day neither comes surely after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Window:
    """A date known only to lie between two days, both included; `latest` None: not known to be complete."""

    earliest: date | None
    latest: date | None

    def certain(self, day: date) -> bool:
        """Whether it has surely happened by `day`: in every world."""
        return self.latest is not None and self.latest <= day

    def possible(self, day: date) -> bool:
        """Whether it may have happened by `day`: in some world."""
        return self.earliest is not None and self.earliest <= day

    def surely_after(self, day: date) -> bool:
        """Whether it surely happens later than `day`."""
        return self.earliest is not None and self.earliest > day

    def surely_before(self, day: date) -> bool:
        """Whether it surely happened earlier than `day`."""
        return self.latest is not None and self.latest < day

    def overlaps(self, other: Window) -> bool:
        """Whether both may be on one day; an open end reaches as far as the calendar does."""
        return _ends_by(self.earliest, other.latest) and _ends_by(other.earliest, self.latest)


def _ends_by(earliest: date | None, latest: date | None) -> bool:
    return earliest is None or latest is None or earliest <= latest
