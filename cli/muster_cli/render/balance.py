"""The derived table `balance` as CSV and JSON (`musterroll/balance/1`), with the terms of its numbers on request."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from musterroll.record.balance import BalanceRow
from musterroll.record.derived.balance_table import BALANCE, MEASURES
from musterroll.record.terms import Term, Terms

_ENDS = ("min", "best", "max")
_SOURCED = ("row_ids", "source_ids")


def render_csv(rows: Sequence[BalanceRow], terms: Terms | None = None) -> str:
    """One column per end of every range; an open or unknown end is an empty cell.

    With `terms` two more columns: the rows that the numbers come from (a
    commitment with its revision behind a slash), and the sources that say so.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([*BALANCE.header, *(_SOURCED if terms else ())])
    for row in rows:
        writer.writerow([*BALANCE.cells(row), *(_sourced(terms.of(row)) if terms else ())])
    return buffer.getvalue()


def render_json(rows: Sequence[BalanceRow], day: date, terms: Terms | None = None) -> str:
    """The shape of `musterroll/balance/1`; an open or unknown end is null. With `terms` each row holds them."""
    objects = [_object(row) | ({"terms": [_term(term) for term in terms.of(row)]} if terms else {}) for row in rows]
    document = {"format": "musterroll/balance/1", "as_of": day.isoformat(), "rows": objects}
    return json.dumps(document, ensure_ascii=True, indent=2) + "\n"


def _sourced(terms: Sequence[Term]) -> tuple[str, str]:
    ids = dict.fromkeys(term.id if term.revision is None else f"{term.id}/{term.revision}" for term in terms)
    sources = {proof.evidence.cells["source_id"] for term in terms for proof in term.proofs}
    return " ".join(ids), " ".join(sorted(sources))


def _object(row: BalanceRow) -> dict[str, Any]:
    return {
        "mission_id": row.mission,
        "country_code": row.country,
        **{name: _ends(getattr(row, name)) for name in MEASURES},
        "pledges_without_number": row.pledges_without_number,
        "reported": {**_ends(row.reported), "as_of": _iso(row.reported_as_of)},
        "gap": _ends(row.gap),
        "verdict": row.verdict,
        "why": list(row.why),
        "last_heard": _iso(row.last_heard),
    }


def _term(term: Term) -> dict[str, Any]:
    cells = ("evidence_id", "source_id", "locator", "field", "value_asserted", "stance", "rank")
    return {
        "measures": list(term.measures),
        "table": term.row.table,
        "id": term.id,
        "revision": term.revision,
        "number": None if term.number is None else _ends(term.number),
        "evidence": [{name: proof.evidence.cells.get(name, "") for name in cells} for proof in term.proofs],
    }


def _ends(value: Any) -> dict[str, int | None]:
    return {end: getattr(value, end) if value is not None else None for end in _ENDS}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
