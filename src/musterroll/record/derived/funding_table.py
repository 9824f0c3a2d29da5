"""The derived table `funding`: who gave what, by status, at the horizon."""

from __future__ import annotations

from musterroll.record.derived.funding import FundingRow, funding
from musterroll.record.derived.table import Column, DerivedTable, ends_of

FUNDING: DerivedTable[FundingRow] = DerivedTable(
    name="funding",
    title="Funding by giver, recipient, kind, status and currency at the horizon",
    description=(
        "What had been given or promised by the horizon: one row for each mission, giver, recipient, kind, status and "
        "currency (or item) that is added up, and one for each contribution that is never added: totals of the fund, "
        "targets, frozen money. Nothing is counted twice within one status and currency. Rows of different status may "
        "tell of the same money on its way and must not be added."
    ),
    rows=funding,
    columns=(
        Column("country_code", "string", "Giver", "Giver, as in countries. Empty: the fund as a whole.",
               lambda row: row.country),
        Column("mission_id", "string", "Mission", "Mission for which, or in whose time, it was given. Never empty.",
               lambda row: row.mission, required=True),
        Column("recipient", "string", "Recipient", "Who receives it, by the codes of contributions. Never empty.",
               lambda row: row.recipient, required=True),
        Column("kind", "string", "Kind", "What was given, by the codes of contributions. Never empty.",
               lambda row: row.kind, required=True),
        Column("status", "string", "Status", "How far it has come, by the codes of contributions. Never empty.",
               lambda row: row.status, required=True),
        Column("currency", "string", "Currency", "ISO 4217 code of the currency of the amount. Empty: no money.",
               lambda row: row.currency),
        Column("item", "string", "Item", "What is counted. Empty: money, or nothing that is counted.",
               lambda row: row.item),
        Column("as_of", "date", "As of", "The day at whose end it held. Never empty.",
               lambda row: row.as_of, required=True),
        Column("is_summable", "boolean", "Counts in sums", "Whether the row may be added to others of the same status "
               "and currency, or item: false for totals of the fund, targets and frozen money. Never empty.",
               lambda row: row.is_summable, required=True),
        *ends_of("amount", "Amount", "The sum, in whole units of the currency or item; min and best add what had "
                 "surely been given or promised by then, max also what may have been.", lambda row: row.amount),
        Column("without_number", "integer", "Contributions without a number", "How many of contribution_ids give no "
               "number. Never empty.", lambda row: row.without_number, required=True),
        Column("contribution_ids", "string", "Contributions", "The contributions that add up to the amount, with a "
               "space between. Never empty.", lambda row: row.contributions, required=True),
        Column("contained_ids", "string", "Contained", "The contributions that are not added because one of these "
               "contains them, with a space between. Empty: none.", lambda row: row.contained),
    ),
    key=("contribution_ids",),
)  # fmt: skip
