"""From a chart to SVG: drawn by Vega without network or browser, and rebuilt from what a chart needs.

No script, style or address of the drawing comes through, whatever a name in it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from markupsafe import Markup, escape

from musterroll.errors import Unavailable
from musterroll.site.charts.palette import PROPERTIES

_SVG, _LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
_DRAWN = frozenset({"g", "path", "line", "rect", "circle", "text", "tspan"})
_KEPT = frozenset(
    {
        *("d", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "cx", "cy", "r", "width", "height", "transform"),
        *("fill", "stroke", "opacity", "fill-opacity", "stroke-opacity"),
        *("stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit"),
        *("text-anchor", "font-size", "font-weight", "font-style"),
    }
)
_PLACES = frozenset(["d", "transform", "x", "y", "x1", "x2", "y1", "y2"])
_LONG_FRACTION = re.compile(r"(\d+\.\d)\d+")


@dataclass(frozen=True)
class Drawing:
    """A chart that was drawn: the SVG for a page, and the Vega-Lite specification that it was drawn from."""

    svg: Markup
    specification: Mapping[str, Any]


def drawn(
    specification: Mapping[str, Any],
    name: str,
    title: str,
    description: str,
    labels: Mapping[str, tuple[str, str]] | None = None,
) -> Drawing:
    """Draw a chart in Vega-Lite as an image with a title and a description, both for those who cannot see it.

    `name` tells it from others on its page. A mark whose `href` is in `labels`
    becomes a link with the name and the address that stand there, and the chart
    a group of links. Raises `Unavailable` if the drawing library is not installed.
    """
    root = ET.fromstring(svg_of(specification))  # noqa: S314 (our own drawing, not somebody's file)
    inner = "".join(element_of(child, labels or {}) for child in root)
    head = Markup(
        '<svg class="chart" id="{0}" viewBox="{1}" role="{4}" aria-labelledby="{0}-title {0}-text">'
        '<title id="{0}-title">{2}</title><desc id="{0}-text">{3}</desc>'
    ).format(name, root.get("viewBox", "0 0 1 1"), title, description, "group" if labels else "img")
    return Drawing(head + Markup(inner) + Markup("</svg>"), specification)  # noqa: S704 (every part of it is escaped)


def svg_of(specification: Mapping[str, Any]) -> str:
    """What Vega draws, as it comes; raises `Unavailable` if the drawing library is not installed."""
    try:
        import vl_convert
    except ImportError as error:
        raise Unavailable("charts need vl-convert-python; install musterroll[site]") from error
    return str(vl_convert.vegalite_to_svg(dict(specification), allowed_base_urls=[]))


def element_of(element: ET.Element, labels: Mapping[str, tuple[str, str]]) -> str:
    """An element and what is in it; links lead where `labels` say, anything unknown is left out."""
    tag = element.tag.removeprefix(_SVG)
    inner = "".join(element_of(child, labels) for child in element)
    if tag == "a":
        return _labelled(inner, labels.get(element.get(_LINK, "").rpartition("/")[2]))  # Vega makes it absolute
    if tag not in _DRAWN or (tag == "g" and not inner) or element.get("d") in {"", "M0,0h0v0h0Z"}:
        return ""
    attributes = "".join(
        f' {name}="{escape(_value(name, value))}"' for name, value in sorted(element.attrib.items()) if name in _KEPT
    )
    if tag == "g" and not attributes:
        return inner
    return f"<{tag}{attributes}>{escape(element.text or '')}{inner}</{tag}>"


def _labelled(inner: str, label: tuple[str, str] | None) -> str:
    if label is None:
        return inner
    text, address = label
    return f'<a href="{escape(address)}"><title>{escape(text)}</title>{inner}</a>'


def _value(name: str, value: str) -> str:
    """A colour of ours as the page's; coordinates to a tenth of a pixel."""
    if value in PROPERTIES:
        return f"var({PROPERTIES[value]})"
    return _LONG_FRACTION.sub(r"\1", value) if name in _PLACES else value
