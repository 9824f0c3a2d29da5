"""Intervals and counts as people write them: `150`, `≥ 50`, `≤ 50`, `300 (280–320)`, `?`."""

from __future__ import annotations

from musterroll.record.count import Count, Interval


def written(value: Interval | None) -> str:
    """An interval in one notation; `–` if there is none at all, `?` if nothing is known but that it exists."""
    if value is None:
        return "–"
    low, best, high = value.min, value.best, value.max
    if low == high:
        return f"{low:,}"
    if best is not None:
        return f"{best:,} ({low:,}–{'…' if high is None else f'{high:,}'})"
    if high is None:
        return f"≥ {low:,}" if low else "?"
    return f"{low:,}–{high:,}" if low else f"≤ {high:,}"


def written_count(count: Count | None) -> str:
    """A count as its source speaks."""
    if count is None:
        return "–"
    if count.qualifier == "about" and count.best is not None:
        return f"~ {count.best:,}"
    return written(count.interval)


def written_gap(low: int | None, best: int | None, high: int | None) -> str:
    """A difference in the same notation; its ends may lie below zero, and None is open at either of them."""
    if low is not None and low == high:
        return f"{low:,}"
    if best is not None:
        return f"{best:,} ({_end(low)}–{_end(high)})"
    if low is None and high is None:
        return "?"
    if low is None or high is None:
        return f"≤ {high:,}" if low is None else f"≥ {low:,}"
    return f"{low:,}–{high:,}"


def _end(value: int | None) -> str:
    return "…" if value is None else f"{value:,}"
