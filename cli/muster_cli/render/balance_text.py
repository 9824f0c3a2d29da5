"""The balance for people: aligned, in one table where there is room, in two where there is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from muster_cli.render.console import printed
from muster_cli.render.fitted import Column, Parts, Sheet, fitted
from muster_cli.render.visible import visible
from musterroll.record.balance import BalanceRow
from musterroll.record.written import written, written_count, written_gap

_VERDICT_STYLE = {"holds": "green", "violated": "bold red", "possibly_violated": "yellow", "unknown": "dim"}


def render_text(
    rows: Sequence[BalanceRow], day: date, names: Mapping[str, str], *, width: int, colour: bool, every: bool
) -> str:
    """Tables no wider than `width` if that can be; the whole mission is the last row.

    Countries that promise nothing and have nobody there are only listed, unless
    `every` one is to have its row.
    """
    shown = [row for row in rows if every or not _is_empty(row)]
    sheets = fitted(_layouts(day, names), shown, width)
    parts: list[RenderableType] = []
    for sheet in sheets:
        parts += ["", sheet.table(shown, lambda row: "" if row.country else "bold")]
    if silent := [row.country for row in rows if row not in shown and row.country]:
        parts += [
            "",
            Text(f"Heard of, but nothing is promised and nobody is there: {', '.join(map(visible, silent))}.", "dim"),
        ]
    return printed(parts[1:], colour=colour, width=max(width, *(sheet.width(shown) for sheet in sheets)))


def _is_empty(row: BalanceRow) -> bool:
    return row.country is not None and row.pledged is None and row.deployed.max == 0 and row.reported is None


def _layouts(day: date, names: Mapping[str, str]) -> list[list[Sheet[BalanceRow]]]:
    """One table or two, with the countries' names or without: the most that there is room for."""
    named = Column[BalanceRow]("", lambda row: (_named(row, names),))
    coded = Column[BalanceRow]("", lambda row: (visible(row.country or "all"),))
    return [
        *([Sheet(f"Promised and present on {day}", [first, *_PROMISED, *_PRESENT])] for first in (named, coded)),
        *(
            [
                Sheet(f"Promised on {day}", [first, *_PROMISED]),
                Sheet(f"Present on {day}", [first, *_PRESENT]),
            ]
            for first in (named, coded)
        ),
    ]


def _named(row: BalanceRow, names: Mapping[str, str]) -> str:
    return visible(f"{row.country} {names.get(row.country, '')}".rstrip(), 34) if row.country else "all"


def _range(text: str) -> Parts:
    """A line may end before the limits of a best value."""
    best, bracket, limits = text.partition(" (")
    return (best, f"({limits}") if bracket else (text,)


def _pledged(row: BalanceRow) -> Parts:
    text = written(row.pledged)
    return (f"{text} + {row.pledges_without_number}?",) if row.pledges_without_number and text != "?" else _range(text)


def _reported(row: BalanceRow) -> Parts:
    return (*_range(written_count(row.reported)), f"on {row.reported_as_of}") if row.reported else ("–",)


def _verdict(row: BalanceRow) -> Parts:
    return tuple(row.verdict.split("_"))


def _why(row: BalanceRow) -> Parts:
    return (*(f"{word}," for word in row.why[:-1]), *row.why[-1:])


_PROMISED: list[Column[BalanceRow]] = [
    Column("pledged", _pledged, is_number=True),
    Column("offered", lambda row: _range(written(row.offered)), is_number=True),
    Column("notified", lambda row: _range(written(row.notified)), is_number=True),
    Column("in force", lambda row: _range(written(row.in_force)), is_number=True),
    Column("gap", lambda row: _range(written_gap(*row.gap)) if row.pledged else ("–",), is_number=True),
]
_PRESENT: list[Column[BalanceRow]] = [
    Column("deployed", lambda row: _range(written(row.deployed)), is_number=True),
    Column("present", lambda row: _range(written(row.present)), is_number=True),
    Column("reported", _reported, is_number=True, breaks="gladly"),
    Column("verdict", _verdict, style=lambda row: _VERDICT_STYLE[row.verdict], breaks="gladly"),
    Column("why", _why, breaks="gladly"),
    Column("last heard", lambda row: (str(row.last_heard or "–"),)),
]
