"""Money by giver and recipient: a mark at what was probably promised or paid, and a line over its range.

Every currency has a scale of its own, for amounts in two of them must not be
compared by eye. A range that is open ends in dots at the edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from musterroll.record.count import Interval
from musterroll.site.charts.layers import Spec
from musterroll.site.charts.palette import CAME, INK, MUTED, PAPER, PROMISED, RULE, SCHEMA
from musterroll.site.charts.promised import Size

_ROW, _NARROW_ROW = 26, 32  # pixels
_PAID = frozenset({"deposited", "delivered", "disbursed"})


@dataclass(frozen=True)
class Amount:
    """An amount: whose, how far it has come, in which currency, and what is known of it."""

    who: str
    status: str
    currency: str
    value: Interval
    text: str


def by_giver(amounts: Sequence[Amount], size: Size) -> Spec:
    """The chart, in Vega-Lite: a panel for each currency, in the order in which they come."""
    names = list(dict.fromkeys(amount.currency for amount in amounts))
    axis = {"labelFontSize": size.letters, "labelColor": INK, "gridColor": RULE, "domainColor": MUTED, "ticks": False}
    return {
        "$schema": SCHEMA,
        "padding": {"left": 14, "right": 14, "top": 2, "bottom": 2},
        "background": PAPER,
        "spacing": 18,
        "vconcat": [_panel([amount for amount in amounts if amount.currency == name], name, size) for name in names],
        "config": {
            "aria": False,
            "font": "sans-serif",
            "view": {"stroke": None},
            "axis": axis,
            "title": {"fontSize": size.letters + 1, "color": INK, "anchor": "start", "frame": "group"},
        },
    }


def _panel(amounts: Sequence[Amount], currency: str, size: Size) -> Spec:
    who = list(dict.fromkeys(amount.who for amount in amounts))
    top = max([1, *(end for amount in amounts for end in _ends(amount.value))]) * 1.08
    return {
        "title": {"text": f"{currency or 'Currency not named'}, millions"},
        "width": size.width,
        "height": {"step": _NARROW_ROW if size.is_narrow else _ROW},
        "layer": list(_layers(amounts, who, top / 1e6, size)),
    }


def _layers(amounts: Sequence[Amount], who: list[str], top: float, size: Size) -> Iterator[Spec]:
    x = {
        "field": "low",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, top], "nice": False},
        "axis": {"format": ",~r", "tickCount": 3 if size.is_narrow else 6, "domain": False, "labelColor": MUTED},
    }
    y = {"field": "who", "type": "nominal", "title": None, "sort": None, "scale": {"domain": who},
         "axis": {**_labels(size), "labelPadding": 12, "domain": False, "grid": True}}  # fmt: skip
    closed = [_point(amount, top) for amount in amounts if amount.value.max is not None]
    open_ = [_point(amount, top) for amount in amounts if amount.value.max is None]
    for points, dash in ((closed, []), (open_, [2, 4])):
        if points:
            mark = {"type": "rule", "strokeWidth": 2.5, "opacity": 0.55, "strokeDash": dash}
            yield _layer(points, mark, {"x": x, "x2": {"field": "high"}, "y": y, "color": _COLOUR})
    mark = {"type": "point", "size": 95, "strokeWidth": 2, "opacity": 1}
    shape = {"field": "shape", "type": "nominal", "scale": None}
    fill = {"field": "fill", "type": "nominal", "scale": None}
    points = [_point(amount, top) for amount in amounts]
    encoding = {"y": y, "color": _COLOUR, "shape": shape, "fill": fill, "tooltip": {"field": "text", "type": "nominal"}}
    yield _layer(points, mark, {"x": {**x, "field": "at"}, **encoding})


def _labels(size: Size) -> Spec:
    """Giver and recipient on a line; where there is little room, one below the other."""
    if size.is_narrow:
        return {"labelLimit": 190, "labelExpr": "split(datum.label, ' → ')", "labelLineHeight": 12}
    return {"labelLimit": 330}


_COLOUR = {"field": "colour", "type": "nominal", "scale": None}


def _point(amount: Amount, top: float) -> Spec:
    value, is_paid = amount.value, amount.status in _PAID
    at = value.best if value.best is not None else value.min or value.max or 0
    return {
        "who": amount.who,
        "low": value.min / 1e6,
        "at": at / 1e6,
        "high": top if value.max is None else value.max / 1e6,
        "colour": CAME if is_paid else PROMISED,
        "fill": CAME if is_paid else PAPER,
        "shape": "diamond" if amount.status == "authorised" else "square" if amount.status == "disbursed" else "circle",
        "text": amount.text,
    }


def _ends(value: Interval) -> list[int]:
    return [end for end in (value.min, value.best, value.max) if end is not None]


def _layer(points: Sequence[Spec], mark: Spec, encoding: Spec) -> Spec:
    return {"data": {"values": list(points)}, "mark": mark, "encoding": encoding}
