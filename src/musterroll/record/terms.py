"""Which rows the numbers of a balance add up from, and which evidence says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from musterroll.package.table import Table
from musterroll.record import pledges, presence
from musterroll.record.balance import BalanceRow
from musterroll.record.claims import ID_COLUMNS, Claim, claims
from musterroll.record.count import Count
from musterroll.record.dossier import Proof, Row, proofs, row_of
from musterroll.record.record import Record
from musterroll.record.rows import Evidence
from musterroll.record.stocks import last_reported

_RANKS = {"preferred": 0, "normal": 1}


@dataclass(frozen=True)
class Term:
    """A row that adds up to numbers of the balance, or stands beside them.

    `measures` are names of the balance's columns, or `waits_for`: a condition
    because of which a pledge is not in force. `number` is None for a condition.
    `proofs` is the believed evidence for the number or, where no number is
    given, for the row.
    """

    measures: tuple[str, ...]
    id: str
    revision: int | None
    number: Count | None
    row: Row
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Terms:
    """The terms of a record's balances; made once for many rows."""

    record: Record

    def of(self, row: BalanceRow) -> list[Term]:
        """The pledges, conditions, movements and the report behind a row.

        The whole mission adds up from its countries: of it only the report is named.
        """
        own = [] if row.country is None else [*self._pledges(row), *self._movements(row)]
        return [*own, *self._report(row)]

    def _pledges(self, row: BalanceRow) -> Iterator[Term]:
        mission, day = self.record.missions[row.mission], row.as_of
        for revision in pledges.promising(self.record, mission, row.country, day):
            holds = {
                "pledged": True,
                "offered": revision.status == "offered",
                "notified": pledges.is_notified(self.record, revision, day),
                "in_force": pledges.is_in_force(self.record, revision, day),
            }
            measures = tuple(name for name, does in holds.items() if does)
            chain = self.record.revisions[revision.commitment]
            earlier = [item.row for item in reversed(chain) if item.number < revision.number]
            yield self._term(measures, "commitments", revision.row, revision.personnel, earlier)
            for condition in pledges.awaited(self.record, revision.commitment, day):
                yield self._term(("waits_for",), "conditions", condition.row, None)

    def _movements(self, row: BalanceRow) -> Iterator[Term]:
        mission = self.record.missions[row.mission]
        for movement in presence.counted(self.record, mission, row.country, row.as_of):
            measures = ("deployed", "present") if movement.place in presence.IN_COUNTRY else ("deployed",)
            yield self._term(measures, "deployments", movement.row, movement.personnel)

    def _report(self, row: BalanceRow) -> Iterator[Term]:
        stock = last_reported(self.record, self.record.missions[row.mission], row.country, row.as_of)
        if stock:
            yield self._term(("reported",), "strengths", stock.row, stock.personnel)

    def _term(
        self, measures: tuple[str, ...], name: str, row: int, number: Count | None, earlier: Sequence[int] = ()
    ) -> Term:
        table = self.record.tables[name]
        revision = int(table.cell(row, "revision")) if name == "commitments" else None
        said = sorted(self._evidence(table, row, earlier), key=lambda item: (_RANKS[item.rank], item.stance))
        shown = tuple(proofs(self.record, [item.row for item in said]))
        return Term(measures, table.cell(row, ID_COLUMNS[name]), revision, number, row_of(table, row), shown)

    def _evidence(self, table: Table, row: int, earlier: Sequence[int]) -> Sequence[Evidence]:
        """Believed evidence of the number, of an earlier revision if that is repeated; if there is none, of the row."""
        for each in (row, *earlier):
            for claim in self._claims.get((table.name, each), []):
                own = tuple(table.cell(row, name) for name in claim.columns)
                if claim.field == "personnel" and claim.values == own:
                    return claim.asserting
        claims_of_row = self._claims.get((table.name, row), [])
        return list(dict.fromkeys(item for claim in claims_of_row for item in claim.asserting))

    @cached_property
    def _claims(self) -> Mapping[tuple[str, int], list[Claim]]:
        found: dict[tuple[str, int], list[Claim]] = {}
        for claim in claims(self.record):
            found.setdefault((claim.table.name, claim.row), []).append(claim)
        return found
