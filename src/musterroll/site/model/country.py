"""One country: what it promised and under which conditions, who came and left, what it gave, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from musterroll.package.table import Table
from musterroll.record.rows import LOSSES
from musterroll.record.terms import Term
from musterroll.site.addresses import of_row
from musterroll.site.model.lines import Line, in_order, line, lines
from musterroll.site.model.words import code_in_words
from musterroll.site.subject import Subject


@dataclass(frozen=True)
class Pledge:
    """A commitment: all that was said of it, in order, and what it waits for."""

    id: str
    address: str
    mission: str
    revisions: tuple[Line, ...]
    conditions: tuple[Line, ...]


@dataclass(frozen=True)
class Part:
    """A row that adds up to the numbers of a day, and what it adds to; a `number` of people who left has a minus."""

    line: Line
    number: str
    measures: str


@dataclass(frozen=True)
class Country:
    """All that the record holds of a country."""

    subject: Subject
    code: str

    @property
    def name(self) -> str:
        """Its English name."""
        return self.subject.names[self.code]

    @cached_property
    def pledges(self) -> list[Pledge]:
        """Its commitments, the first announced first."""
        chains: dict[str, list[Line]] = {}
        for each in lines(self.subject, "commitments", self._is_own):
            chains.setdefault(each.cells["commitment_id"], []).append(each)
        conditions = lines(self.subject, "conditions", lambda table, row: table.cell(row, "commitment_id") in chains)
        return [
            Pledge(
                id=id,
                address=of_row("commitments", id),
                mission=chain[0].cells["mission_id"],
                revisions=tuple(sorted(chain, key=lambda item: int(item.cells["revision"]))),
                conditions=tuple(item for item in conditions if item.cells["commitment_id"] == id),
            )
            for id, chain in chains.items()
        ]

    @cached_property
    def movements(self) -> list[Line]:
        """Who came, left, was relieved or died."""
        return lines(self.subject, "deployments", self._is_own)

    @cached_property
    def reports(self) -> list[Line]:
        """What was reported of its people."""
        return lines(self.subject, "strengths", self._is_own)

    @cached_property
    def gifts(self) -> list[Line]:
        """Money, equipment, training and logistics."""
        return lines(self.subject, "contributions", self._is_own)

    @cached_property
    def events(self) -> list[tuple[Line, str]]:
        """What happened with it, each with its roles."""
        roles = self._roles
        found = lines(self.subject, "events", lambda table, row: table.cell(row, "event_id") in roles)
        return [(each, ", ".join(roles[each.id])) for each in in_order(found)]

    @property
    def sources(self) -> list[str]:
        """The sources of all this."""
        rows = [*(item for pledge in self.pledges for item in (*pledge.revisions, *pledge.conditions))]
        rows += [*self.movements, *self.reports, *self.gifts, *(event for event, _ in self.events)]
        cited = {source for row in rows for source in self.subject.cited.get(row.address, ())}
        return sorted(cited)

    @cached_property
    def _roles(self) -> Mapping[str, list[str]]:
        table, roles = self.subject.table("event_countries"), dict[str, list[str]]()
        for event, code, role in zip(*map(table.column, ("event_id", "country_code", "role")), strict=True):
            if code == self.code:
                roles.setdefault(event, []).append(code_in_words(role))
        return roles

    def _is_own(self, table: Table, row: int) -> bool:
        return table.cell(row, "country_code") == self.code


def parts(subject: Subject, terms: list[Term]) -> list[Part]:
    """The rows behind a row of the balance."""
    return [_part(subject, term) for term in terms]


def _part(subject: Subject, term: Term) -> Part:
    key = term.row.table, term.id, term.revision
    found = line(subject, subject.table(term.row.table), subject.positions[key])
    is_loss = term.row.cells.get("movement") in LOSSES | {"all_out"}
    return Part(found, _less(found.number) if is_loss else found.number, ", ".join(map(code_in_words, term.measures)))


def _less(number: str) -> str:
    return f"−{number}" if number[:1].isdigit() else f"−({number})"
