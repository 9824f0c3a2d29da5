"""A map of the world on which countries differ by what became of their part; shapes by Natural Earth."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from musterroll.site.charts.layers import Spec
from musterroll.site.charts.palette import CAME, INK, LAND, ONCE, PAPER, SCHEMA, STANDS
from musterroll.site.model.countries import Standing

_COLOURS: Mapping[Standing, str] = {"present": CAME, "promising": STANDS, "promised": ONCE, "named": LAND}
_WIDTH, _HEIGHT = 900, 420
_POINT = 46  # square pixels of a country too small for a shape
_PLACE = {
    "longitude": {"field": "lon", "type": "quantitative"},
    "latitude": {"field": "lat", "type": "quantitative"},
}


def world(standings: Mapping[str, Standing], numbers: Mapping[str, str], host: str | None) -> Spec:
    """The map, in Vega-Lite; `standings` by country code, `numbers` their numeric codes, `host` the mission's country.

    Every country of `standings` has its code as `href`, for labels and addresses.
    """
    codes = {number: code for code, number in numbers.items() if code in standings}
    known = {number: (code, _COLOURS[standings[code]]) for number, code in codes.items()}
    shapes = {"values": _geometries(_shapes(), known), "format": {"type": "topojson", "feature": "countries"}}
    edge = {"stroke": PAPER, "strokeWidth": 0.5}
    return {
        "$schema": SCHEMA,
        "width": _WIDTH,
        "height": _HEIGHT,
        "padding": 2,
        "background": PAPER,
        "projection": {"type": "equalEarth", "rotate": [-11, 0, 0]},
        "layer": [
            _layer(shapes, {"type": "geoshape", **edge}, {}, "properties."),
            *([_outlined(shapes, host)] if host else []),
            _layer({"values": _small(known)}, {"type": "circle", "size": _POINT, "opacity": 1, **edge}, _PLACE),
        ],
        "config": {"aria": False, "view": {"stroke": None}},
    }


def has_shape(number: str) -> bool:
    """Whether the country of this numeric code is more than a point on the map."""
    return any(geometry.get("id") == number for geometry in _shapes()["objects"]["countries"]["geometries"])


def is_on_the_map(number: str) -> bool:
    """Whether the country of this numeric code has a shape or a point."""
    return number in _points() or has_shape(number)


def _outlined(shapes: Spec, host: str) -> Spec:
    return {
        "data": shapes,
        "transform": [{"filter": f"datum.properties.code === {json.dumps(host)}"}],
        "mark": {"type": "geoshape", "filled": False, "stroke": INK, "strokeWidth": 1.4},
    }


def _layer(data: Spec, mark: Spec, encoding: Spec, within: str = "") -> Spec:
    """Marks in their own colours, each leading somewhere."""
    colour = {"field": f"{within}colour", "type": "nominal", "scale": None}
    return {
        "data": data,
        "mark": mark,
        "encoding": {**encoding, "color": colour, "href": {"field": f"{within}code", "type": "nominal"}},
    }


def _small(known: Mapping[str, tuple[str, str]]) -> list[Spec]:
    """The known countries that have no shape of their own."""
    points = _points()
    return [
        {"lon": points[number][0], "lat": points[number][1], "code": code, "colour": colour}
        for number, (code, colour) in sorted(known.items(), key=lambda item: item[1])
        if number in points
    ]


def _geometries(topology: Mapping[str, Any], known: Mapping[str, tuple[str, str]]) -> Spec:
    """The topology without Antarctica, each country with its code and colour, in the order of codes: a keyboard’s."""
    collection = topology["objects"]["countries"]
    found = []
    for geometry in collection["geometries"]:
        if geometry.get("id") != "010":
            code, colour = known.get(geometry.get("id", ""), ("", LAND))
            found.append({**geometry, "properties": {"code": code, "colour": colour}})
    found.sort(key=lambda geometry: geometry["properties"]["code"])
    return {**topology, "objects": {"countries": {**collection, "geometries": found}}}


@cache
def _shapes() -> Mapping[str, Any]:
    return dict(_read("countries-110m.json"))


@cache
def _points() -> Mapping[str, tuple[float, float]]:
    return {number: (lon, lat) for number, (lon, lat) in _read("small-110m.json").items()}


def _read(name: str) -> Any:
    return json.loads(files("musterroll.site").joinpath("shapes", name).read_text(encoding="utf-8"))
