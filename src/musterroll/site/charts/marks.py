"""Words beside upright lines: those of lines near each other stand one below the other, never over each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LANE = 38  # pixels for two lines of words and the space below them
_LETTER = 0.58  # of the size of letters: how wide one is, at most on the average
_BESIDE = 12  # pixels between a line and its words, and behind those


@dataclass(frozen=True)
class Span:
    """The days that a chart shows on so many pixels, with letters of such a size."""

    first: date
    last: date
    width: int
    letters: int

    def left(self, day: date) -> float:
        """Where a day stands, in pixels."""
        return (day - self.first).days / max(1, (self.last - self.first).days) * self.width


def lanes(marks: Sequence[tuple[date, str]], span: Span) -> list[list[tuple[date, str]]]:
    """The marks in as few rows as hold the words of all, the topmost first; `marks` stand in the order of time."""
    found: list[list[tuple[date, str]]] = []
    for day, words in marks:
        fitting = (lane for lane in found if _right(lane[-1], span) <= span.left(day))
        lane = next(fitting, None)
        if lane is None:
            found.append([(day, words)])
        else:
            lane.append((day, words))
    return found


def _right(mark: tuple[date, str], span: Span) -> float:
    day, words = mark
    return span.left(day) + max(map(len, words.split("\n"))) * span.letters * _LETTER + _BESIDE
