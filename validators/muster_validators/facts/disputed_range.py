"""A number is `disputed` exactly where credible evidence conflicts, and its range reaches over all of it; so do windows of dates.

Why: `disputed` tells a reader that sources differ, not that a source is vague. A hidden disagreement gives a false certainty, an invented one a false doubt.

Example: 400 and 200 arrivals are both credible, and the cell says exactly 400.

Remedy: Code min as the lowest and max as the highest number of the preferred and the conflicting evidence, best as the preferred one, with the qualifier `disputed`; an end that one of them leaves open stays open. Deprecate, with the reason, what is not credible.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from muster_validators.check import describe
from muster_validators.facts.sayings import sayings
from muster_validators.finding import Finding
from musterroll.record.asserted import DATE_STEMS, NUMBER_STEMS
from musterroll.record.cells import count_of, window_of
from musterroll.record.claims import ID_COLUMNS, Claim, claims
from musterroll.record.count import Count
from musterroll.record.record import Record
from musterroll.record.window import Window

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = (*ID_COLUMNS, "evidence")


def run(record: Record) -> Iterator[Finding]:
    """One finding per number or window that is not as wide as the disagreement about it."""
    for claim in claims(record):
        if len(claim.preferred) == 1 and all(
            claim.is_readable(item) for item in (*claim.preferred, *claim.conflicting)
        ):
            yield from (replace(finding, related=sayings(record, claim)) for finding in _judge(claim))


def _judge(claim: Claim) -> Iterator[Finding]:
    said = [claim.read(item) for item in (claim.preferred[0], *claim.conflicting)]
    counts = [value for value in said if isinstance(value, Count)]
    windows = [value for value in said if isinstance(value, Window)]
    if claim.field in NUMBER_STEMS:
        yield from _judge_count(claim, counts)
    elif claim.field in DATE_STEMS and len(windows) > 1:
        yield from _judge_window(claim, windows)


def _judge_count(claim: Claim, counts: list[Count]) -> Iterator[Finding]:
    cell = count_of(claim.table, claim.row, claim.field)
    if (cell.qualifier == "disputed") != (len(counts) > 1):
        state = "differ" if len(counts) > 1 else "agree"
        message = f"Credible sources {state}, and the qualifier is {cell.qualifier}."
        expected = "disputed" if len(counts) > 1 else counts[0].qualifier
        yield INFO.at(claim.table, claim.row, f"{claim.field}_qualifier", message, expected=expected)
    elif len(counts) > 1:
        low, high = _lowest(counts), _highest(counts)
        for end, value, wanted in (("min", cell.min, low), ("max", cell.max, high)):
            if value != wanted:
                message = f"The sources reach from {_shown(low)} to {_shown(high)}."
                yield INFO.at(claim.table, claim.row, f"{claim.field}_{end}", message, expected=_shown(wanted))
                return


def _judge_window(claim: Claim, windows: list[Window]) -> Iterator[Finding]:
    cell = window_of(claim.table, claim.row, claim.field)
    earliest = [day for window in windows for day in [window.earliest or window.latest] if day]
    latest = [window.latest for window in windows if window.latest]
    hull = Window(min(earliest, default=None), max(latest) if len(latest) == len(windows) else None)
    if cell != hull:
        end = "earliest" if cell.earliest != hull.earliest else "latest"
        message = f"The sources reach from {hull.earliest or 'an open end'} to {hull.latest or 'an open end'}."
        yield INFO.at(claim.table, claim.row, f"{claim.field}_{end}", message)


def _lowest(counts: list[Count]) -> int | None:
    ends = [_low(count) for count in counts]
    return None if None in ends else min(end for end in ends if end is not None)


def _highest(counts: list[Count]) -> int | None:
    ends = [_high(count) for count in counts]
    return None if None in ends else max(end for end in ends if end is not None)


def _low(count: Count) -> int | None:
    return count.best if count.qualifier == "about" else count.min


def _high(count: Count) -> int | None:
    return count.best if count.qualifier == "about" else count.max


def _shown(number: int | None) -> str:
    return "an open end" if number is None else str(number)
