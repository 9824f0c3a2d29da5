"""A small picture: what is expected as a band on a line, what was seen as a dot."""

from __future__ import annotations

from markupsafe import Markup

_WIDTH, _EDGE = 188, 6


def scale(seen: float, low: float, high: float | None, end: float, label: str) -> Markup:
    """An SVG of a line from 0 to `end` with a band from `low` to `high` (None: to the end) and a dot at `seen`."""
    left, right = _at(low, end), _at(end if high is None else high, end)
    fits = low <= seen and (high is None or seen <= high)
    return Markup(
        '<svg viewBox="0 0 200 20" role="img" aria-label="{}">'
        '<line class="axis" x1="6" y1="10" x2="194" y2="10"></line>'
        '<rect class="band" x="{:.1f}" y="5" width="{:.1f}" height="10" rx="3"></rect>'
        '<circle class="dot{}" cx="{:.1f}" cy="10" r="5"></circle></svg>'
    ).format(label, min(left, right - 3), max(3.0, right - left), "" if fits else " off", _at(seen, end))


def _at(value: float, end: float) -> float:
    return _EDGE + _WIDTH * min(1.0, max(0.0, value / end))
