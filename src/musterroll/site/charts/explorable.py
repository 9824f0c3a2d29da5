"""Charts to point at: what holds on a day is told beside the pointer, and the days can be zoomed into."""

from __future__ import annotations

from collections.abc import Sequence

from musterroll.record.balance import BalanceRow
from musterroll.record.written import written
from musterroll.release.changelog.words import day_in_words
from musterroll.site.charts.layers import Spec, day_axis
from musterroll.site.charts.palette import INK

HINT = "Turn the wheel to zoom, drag to move."
_TOLD = ("From", "Mission", "Promised", "Of it in force", "Deployed", "In Haiti")


def by_day(specification: Spec, rows: Sequence[BalanceRow]) -> Spec:
    """A chart over time with an upright line at the step next to the pointer; `rows` are its steps."""
    points = [{"day": row.as_of.isoformat(), **_told(row)} for row in rows]
    near = {"name": "near", "select": {"type": "point", "on": "pointermove", "nearest": True, "encodings": ["x"],
                                       "clear": "pointerout"}}  # fmt: skip
    zoom = {"name": "zoom", "select": {"type": "interval", "encodings": ["x"]}, "bind": "scales"}
    pointer = {
        "data": {"values": points},
        "mark": {"type": "rule", "color": INK, "strokeWidth": 1},
        "encoding": {
            "x": day_axis(is_narrow=False),
            "opacity": {"condition": {"param": "near", "empty": False, "value": 0.6}, "value": 0},
            "tooltip": [{"field": name, "type": "nominal"} for name in _TOLD],
        },
        "params": [near],
    }
    first, *others = specification["layer"]
    return {**specification, "layer": [{**first, "params": [zoom]}, *others, pointer]}


def _told(row: BalanceRow) -> dict[str, str]:
    values = (row.pledged, row.in_force, row.deployed, row.present)
    return dict(zip(_TOLD, [day_in_words(row.as_of), row.mission, *map(written, values)], strict=True))
