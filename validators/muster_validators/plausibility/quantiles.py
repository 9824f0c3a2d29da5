"""How far the quantiles of a column can move if its old rows stay as they are: a bound from counting, not from guessing.

If m values came and g went, a value that has k others below it had at least
k - m and at most k + g below it before. So the old column says between which of
its own values a quantile of the new one must lie; where so much came that it
says nothing, a factor does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from muster_validators.plausibility.expectation import Derived, Expectation, Outcome
from muster_validators.plausibility.subject import tolerances
from muster_validators.plausibility.turnover import Turnover

KIND = "ExpectColumnQuantileValuesToBeBetween"
Bounds = tuple[float | None, float | None]
Column = Sequence[float | None]


@dataclass(frozen=True)
class Moved:
    """A column of a table before and now, in the order of its rows, and how its rows changed."""

    table: str
    was: Column
    now: Column
    turnover: Turnover

    def expectation(self, check: str, derived: Derived, name: str, factor: float | None) -> Expectation | None:
        """That the quantiles lie where they must; None if the column has too few values, or could hold anything."""
        limits = tolerances()["quantiles"]
        known = sorted(value for value in self.was if value is not None)
        if min(len(known), len(self._values)) < limits["values"]:
            return None
        bounds = [self._bounds(known, quantile, factor) for quantile in limits["at"]]
        if all(end is None for pair in bounds for end in pair):
            return None
        ranges = {"quantiles": limits["at"], "value_ranges": [list(pair) for pair in bounds]}
        return Expectation(check, self.table, KIND, {"column": name, "quantile_ranges": ranges}, derived=derived)

    @property
    def _values(self) -> list[float]:
        return [value for value in self.now if value is not None]

    def _bounds(self, known: Sequence[float], quantile: float, factor: float | None) -> Bounds:
        slack = int(tolerances()["quantiles"]["corrected"] * len(known))
        place = quantile * (len(self._values) - 1)
        lowest = math.floor(place) - self._came - slack
        highest = math.ceil(place) + self._went + slack
        usual = known[round(quantile * (len(known) - 1))]
        low, high = (usual / factor, usual * factor) if factor and usual > 0 else (None, None)
        return known[lowest] if lowest >= 0 else low, known[highest] if highest < len(known) else high

    @property
    def _came(self) -> int:
        """Values of new rows, and of old rows in which there was none."""
        stayed = self.turnover.stayed
        return sum(
            value is not None and (row not in stayed or self.was[stayed[row]] is None)
            for row, value in enumerate(self.now)
        )

    @property
    def _went(self) -> int:
        """Values of rows that are gone, and of rows in which there is none any more."""
        stayed = {old: row for row, old in self.turnover.stayed.items()}
        return sum(
            value is not None and (row not in stayed or self.now[stayed[row]] is None)
            for row, value in enumerate(self.was)
        )


def has_fallen(expectation: Expectation, outcome: Outcome) -> bool:
    """Whether any of the quantiles that were seen lies below its bound."""
    ranges = expectation.arguments["quantile_ranges"]["value_ranges"]
    return any(
        low is not None and seen < low for seen, (low, _) in zip(outcome.observed["values"], ranges, strict=True)
    )


def quantiles_of(column: Column) -> list[float]:
    """The quantiles of a column that has values, chosen from its own."""
    known = sorted(value for value in column if value is not None)
    return [known[round(share * (len(known) - 1))] for share in tolerances()["quantiles"]["at"]]
