"""The derived table `coverage`: what is known of each country in each month."""

from __future__ import annotations

from musterroll.record.derived.coverage import CoverageRow, coverage
from musterroll.record.derived.table import Column, DerivedTable

_STATES = {
    "found": "a source published in that month, or speaking of that month, speaks of the country",
    "possibly_found": "a source speaks of something that may have happened in that month or in one beside it",
    "searched_none": "nothing was found, and the record tells of a search that covers the month",
    "no_search_recorded": "nothing was found, and the record tells of no search; nobody may have looked",
}

COVERAGE: DerivedTable[CoverageRow] = DerivedTable(
    name="coverage",
    title="Coverage of each country in each month",
    description=(
        "One row for each country and month from the first request or promise to the horizon: whether the record holds "
        "anything about it. The record tells what was found. That something was sought and not found it knows only of "
        "the searches that the descriptor lists; that a month has no search recorded is no sign that nothing happened."
    ),
    rows=coverage,
    columns=(
        Column("country_code", "string", "Country", "Country, as in countries. Never empty.",
               lambda row: row.country, required=True),
        Column("month", "yearmonth", "Month", "The month. Never empty.",
               lambda row: row.month.isoformat()[:7], required=True),
        Column("state", "string", "State", "What is known. Never empty.",
               lambda row: row.state, required=True, categories=_STATES),
        Column("source_ids", "string", "Sources", "The sources that the state rests on, with a space between. Empty: "
               "nothing was found.", lambda row: row.sources),
        Column("sought", "string", "Sought", "What the searches that cover the month sought, with semicolons between. "
               "Empty: none is recorded.", lambda row: "; ".join(row.sought)),
        Column("sources_of_month", "integer", "Sources of the month", "How many sources of the record were surely "
               "published in that month, whatever they speak of. Undated sources count nowhere. Never empty.",
               lambda row: row.sources_of_month, required=True),
    ),
    key=("country_code", "month"),
)  # fmt: skip
