"""Charts as files of their own: SVG and PNG for papers and slides, and a Vega chart to explore on the page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from textwrap import wrap
from typing import Any
from xml.etree import ElementTree as ET

from markupsafe import escape

from musterroll.errors import Unavailable
from musterroll.site.charts.drawing import element_of, svg_of
from musterroll.site.charts.palette import INK, MUTED, PROPERTIES

ENGINE = "assets/vega.js"
_SCALE = 2  # pixels of a PNG for each of the chart
_COLOURS = 64
_LINE = 118  # letters of a line below the title


@dataclass(frozen=True)
class ChartFiles:
    """A chart that can be had as files.

    `specification` is Vega-Lite; `notes` stand in the picture itself: what the
    marks mean, what the chart cannot tell, and of which data it was made.
    `explorable` is the one to point at and to save as a PNG, None if there is
    none, and `hint` says what else it can do. Pixels that are made with the site
    take time and bytes, so only charts that `has_pixels` have them.
    """

    name: str
    title: str
    notes: tuple[str, ...]
    specification: Mapping[str, Any]
    explorable: Mapping[str, Any] | None = None
    hint: str = ""
    has_pixels: bool = False

    def path(self, ending: str) -> str:
        """Where a file of it lies."""
        return f"charts/{self.name}.{ending}"


def chart_files(charts: Iterable[ChartFiles]) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each file of these charts, and of what draws those to explore.

    Raises `Unavailable` if charts cannot be drawn here.
    """
    is_explored = False
    for chart in charts:
        svg = _picture(chart)
        yield chart.path("svg"), svg.encode()
        if chart.has_pixels:
            yield chart.path("png"), _pixels(svg)
        if chart.explorable is not None:
            is_explored = True
            yield chart.path("js"), _script(chart, chart.explorable).encode()
    if is_explored:
        yield from engine()


def engine() -> Iterator[tuple[str, bytes]]:
    """What draws charts in the browser, and under which licences."""
    folder = files("musterroll.site").joinpath("vega")
    yield ENGINE, folder.joinpath("vega.js").read_bytes()
    yield f"{ENGINE}.LICENSE.txt", folder.joinpath("LICENSE").read_bytes()


def _picture(chart: ChartFiles) -> str:
    """The chart with title and notes as a file that needs nothing else."""
    root = ET.fromstring(svg_of(_told(chart, chart.specification)))  # noqa: S314 (our own drawing)
    inner = "".join(element_of(child, {}) for child in root)
    for colour, name in PROPERTIES.items():
        inner = inner.replace(f'"var({name})"', f'"{colour}"')
    width, height = (float(size) for size in root.get("viewBox", "0 0 1 1").split()[2:])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="sans-serif" role="img">'
        f"<title>{escape(chart.title)}</title><desc>{escape(' '.join(chart.notes))}</desc>{inner}</svg>\n"
    )


def _told(chart: ChartFiles, specification: Mapping[str, Any]) -> dict[str, Any]:
    """A specification of a chart with its title and notes."""
    title = {
        "text": chart.title,
        "subtitle": [line for note in chart.notes for line in wrap(note, _LINE)],
        "anchor": "start",
        "offset": 16,
        "fontSize": 19,
        "color": INK,
        "subtitleColor": MUTED,
        "subtitleFontSize": 12,
        "subtitleLineHeight": 16,
        "subtitlePadding": 6,
    }
    return {**specification, "title": title, "padding": 12}


def _pixels(svg: str) -> bytes:
    """A PNG of few colours, which takes a sixth of the bytes of one with all."""
    import vl_convert

    try:
        from PIL import Image
    except ImportError as error:
        raise Unavailable("pictures of charts need pillow; install musterroll[site]") from error
    with Image.open(BytesIO(vl_convert.svg_to_png(svg, scale=_SCALE))) as image:
        few = image.convert("RGB").quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    found = BytesIO()
    few.save(found, "PNG", dpi=(_SCALE * 72, _SCALE * 72))
    return found.getvalue()


def _script(chart: ChartFiles, explorable: Mapping[str, Any]) -> str:
    """The chart for Vega, compiled: a script, for from a folder no page may read a file."""
    import vl_convert

    document = {
        "title": chart.title,
        "colours": dict(PROPERTIES),
        "specification": vl_convert.vegalite_to_vega(_told(chart, explorable)),
    }
    text = json.dumps(document, separators=(",", ":"))
    return f"window.musterCharts[{json.dumps(chart.name)}] = {text};\n"
