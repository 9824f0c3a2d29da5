"""The derived table `latest`: each country at a glance, at the horizon."""

from __future__ import annotations

from musterroll.record.derived.balance_table import measures
from musterroll.record.derived.codes import VERDICTS, WHY
from musterroll.record.derived.latest import LatestRow, latest
from musterroll.record.derived.table import Column, DerivedTable

_MEASURES = ("pledged", "in_force", "deployed", "present")

LATEST: DerivedTable[LatestRow] = DerivedTable(
    name="latest",
    title="Each country at the horizon",
    description=(
        "One row for each country of which people were promised or came: what stands of its pledges, who is there, and "
        "when it was last heard of. Numbers are persons, computed as in balance. A pledge ends with its mission."
    ),
    rows=latest,
    columns=(
        Column("country_code", "string", "Country", "Country, as in countries. Never empty.",
               lambda row: row.balance.country, required=True),
        Column("name_en", "string", "Name", "Its English name in countries. Empty: it has none there.",
               lambda row: row.name),
        Column("as_of", "date", "As of", "The horizon, at whose end it held. Never empty.",
               lambda row: row.balance.as_of, required=True),
        Column("mission_id", "string", "Mission", "The mission whose mandate ran on that day. Never empty.",
               lambda row: row.balance.mission, required=True),
        Column("pledged_to", "string", "Pledged to", "The newest mission to which it made a commitment. Empty: none.",
               lambda row: row.standing[0].mission if row.standing else None),
        Column("commitments", "string", "Commitments", "Its commitments to that mission, each with its standing "
               "revision behind a slash, with a space between. Empty: none.",
               lambda row: tuple(f"{each.commitment}/{each.number}" for each in row.standing)),
        Column("statuses", "string", "Statuses", "Their statuses in the same order, by the codes of commitments. "
               "Empty: none.", lambda row: tuple(each.status for each in row.standing)),
        *measures(_MEASURES, lambda row: row.balance),
        Column("pledges_without_number", "integer", "Pledges without a number",
               "How many of the pledges that add up to pledged give no number. Never empty.",
               lambda row: row.balance.pledges_without_number, required=True),
        Column("verdict", "string", "Verdict", "Whether no more people are deployed than were promised. Never empty.",
               lambda row: row.balance.verdict, required=True, categories=VERDICTS),
        Column("why", "string", "Why there is a range", WHY, lambda row: row.balance.why),
        Column("last_heard", "date", "Last heard of", "The last day by then on which anything about its people had "
               "surely happened or been said. Empty: nothing datable.", lambda row: row.balance.last_heard),
        Column("source_ids", "string", "Heard from", "The sources that tell of that day, with a space between. Empty: "
               "nothing datable.", lambda row: row.sources),
    ),
    key=("country_code",),
)  # fmt: skip
