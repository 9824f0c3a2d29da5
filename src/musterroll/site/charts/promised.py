"""Promised and present over time: two steps, each with its range.

A promise that says "at least" is a line at that number, above which the colour
fades: nobody knows how far up it goes. What is present is a line along the best
values in a band from the least to the most; rings are totals that were reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from musterroll.record.balance import BalanceRow
from musterroll.record.count import ZERO, Interval
from musterroll.record.written import written
from musterroll.release.changelog.words import day_in_words
from musterroll.site.charts import layers
from musterroll.site.charts.layers import Point, Spec
from musterroll.site.charts.palette import CAME, MUTED, PAPER, PROMISED, RULE, SCHEMA

FADE = 12  # layers of colour above an open number
_SHADE, _HEIGHT = 0.36, 0.126  # how dark they are together, and how high, as a part of the axis
_LEAST = 10  # people at the top of the axis: a handful must not look like many


@dataclass(frozen=True)
class Size:
    """Width and height of the plot in pixels, and the size of its letters."""

    width: int
    height: int
    letters: int

    @property
    def is_narrow(self) -> bool:
        """Whether there is little room for words."""
        return self.width < 600


WIDE, NARROW, SMALL = Size(820, 400, 14), Size(310, 330, 12), Size(335, 230, 12)


@dataclass(frozen=True)
class Report:
    """A total that somebody reported of a day."""

    day: date
    number: int


def promised_and_present(
    rows: Sequence[BalanceRow],
    marks: Sequence[tuple[date, str]],
    reports: Sequence[Report],
    size: Size,
    inside: str,
    fade: int = FADE,
) -> Spec:
    """The chart, in Vega-Lite; `rows` stand in the order of time, the last one at the end of the record.

    `inside` is `in Haiti`, as the record names its country.

    Above an open number stand `fade` layers of colour: more are smoother, fewer smaller.
    """
    picture = _Picture(rows, marks, reports, size, inside, fade)
    axis = {
        "labelFontSize": size.letters,
        "labelColor": MUTED,
        "gridColor": RULE,
        "domainColor": MUTED,
        "tickColor": MUTED,
    }
    return {
        "$schema": SCHEMA,
        "width": size.width,
        "height": size.height,
        "padding": {"left": 2, "right": 10, "top": 6, "bottom": 2},
        "background": PAPER,
        "layer": list(picture.layers()),
        "config": {
            "aria": False,
            "font": "sans-serif",
            "view": {"stroke": None},
            "text": {"fontSize": size.letters},
            "axis": axis,
        },
    }


@dataclass(frozen=True)
class _Picture:
    rows: Sequence[BalanceRow]
    marks: Sequence[tuple[date, str]]
    reports: Sequence[Report]
    size: Size
    inside: str
    fade: int

    def layers(self) -> Iterator[Spec]:
        x, y = layers.day_axis(is_narrow=self.size.is_narrow), layers.people_axis(self._top)
        yield layers.rules([_at(day, self._top, text) for day, text in self.marks], x)
        promised, present = ([each.pledged or ZERO for each in self.rows], [each.present for each in self.rows])
        for height in self._fades(promised):
            yield layers.band(self._points(promised, height), PROMISED, _SHADE / self.fade, x, y)
        yield layers.band(self._points(promised, 0), PROMISED, 0.2, x, y)
        yield layers.band(self._points(present, 0), CAME, 0.3, x, y)
        yield layers.step(self._steps(promised), PROMISED, 2, x, y)
        yield layers.step(self._steps(present), CAME, 2.5, x, y)
        if self.reports:
            yield layers.dots([_at(report.day, report.number) for report in self.reports], CAME, x, y)
        yield layers.words([self._mark(day, text) for day, text in self.marks], MUTED, x, y, above=-34)
        yield from self._labels(x, y)

    @property
    def _top(self) -> float:
        ends = [value for row in self.rows for value in (*_ends(row.pledged), *_ends(row.present))]
        return max([_LEAST, *ends, *(report.number for report in self.reports)]) * 1.3

    def _mark(self, day: date, text: str) -> Point:
        month = f"{day_in_words(day).split()[1][:3]} {day.year}"
        return _at(day, self._top, f"{text}\n{month if self.size.is_narrow else day_in_words(day)}")

    def _fades(self, values: Sequence[Interval]) -> list[float]:
        """Heights of the layers above an open number; none if all are closed."""
        is_open = any(value.max is None for value in values)
        step = self._top * _HEIGHT / self.fade
        return [layer * step for layer in range(1, self.fade + 1)] if is_open else []

    def _points(self, values: Sequence[Interval], height: float) -> list[Point]:
        """From the least to the most; where that is open, so much above the least."""
        return [
            {
                "day": row.as_of.isoformat(),
                "low": value.min,
                "high": value.min + height if value.max is None else value.max if height == 0 else value.min,
            }
            for row, value in zip(self.rows, values, strict=True)
        ]

    def _steps(self, values: Sequence[Interval]) -> list[Point]:
        return [_at(row.as_of, _line(value)) for row, value in zip(self.rows, values, strict=True)]

    def _labels(self, x: Spec, y: Spec) -> Iterator[Spec]:
        """The two numbers of the last day, beside their lines, and the greatest promise that there was."""
        last = self.rows[-1]
        most = self._most
        has_room = not (self.size.is_narrow and last.pledged)
        if has_room and most.pledged and _line(most.pledged) != _line(last.pledged or ZERO):
            point = _at(most.as_of, _line(most.pledged), f"promised {written(most.pledged)}")
            yield layers.words([point], PROMISED, x, y, above=-20, is_bold=True)
        if last.pledged:
            yield self._beside("promised", last.pledged, _line(last.pledged), PROMISED, x, y)
        if last.present.max != 0:
            yield self._beside(self.inside, last.present, _line(last.present), CAME, x, y)

    @property
    def _most(self) -> BalanceRow:
        """Where the greatest promise begins; of several times the longest, for there is most room for a word."""
        runs = [list(run) for _, run in groupby(self.rows, lambda row: _line(row.pledged or ZERO))]
        ends = [run[0].as_of for run in runs[1:]] + [self.rows[-1].as_of]
        lasting = [
            (_line(run[0].pledged or ZERO), end - run[0].as_of, run[0]) for run, end in zip(runs, ends, strict=True)
        ]
        return max(lasting, key=lambda found: found[:2])[2]

    def _beside(self, word: str, value: Interval, height: int, colour: str, x: Spec, y: Spec) -> Spec:
        """A number at the end of its line: to the right of it, or above if there is no room."""
        if not self.size.is_narrow:
            point = _at(self.rows[-1].as_of, height, f"{word}\n{written(value)}")
            return layers.words([point], colour, x, y, is_bold=True, above=1)
        point = _at(self.rows[-1].as_of, max(height, value.max or 0), f"{word} {written(value)}")
        return layers.words([point], colour, x, y, align="right", above=5, is_bold=True)


def _line(value: Interval) -> int:
    """Where the line of a number runs: the best value, else the floor, else the ceiling."""
    return value.best if value.best is not None else value.min or value.max or 0


def _ends(value: Interval | None) -> list[int]:
    return [] if value is None else [end for end in (value.min, value.best, value.max) if end is not None]


def _at(day: date, number: float, text: str = "") -> Point:
    return {"day": day.isoformat(), "low": number, "text": text}
