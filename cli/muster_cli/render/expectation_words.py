"""What an expectation asked and what was seen, in words and as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from muster_cli.render.scale import scale
from muster_validators.plausibility.subject import listed, percent

Said = tuple[str, str, Markup]


@dataclass(frozen=True)
class Words:
    """What was expected, what was seen and a picture of both, for each kind of expectation that a check uses."""

    arguments: Mapping[str, Any]
    result: Mapping[str, Any]

    def of(self, kind: str) -> Said:
        """The words for an expectation of that type, as Great Expectations names it."""
        said: Said = getattr(self, "_" + kind.removeprefix("expect_"))()
        return said

    def _table_row_count_to_be_between(self) -> Said:
        low, high = int(self.arguments["min_value"]), self.arguments.get("max_value")
        seen = self.result.get("observed_value") or 0
        expected = f"{low:,} to {high:,} rows" if high is not None else f"at least {low:,} rows"
        width = 1.1 * max(seen, high or 0, 2 * low if high is None else 0, 1)
        return expected, f"{seen:,} rows", scale(seen / width, low / width, high and high / width, 1, f"{seen:,} rows")

    def _column_proportion_of_non_null_values_to_be_between(self) -> Said:
        low, seen = self.arguments["min_value"], self.result.get("observed_value") or 0
        return (
            f"at least {percent(low)} filled",
            f"{percent(seen)} filled",
            scale(seen, low, None, 1, f"{percent(seen)} filled"),
        )

    def _column_values_to_be_between(self) -> Said:
        return _between(self.arguments.get("min_value"), self.arguments.get("max_value")), *self._cells()

    def _column_values_to_be_in_set(self) -> Said:
        return f"one of: {listed(self.arguments['value_set'])}", *self._cells()

    def _column_pair_values_a_to_be_greater_than_b(self) -> Said:
        return f"{self.arguments['column_B']} ≤ {self.arguments['column_A']}", *self._cells()

    def _column_distinct_values_to_contain_set(self) -> Said:
        lost = listed(map(str, self.result.get("partial_missing_list", [])))
        return (
            f"still in use: {listed(self.arguments['value_set'])}",
            f"gone: {lost}" if lost else "all in use",
            Markup(),
        )

    def _column_unique_value_count_to_be_between(self) -> Said:
        low, seen = self.arguments["min_value"], int(self.result.get("observed_value") or 0)
        text = f"{seen:,} different texts"
        return f"at least {low:,} different texts", text, scale(seen, low, None, 1.1 * max(seen, 2 * low), text)

    def _column_kl_divergence_to_be_less_than(self) -> Said:
        partition, most = self.arguments["partition_object"], self.arguments["threshold"]
        shares = zip(partition["values"], partition["weights"], strict=True)
        expected = ", ".join(f"{listed([value])} {percent(share)}" for value, share in shares)
        seen = float(self.result.get("observed_value") or 0)
        text = f"{seen:.2f} from that (Kullback-Leibler), at most {most}"
        return f"shares like {expected}", text, scale(seen, 0, most, 1.1 * max(seen, 2 * most), text)

    def _column_quantile_values_to_be_between(self) -> Said:
        ranges = self.arguments["quantile_ranges"]
        expected = (
            f"{percent(quantile)}: {_between(*bounds)}"
            for quantile, bounds in zip(ranges["quantiles"], ranges["value_ranges"], strict=True)
        )
        values = (self.result.get("observed_value") or {}).get("values", [])
        return "; ".join(expected), " / ".join(map(text_of, values)), Markup()

    def _column_to_exist(self) -> Said:
        return "the column is there", "it is gone", Markup()

    def _cells(self) -> tuple[str, Markup]:
        """Every value is looked at: how many do not fit, and the share of those that do."""
        count, off = int(self.result.get("element_count", 0)), int(self.result.get("unexpected_count", 0))
        looked = count - int(self.result.get("missing_count", 0))
        share = 1 - off / looked if looked else 1
        seen = f"{off:,} of {looked:,} values outside" if off else f"all of {looked:,} values fit"
        return seen, scale(share, 1, None, 1, f"{percent(share)} of the values fit")


def _between(low: object, high: object) -> str:
    """Two ends in words; one that is None is open."""
    if low is None and high is None:
        return "anything"
    if low is None or high is None:
        return f"at least {text_of(low)}" if high is None else f"at most {text_of(high)}"
    return f"between {text_of(low)} and {text_of(high)}"


def text_of(value: object) -> str:
    """A cell or bound as people write it: whole numbers without a point, days without a time, pairs side by side."""
    if isinstance(value, list):
        return " and ".join(map(text_of, value))
    if isinstance(value, float):
        return f"{value:,.15g}"
    return str(value).removesuffix("T00:00:00")
