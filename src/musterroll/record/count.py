"""Uncertain counts: (min, best, max) with a qualifier, and their arithmetic (RECORD, "Numbers").

In the cells an open end stays empty. In arithmetic an open minimum is 0, since
people cannot be negative, and an open maximum has no limit. So "up to n" is any
number from none to n, and "at least n" any from n on: whoever speaks so excludes
nothing else, and a ceiling is never taken for the best number. "About n" excludes
nothing by itself; it is read as n - 10 % to n + 10 %, rounded outward in integers,
and whatever is called certain is so within that reading.

`+`, `minus` and `total` are exact for numbers that vary independently of each
other: every world lies between the ends, and each end is reached in one. `hull`
holds both of two intervals and what lies between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_NOTATION = re.compile(r"(?P<sign>~|>=|<=|>|<)?(?P<number>[0-9]+)")
_BETWEEN = re.compile(r"(?P<low>[0-9]+)\.\.(?P<high>[0-9]+)")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people, things or money as a record states it; None is an open or unknown end."""

    min: int | None
    best: int | None
    max: int | None
    qualifier: str = "unspecified"

    @property
    def has_number(self) -> bool:
        """Whether anything at all is stated."""
        return not self.min == self.best == self.max == None  # noqa: E711 (a chain over the three)

    @property
    def interval(self) -> Interval:
        """The count as arithmetic reads it."""
        if self.qualifier == "about" and self.best is not None:
            return Interval(self.best * 9 // 10, self.best, -(-self.best * 11 // 10))
        return Interval(self.min or 0, self.best, self.max)


@dataclass(frozen=True, slots=True)
class Interval:
    """What a sum of counts can be: at least `min`, probably `best`, at most `max` (None: no limit)."""

    min: int
    best: int | None
    max: int | None

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.min + other.min, plus(self.best, other.best), plus(self.max, other.max))

    def minus(self, other: Interval) -> Interval:
        """Take people away; there are never fewer than none."""
        low = 0 if other.max is None else max(0, self.min - other.max)
        high = None if self.max is None else max(0, self.max - other.min)
        best = None if self.best is None or other.best is None else max(0, self.best - other.best)
        return Interval(low, best, high)

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both; the best value stays this one's."""
        high = None if self.max is None or other.max is None else max(self.max, other.max)
        return Interval(min(self.min, other.min), self.best, high)

    def overlaps(self, other: Interval) -> bool:
        """Whether some number lies in both."""
        return (self.max is None or other.min <= self.max) and (other.max is None or self.min <= other.max)


ZERO = Interval(0, 0, 0)


def total(intervals: Iterable[Interval]) -> Interval:
    """Sum of the three ends apart; the best is lost if one term has none, the maximum if one is open."""
    result = ZERO
    for interval in intervals:
        result += interval
    return result


def parse_notation(text: str) -> Count:
    """A count from the notation of `value_asserted`: `200` `~200` `>=50` `>400` `<=50` `<400` `54..65` `?`.

    Raises `ValueError` for anything else.
    """
    if text == "?":
        return Count(None, None, None)
    match = _BETWEEN.fullmatch(text)
    if match and int(match["low"]) <= int(match["high"]):
        return Count(int(match["low"]), None, int(match["high"]), "between")
    match = _NOTATION.fullmatch(text)
    if not match or text == "<0":
        raise ValueError(f"{text!r} is not a count in the notation of the record")
    number = int(match["number"])
    return {
        None: Count(number, number, number, "exact"),
        "~": Count(None, number, None, "about"),
        ">=": Count(number, None, None, "at_least"),
        ">": Count(number + 1, None, None, "more_than"),
        "<=": Count(None, None, number, "up_to"),
        "<": Count(None, None, number - 1, "fewer_than"),
    }[match["sign"]]


def plus(one: int | None, other: int | None) -> int | None:
    """The sum; None if one of the two is open or unknown."""
    return None if one is None or other is None else one + other
