"""What charts share: in a file of its own a chart has these colours, in a page those of the page's theme."""

from __future__ import annotations

from collections.abc import Mapping

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # named, never fetched

INK, MUTED, RULE = "#1c2228", "#59626c", "#d5d9de"
PROMISED, CAME = "#6a7078", "#0a5a90"
LAND, STANDS, ONCE = "#e6e8eb", "#7db0d5", "#a9afb7"
PAPER = "#fffffe"

# Every colour above as the custom property of the style sheet that stands for it.
PROPERTIES: Mapping[str, str] = {
    INK: "--ink",
    MUTED: "--muted",
    RULE: "--rule",
    PROMISED: "--promised",
    CAME: "--came",
    LAND: "--land",
    STANDS: "--stands",
    ONCE: "--once",
    PAPER: "--paper",
}
