"""Promised and present over time: two steps, each with its range.

A promise that says "at least" is a line at that number, above which the colour
fades: nobody knows how far up it goes. What is present is a line along the best
values in a band from the least to the most; rings are totals that were reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from musterroll.record.balance import BalanceRow
from musterroll.record.count import ZERO, Interval
from musterroll.record.host import UNNAMED
from musterroll.record.written import written
from musterroll.release.changelog.words import day_in_words
from musterroll.site.charts import layers
from musterroll.site.charts.layers import Point, Spec
from musterroll.site.charts.marks import LANE, Span, lanes
from musterroll.site.charts.palette import CAME, MUTED, PAPER, PROMISED, RULE, SCHEMA
from musterroll.site.model.key import height_of

FADE = 12  # layers of colour above an open number
_SHADE, _HEIGHT = 0.36, 0.126  # how dark they are together, and how high, as a part of the axis
_ROOM = 1.3  # the axis reaches so far above what is drawn, for one row of words
_LONGEST = 18  # letters of a word beside the end of a line
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
        marks = [[_at(day, self._top, text) for day, text in lane] for lane in self._lanes or [[]]]
        for row, lane in enumerate(marks):
            yield layers.rules(lane, x, below=LANE * row)
        promised, present = ([each.pledged or ZERO for each in self.rows], [each.present for each in self.rows])
        for height in self._fades(promised):
            yield layers.band(self._points(promised, height), PROMISED, _SHADE / self.fade, x, y)
        yield layers.band(self._points(promised, 0), PROMISED, 0.2, x, y)
        yield layers.band(self._points(present, 0), CAME, 0.3, x, y)
        yield layers.step(self._steps(promised), PROMISED, 2, x, y)
        yield layers.step(self._steps(present), CAME, 2.5, x, y)
        if self.reports:
            yield layers.dots([_at(report.day, report.number) for report in self.reports], CAME, x, y)
        for row, lane in enumerate(marks):
            yield layers.words(lane, MUTED, x, y, above=-34 - LANE * row)
        yield from self._labels(x, y)

    @property
    def _top(self) -> float:
        ends = [value for row in self.rows for value in (*_ends(row.pledged), *_ends(row.present))]
        more = max(0, len(self._lanes) - 1) * LANE / self.size.height
        room = 1 / max(0.4, 1 / _ROOM - more) if more else _ROOM
        return max([_LEAST, *ends, *(report.number for report in self.reports)]) * room

    @cached_property
    def _lanes(self) -> list[list[tuple[date, str]]]:
        """The marks with their words, in as many rows as they need."""
        days = [day for day, _ in self.marks] + [row.as_of for row in self.rows] + [each.day for each in self.reports]
        span = Span(min(days), max(days), self.size.width, self.size.letters)
        return lanes([(day, self._told(day, text)) for day, text in self.marks], span)

    def _told(self, day: date, text: str) -> str:
        month = f"{day_in_words(day).split()[1][:3]} {day.year}"
        return f"{text}\n{month if self.size.is_narrow else day_in_words(day)}"

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
        return [_at(row.as_of, height_of(value)) for row, value in zip(self.rows, values, strict=True)]

    def _labels(self, x: Spec, y: Spec) -> Iterator[Spec]:
        """The two numbers of the last day, beside their lines, and the greatest promise that there was."""
        last = self.rows[-1]
        most = self._most
        has_room = not (self.size.is_narrow and last.pledged)
        if has_room and most.pledged and height_of(most.pledged) != height_of(last.pledged or ZERO):
            point = _at(most.as_of, height_of(most.pledged), f"promised {written(most.pledged)}")
            yield layers.words([point], PROMISED, x, y, above=-20, is_bold=True)
        if last.pledged:
            yield self._beside("promised", last.pledged, height_of(last.pledged), PROMISED, x, y)
        if last.present.max != 0:
            inside = self.inside if len(self.inside) <= _LONGEST else UNNAMED.inside  # the legend has the name
            yield self._beside(inside, last.present, height_of(last.present), CAME, x, y)

    @property
    def _most(self) -> BalanceRow:
        """Where the greatest promise begins; of several times the longest, for there is most room for a word."""
        runs = [list(run) for _, run in groupby(self.rows, lambda row: height_of(row.pledged or ZERO))]
        ends = [run[0].as_of for run in runs[1:]] + [self.rows[-1].as_of]
        lasting = [
            (height_of(run[0].pledged or ZERO), end - run[0].as_of, run[0]) for run, end in zip(runs, ends, strict=True)
        ]
        return max(lasting, key=lambda found: found[:2])[2]

    def _beside(self, word: str, value: Interval, height: int, colour: str, x: Spec, y: Spec) -> Spec:
        """A number at the end of its line: to the right of it, or above if there is no room."""
        if not self.size.is_narrow:
            point = _at(self.rows[-1].as_of, height, f"{word}\n{written(value)}")
            return layers.words([point], colour, x, y, is_bold=True, above=1)
        point = _at(self.rows[-1].as_of, max(height, value.max or 0), f"{word} {written(value)}")
        return layers.words([point], colour, x, y, align="right", above=5, is_bold=True)


def _ends(value: Interval | None) -> list[int]:
    return [] if value is None else [end for end in (value.min, value.best, value.max) if end is not None]


def _at(day: date, number: float, text: str = "") -> Point:
    return {"day": day.isoformat(), "low": number, "text": text}
