"""What the marks of a chart over time mean: only those that are in it are explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from musterroll.record.balance import BalanceRow
from musterroll.record.count import ZERO, Interval

_RANGE = ", with the range that sources allow"
_FADES = "where it fades, nobody said how many more"


@dataclass(frozen=True)
class Key:
    """Of a chart whose steps are `rows`, in the order of time."""

    rows: Sequence[BalanceRow]

    @property
    def shade(self) -> Literal["open", "closed", ""]:
        """What is above the line of promises: colour that fades, else a band with an edge, else nothing."""
        return "open" if self.fades else "closed" if self._has_band else ""

    @property
    def fades(self) -> bool:
        """Whether some sum of promises is open: nobody said how many more."""
        return any(row.pledged and row.pledged.max is None for row in self.rows)

    @property
    def promised(self) -> str:
        """What the line of promises means, with what is above it."""
        if self._has_band:
            return f"people promised{_RANGE}" + (f"; {_FADES}" if self.fades else "")
        return f"people promised, at least; {_FADES}" if self.fades else "people promised"

    @property
    def present(self) -> str:
        """What follows the name of the line of people present."""
        return _RANGE if any(row.present.min != row.present.max for row in self.rows) else ""

    @property
    def takeovers(self) -> str:
        """The missions at whose begin the line of promises falls, for those made to the one before end with it."""
        steps = pairwise(self.rows)
        return " and ".join(dict.fromkeys(now.mission for before, now in steps if _falls(before, now)))

    @property
    def _has_band(self) -> bool:
        return any(row.pledged is not None and _is_range(row.pledged) for row in self.rows)


def height_of(value: Interval) -> int:
    """Where the line of a number runs: the best value, else the floor, else the ceiling."""
    return value.best if value.best is not None else value.min or value.max or 0


def _is_range(value: Interval) -> bool:
    return value.max is not None and value.min != value.max


def _falls(before: BalanceRow, now: BalanceRow) -> bool:
    return before.mission != now.mission and height_of(before.pledged or ZERO) > height_of(now.pledged or ZERO)
