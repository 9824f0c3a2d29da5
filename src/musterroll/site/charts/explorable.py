"""Charts to point at: what holds on a day is told beside the pointer, and the days can be zoomed into."""

from __future__ import annotations

import re
from collections.abc import Sequence

from musterroll.record.balance import BalanceRow
from musterroll.record.written import written
from musterroll.release.changelog.words import day_in_words
from musterroll.site.charts.layers import Spec, day_axis
from musterroll.site.charts.palette import INK

HINT = "Turn the wheel to zoom, drag to move."
_TOLD = ("From", "Mission", "Promised", "Of it in force", "Deployed")
_STEPS = re.compile(r"[.\[\]']")
_ENDS = str.maketrans({'"': "'", "\\": "/"})  # Vega writes the name of a field into an expression, in double quotes


def by_day(specification: Spec, rows: Sequence[BalanceRow], inside: str) -> Spec:
    """A chart over time with an upright line at the step next to the pointer; `rows` are its steps.

    `inside` is `in Haiti`, as the record names its country.
    """
    told = (*_TOLD, f"{inside[:1].upper()}{inside[1:]}".translate(_ENDS))
    points = [{"day": row.as_of.isoformat(), **_told(row, told)} for row in rows]
    near = {"name": "near", "select": {"type": "point", "on": "pointermove", "nearest": True, "encodings": ["x"],
                                       "clear": "pointerout"}}  # fmt: skip
    zoom = {"name": "zoom", "select": {"type": "interval", "encodings": ["x"]}, "bind": "scales"}
    pointer = {
        "data": {"values": points},
        "mark": {"type": "rule", "color": INK, "strokeWidth": 1},
        "encoding": {
            "x": day_axis(is_narrow=False),
            "opacity": {"condition": {"param": "near", "empty": False, "value": 0.6}, "value": 0},
            "tooltip": [_shown(name) for name in told],
        },
        "params": [near],
    }
    first, *others = specification["layer"]
    return {**specification, "layer": [{**first, "params": [zoom]}, *others, pointer]}


def _shown(name: str) -> Spec:
    """A field by its name, which Vega reads as a path unless what steps into objects is escaped."""
    field = _STEPS.sub(r"\\\g<0>", name)
    return {"field": field, "type": "nominal"} | ({} if field == name else {"title": name})


def _told(row: BalanceRow, names: Sequence[str]) -> dict[str, str]:
    values = (row.pledged, row.in_force, row.deployed, row.present)
    return dict(zip(names, [day_in_words(row.as_of), row.mission, *map(written, values)], strict=True))
