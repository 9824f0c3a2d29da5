"""The layers that charts over time are made of, as Vega-Lite. Days are read as UTC: a chart is the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from musterroll.site.charts.palette import MUTED, PAPER

Point = dict[str, str | float | None]
Spec = dict[str, Any]

# A tick at a month's first day is called by the month, one between by its day: no two ticks have one label, however
# short the time is that is drawn or zoomed into. Those within a day have none.
_WITHIN_A_DAY = dict.fromkeys(("hours", "minutes", "seconds", "milliseconds"), " ")
_HALO = {"stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round", "opacity": 0.85}


def day_axis(*, is_narrow: bool) -> Spec:
    """The days, with fewer ticks where there is little room."""
    month = "%b %y" if is_narrow else "%b %Y"
    names = {"year": month, "quarter": month, "month": month, "week": "%-d %b %Y", "date": "%-d %b %Y"}
    axis = {"format": {**names, **_WITHIN_A_DAY}, "grid": False, "tickCount": 4 if is_narrow else 6}
    return {"field": "day", "type": "temporal", "title": None, "scale": {"type": "utc"}, "axis": axis}


def people_axis(top: float) -> Spec:
    """Numbers of people from 0 to `top`."""
    axis = {"format": ",d", "tickCount": 5, "domain": False, "ticks": False, "labelPadding": 6}
    scale = {"domain": [0, top], "nice": False}
    return {"field": "low", "type": "quantitative", "title": None, "scale": scale, "axis": axis}


def band(points: Sequence[Point], colour: str, opacity: float, x: Spec, y: Spec) -> Spec:
    """From `low` to `high`, each value held until the next day that has one."""
    mark = {"type": "area", "interpolate": "step-after", "color": colour, "fillOpacity": opacity, "opacity": 1}
    return _layer(points, mark, {"x": x, "y": y, "y2": {"field": "high"}})


def step(points: Sequence[Point], colour: str, width: float, x: Spec, y: Spec) -> Spec:
    """The line along `low`, each value held until the next day that has one."""
    mark = {"type": "line", "interpolate": "step-after", "color": colour, "strokeWidth": width, "strokeJoin": "round"}
    return _layer(points, mark, {"x": x, "y": y})


def dots(points: Sequence[Point], colour: str, x: Spec, y: Spec) -> Spec:
    """Rings at `low`."""
    mark = {"type": "point", "shape": "circle", "size": 28, "filled": True, "fill": PAPER, "stroke": colour,
            "strokeWidth": 1.5, "opacity": 1}  # fmt: skip
    return _layer(points, mark, {"x": x, "y": y})


def rules(points: Sequence[Point], x: Spec, *, below: float = 0) -> Spec:
    """Upright lines at days, from so many pixels below the top."""
    y = {"y": {"value": below}, "y2": {"value": "height"}} if below else {}
    return _layer(points, {"type": "rule", "color": MUTED, "strokeDash": [2, 3], "strokeWidth": 1}, {"x": x, **y})


def words(
    points: Sequence[Point],
    colour: str,
    x: Spec,
    y: Spec,
    *,
    align: Literal["left", "right"] = "left",
    above: float = 0,
    is_bold: bool = False,
) -> Spec:
    """The `text` of each point, `above` it by so many pixels; what lies behind it is kept from touching the letters."""
    mark = {
        "type": "text",
        "align": align,
        "baseline": "bottom",
        "dx": 4 if align == "left" else -2,
        "dy": -above,
        "fontWeight": "bold" if is_bold else "normal",
        "lineBreak": "\n",
        "lineHeight": 17,
        "color": colour,
    }
    encoding = {"x": x, "y": y, "text": {"field": "text", "type": "nominal"}}
    return {"layer": [_layer(points, mark | _HALO | {"color": PAPER}, encoding), _layer(points, mark, encoding)]}


def _layer(points: Sequence[Point], mark: Spec, encoding: Spec) -> Spec:
    return {"data": {"values": list(points)}, "mark": mark, "encoding": encoding}
