"""A commitment that a deployment or a part refers to exists, and belongs to the same country.

Why: commitment_id is half of a key, so no foreign key can guard it; a wrong one ties people to another country's promise.

Example: an arrival of Jamaicans with the commitment of Belize.

Remedy: Correct the commitment_id, or leave it empty if it is not known under which pledge the people came.
"""

from __future__ import annotations

from collections.abc import Iterator

from muster_validators.check import describe
from muster_validators.facts.revisions_in_order import chains
from muster_validators.finding import Finding
from musterroll.record.record import Record

INFO = describe(__name__, __doc__, layer="facts")
NEEDS: tuple[str, ...] = ("commitments", "deployments")

_REFERENCES = (("deployments", "commitment_id"), ("commitments", "part_of"))


def run(record: Record) -> Iterator[Finding]:
    """One finding per reference to no commitment, to one of another country, or to itself."""
    pledges = record.tables["commitments"]
    countries = {key: pledges.cell(rows[0], "country_code") for key, rows in chains(pledges).items()}
    for name, column in _REFERENCES:
        table = record.tables[name]
        for row in range(len(table.rows)):
            wanted, country = table.cell(row, column), table.cell(row, "country_code")
            if wanted and wanted not in countries:
                yield INFO.at(table, row, column, f"There is no commitment {wanted}.")
            elif wanted and countries[wanted] != country:
                yield INFO.at(table, row, column, f"{wanted} is a commitment of {countries[wanted]}, not of {country}.")
            elif wanted and name == "commitments" and wanted == table.cell(row, "commitment_id"):
                yield INFO.at(table, row, column, f"{wanted} cannot be a part of itself.")
