"""The derived table `balance`, as a table for people, CSV and JSON (`musterroll/balance/1`)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from rich.table import Table
from rich.text import Text

from muster_cli.render.console import printed
from musterroll.record.balance import BalanceRow
from musterroll.record.count import Interval
from musterroll.record.written import written, written_count

_WIDTH = 160  # no number is ever cut: a narrow terminal wraps the rows
_MEASURES = ("pledged", "offered", "notified", "in_force", "deployed", "present")
_ENDS = ("min", "best", "max")
_VERDICT_STYLE = {"holds": "green", "violated": "bold red", "possibly_violated": "yellow", "unknown": "dim"}


def render_text(rows: Sequence[BalanceRow], day: date, *, colour: bool = False) -> str:
    """An aligned table; the whole mission is the last row."""
    table = Table(title=f"Promised and present on {day}", title_justify="left", box=None, pad_edge=False)
    for heading in (
        "",
        "pledged",
        "offered",
        "notified",
        "in force",
        "deployed",
        "present",
        "reported",
        "verdict",
        "why",
        "last heard",
    ):
        table.add_column(
            heading, justify="left" if heading in {"", "verdict", "why", "last heard"} else "right", no_wrap=True
        )
    for row in rows:
        table.add_row(*_cells(row), style=None if row.country else "bold")
    return printed([table], colour=colour, width=_WIDTH)


def render_csv(rows: Sequence[BalanceRow]) -> str:
    """One column per end of every range; an open or unknown end is an empty cell."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, fieldnames=_columns(), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: "" if value is None else value for name, value in _flat(row).items()})
    return buffer.getvalue()


def render_json(rows: Sequence[BalanceRow], day: date) -> str:
    """The shape of `musterroll/balance/1`; an open or unknown end is null."""
    document = {"format": "musterroll/balance/1", "as_of": day.isoformat(), "rows": [_object(row) for row in rows]}
    return json.dumps(document, ensure_ascii=True, indent=2) + "\n"


def _cells(row: BalanceRow) -> list[Text]:
    reported = written_count(row.reported) + (f" on {row.reported_as_of}" if row.reported else "")
    pledged = written(row.pledged)
    if row.pledges_without_number and pledged != "?":
        pledged += f" + {row.pledges_without_number}?"
    values = [row.country or "all", pledged, *(written(_part(row, name)) for name in _MEASURES[1:]), reported]
    verdict = Text(row.verdict.replace("_", " "), _VERDICT_STYLE[row.verdict])
    return [*(Text(value) for value in values), verdict, Text(", ".join(row.why)), Text(str(row.last_heard or "–"))]


def _part(row: BalanceRow, measure: str) -> Interval | None:
    value: Interval | None = getattr(row, measure)
    return value


def _object(row: BalanceRow) -> dict[str, Any]:
    gap = dict(zip(_ENDS, row.gap, strict=True))
    reported = row.reported
    return {
        "mission_id": row.mission,
        "country_code": row.country,
        **{name: _ends(_part(row, name)) for name in _MEASURES},
        "pledges_without_number": row.pledges_without_number,
        "reported": {**_ends(reported), "as_of": _iso(row.reported_as_of)},
        "gap": gap,
        "verdict": row.verdict,
        "why": list(row.why),
        "last_heard": _iso(row.last_heard),
    }


def _flat(row: BalanceRow) -> dict[str, Any]:
    flat: dict[str, Any] = {"mission_id": row.mission, "country_code": row.country, "as_of": row.as_of.isoformat()}
    for name in (*_MEASURES, "reported", "gap"):
        ends = _object(row)[name]
        flat |= {f"{name}_{end}": ends[end] for end in _ENDS}
    return flat | {
        "pledges_without_number": row.pledges_without_number,
        "reported_as_of": _iso(row.reported_as_of),
        "verdict": row.verdict,
        "why": " ".join(row.why),
        "last_heard": _iso(row.last_heard),
    }


def _columns() -> list[str]:
    triples = [f"{name}_{end}" for name in (*_MEASURES, "reported", "gap") for end in _ENDS]
    tail = ["pledges_without_number", "reported_as_of", "verdict", "why", "last_heard"]
    return ["mission_id", "country_code", "as_of", *triples, *tail]


def _ends(value: Any) -> dict[str, int | None]:
    return {end: getattr(value, end) if value is not None else None for end in _ENDS}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
