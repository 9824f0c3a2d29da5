"""The qualifier of a number and its three ends say the same thing.

Why: the qualifier tells how the source speaks, the ends are what is computed with. "Up to 50" with a best value of 50 would turn a limit into an estimate.

Example: qualifier `up_to` with a best value; `exact` with different ends; `between` with min above max.

Remedy: exact: all three equal. about: best only. at_least, more_than: min only (more than n is n + 1). up_to, fewer_than: max only (fewer than n is n - 1). between: min and max. disputed: the lowest and the highest, and the preferred one as best. unspecified: all empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from muster_validators.check import describe
from muster_validators.facts.frames import frame_of, refusals
from muster_validators.finding import Finding
from musterroll.record.record import NUMBER_STEMS, Record

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = tuple(NUMBER_STEMS)

# Which of min, best and max each qualifier fills; disputed may leave an end open, so it is not listed.
_FILLED = {
    "exact": "min best max",
    "about": "best",
    "at_least": "min",
    "more_than": "min",
    "up_to": "max",
    "fewer_than": "max",
    "between": "min max",
    "unspecified": "",
}
_ENDS = ("min", "best", "max")
_FILL, _ORDER, _EQUAL = "filled as the qualifier says", "in order", "equal if exact"


def run(record: Record) -> Iterator[Finding]:
    """One finding per number whose ends and qualifier do not fit."""
    for name, stem in NUMBER_STEMS.items():
        table = record.tables[name]
        columns = tuple(f"{stem}_{end}" for end in (*_ENDS, "qualifier"))
        seen: set[int] = set()
        for rule, row in refusals(model(stem), frame_of(table, columns)):
            if row in seen:  # one number, one cause
                continue
            seen.add(row)
            qualifier = table.cell(row, f"{stem}_qualifier")
            ends = ", ".join(f"{end} {table.cell(row, f'{stem}_{end}') or 'empty'}" for end in _ENDS)
            message = f"The ends ({ends}) are not {rule}: {qualifier}."
            yield INFO.at(table, row, f"{stem}_qualifier", message, expected=_FILLED.get(qualifier))


def model(stem: str) -> pa.DataFrameSchema:
    """The Pandera model of an uncertain count."""
    import pandera.pandas as pa

    low, best, high, qualifier = (f"{stem}_{end}" for end in (*_ENDS, "qualifier"))

    def filled(frame: pd.DataFrame) -> pd.Series[bool]:
        pattern = frame[[low, best, high]].notna().apply(
            lambda row: " ".join(end for end, there in zip(_ENDS, row, strict=True) if there), axis=1
        )  # fmt: skip
        return pattern.eq(frame[qualifier].map(_FILLED)) | ~frame[qualifier].isin(list(_FILLED))

    def in_order(frame: pd.DataFrame) -> pd.Series[bool]:
        pairs = ((low, best), (best, high), (low, high))
        verdicts = [(frame[a] <= frame[b]).fillna(value=True) for a, b in pairs]
        return (verdicts[0] & verdicts[1] & verdicts[2]).astype(bool)

    def equal_if_exact(frame: pd.DataFrame) -> pd.Series[bool]:
        same = (frame[low] == frame[best]) & (frame[best] == frame[high])
        return (same.fillna(value=True) | frame[qualifier].ne("exact")).astype(bool)

    checks = [pa.Check(filled, name=_FILL), pa.Check(in_order, name=_ORDER), pa.Check(equal_if_exact, name=_EQUAL)]
    return pa.DataFrameSchema(checks=checks)
