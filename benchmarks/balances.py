"""The tables of docs/balances.md, from the package in this repository.

    .venv/bin/python benchmarks/balances.py

The words of the page are written by hand. What stands between
`<!-- balance DAY -->` and `<!-- end of balance -->` is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from musterroll.record.balance import BalanceRow, balance
from musterroll.record.loading import load_record
from musterroll.record.record import Record
from musterroll.record.terms import Term, Terms
from musterroll.record.written import written, written_count

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/balances.md"
SHOWN = ("KEN", "JAM", "BLZ", "BHS", "GTM", "SLV")
_BLOCK = re.compile(r"<!-- balance (\d{4}-\d\d-\d\d) -->\n.*?<!-- end of balance -->", re.DOTALL)
_HEADINGS = ("", "pledged", "of it offered", "notified", "in force", "deployed", "present", "reported", "verdict")


def main() -> None:
    """Write the tables of the package as it is now into the page."""
    PAGE.write_text(page(PAGE.read_text(), load_record(ROOT)))
    print("docs/balances.md is written")


def page(text: str, record: Record) -> str:
    """The page with the tables of a record between its markers."""

    def block(found: re.Match[str]) -> str:
        day = found[1]
        lines = "\n".join(_lines(record, date.fromisoformat(day)))
        return f"<!-- balance {day} -->\n\n{lines}\n\n<!-- end of balance -->"

    return _BLOCK.sub(block, text)


def _lines(record: Record, day: date) -> Iterator[str]:
    rows = {row.country: row for row in balance(record, day)}
    names, terms = _names(record), Terms(record)
    yield f"| {' | '.join(_HEADINGS)} |"
    yield "|---|--:|--:|--:|--:|--:|--:|---|---|"
    for country in SHOWN:
        name, row = names.get(country, country), rows.get(country)
        yield _told(name, row) if row else f"| {name} {'| – ' * 7}| not heard of yet |"
    yield _told("**Whole mission**", rows[None])
    yield "\nThe rows behind the numbers:\n"
    for country in SHOWN:
        if country in rows and (found := terms.of(rows[country])):
            yield f"- {names[country]}: {_behind(found)}"
    yield f"- Whole mission: {_behind(terms.of(rows[None])) or 'nothing is reported'}"
    yield f"- Promised by others: {'; '.join(_others(rows, names, terms)) or 'nothing'}"


def _names(record: Record) -> Mapping[str, str]:
    countries = record.tables["countries"]
    return dict(zip(countries.column("country_code"), countries.column("name_en"), strict=True))


def _told(name: str, row: BalanceRow) -> str:
    measures = (row.offered, row.notified, row.in_force, row.deployed, row.present)
    cells = [name, _pledged(row), *map(written, measures), _reported(row), row.verdict.replace("_", " ")]
    return f"| {' | '.join(cells)} |"


def _pledged(row: BalanceRow) -> str:
    text, without = written(row.pledged), row.pledges_without_number
    return f"{text}, {without} without a number" if without and text != "?" else text


def _reported(row: BalanceRow) -> str:
    return f"{written_count(row.reported)} on {row.reported_as_of}" if row.reported else "–"


def _behind(terms: Sequence[Term]) -> str:
    """The ids by what they stand for, pledges first; a pledge with the revision that stands."""
    kinds = {"commitments": "pledge", "conditions": "waits for", "deployments": "movements", "strengths": "report"}
    said = {kind: [_id(term) for term in terms if term.row.table == table] for table, kind in kinds.items()}
    return "; ".join(f"{kind} {', '.join(ids)}" for kind, ids in said.items() if ids)


def _id(term: Term) -> str:
    return term.id if term.revision is None else f"{term.id} (revision {term.revision})"


def _others(rows: Mapping[str | None, BalanceRow], names: Mapping[str, str], terms: Terms) -> Iterator[str]:
    for country, row in rows.items():
        if country is not None and country not in SHOWN and row.pledged is not None:
            pledges = [_id(term) for term in terms.of(row) if term.row.table == "commitments"]
            yield f"{names[country]} {_pledged(row)}: {', '.join(pledges)}"


if __name__ == "__main__":
    main()
