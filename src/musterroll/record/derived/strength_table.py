"""The derived table `strength`: the whole mission over time, computed and reported side by side."""

from __future__ import annotations

from musterroll.record.derived.balance_table import MEASURES
from musterroll.record.derived.codes import AGREEMENTS, QUALIFIERS
from musterroll.record.derived.strength import StrengthRow, strength
from musterroll.record.derived.table import Column, DerivedTable, ends_of

_NO_REPORT = "Empty: nothing was reported by then."

STRENGTH: DerivedTable[StrengthRow] = DerivedTable(
    name="strength",
    title="Strength of the whole mission over time, computed and reported",
    description=(
        "One row for the whole mission at the end of every day on which its strength or what is reported of it "
        "changed, and of the horizon. Numbers are persons. A row holds until the next."
    ),
    rows=strength,
    columns=(
        Column("as_of", "date", "As of", "The day at whose end it held. Never empty.",
               lambda row: row.as_of, required=True),
        Column("mission_id", "string", "Mission", "The mission whose mandate ran on that day. Never empty.",
               lambda row: row.mission, required=True),
        *ends_of("present", *MEASURES["present"], lambda row: row.present),
        *ends_of("deployed", *MEASURES["deployed"], lambda row: row.deployed),
        *ends_of("reported", "Reported", "The last believed report of people present of the whole mission, as it was "
                 "told. All three empty: none by then, or one without a number.",
                 lambda row: row.reported.personnel if row.reported else None),
        Column("reported_qualifier", "string", "Reported: qualifier", f"How the report speaks. {_NO_REPORT}",
               lambda row: row.reported.personnel.qualifier if row.reported else None, categories=QUALIFIERS),
        Column("reported_earliest", "date", "Reported: earliest",
               f"First day of which the report may tell. {_NO_REPORT}",
               lambda row: row.reported.as_of.earliest if row.reported else None),
        Column("reported_latest", "date", "Reported: latest",
               f"Last day of which the report may tell. {_NO_REPORT}",
               lambda row: row.reported.as_of.latest if row.reported else None),
        Column("strength_id", "string", "Reported strength", f"The report in strengths. {_NO_REPORT}",
               lambda row: row.reported.id if row.reported else None),
        *ends_of("expected", "Expected", "People present by the movements on the days of that report; the best value "
                 f"is that of its first day. {_NO_REPORT}", lambda row: row.expected),
        Column("agreement", "string", "Agreement", "Whether the report fits the movements on its days. It is about the "
               f"days of the report, not about this day. {_NO_REPORT}",
               lambda row: row.agreement, categories=AGREEMENTS),
    ),
    key=("as_of",),
)  # fmt: skip
