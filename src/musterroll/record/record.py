"""A mission record: the tables of a package as typed rows, with what nobody believes set apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from musterroll.package.table import Table
from musterroll.record.cells import count_of, day_of, read_cell, unusable, window_of
from musterroll.record.count import Count
from musterroll.record.host import UNNAMED, Host
from musterroll.record.profile import SPELLINGS
from musterroll.record.rows import Condition, Contribution, Evidence, Mission, Movement, Revision, Strength
from musterroll.record.searches import Search
from musterroll.record.window import Window

T = TypeVar("T")

NUMBER_STEMS = {
    "commitments": "personnel",
    "contributions": "amount",
    "deployments": "personnel",
    "strengths": "personnel",
    "event_figures": "figure",
}


@dataclass
class Record:
    """Typed access to the tables of the mission-record profile.

    Rows whose evidence is all deprecated are reported but not believed; they
    are left out of `revisions`, `conditions`, `contributions`, `movements` and
    `strengths`.
    """

    tables: Mapping[str, Table]
    horizon: date | None = None
    searches: tuple[Search, ...] = ()
    host: Host = UNNAMED

    @cached_property
    def missions(self) -> Mapping[str, Mission]:
        """Missions by id."""
        rows = (
            Mission(
                row=cells.row,
                id=cells.text("mission_id"),
                begins=cells.day_needed("authorised_from"),
                until=cells.day("authorised_until"),
                predecessor=cells.optional("predecessor_id"),
            )
            for cells in self._rows("missions")
        )
        return {mission.id: mission for mission in rows}

    @cached_property
    def revisions(self) -> Mapping[str, tuple[Revision, ...]]:
        """Believed revisions by commitment, in the order of their numbers."""
        chains: dict[str, list[Revision]] = {}
        for cells in self._rows("commitments"):
            revision = Revision(
                row=cells.row,
                commitment=cells.text("commitment_id"),
                number=cells.integer_needed("revision"),
                mission=cells.text("mission_id"),
                country=cells.text("country_code"),
                status=cells.text("status"),
                personnel=cells.count("personnel"),
                announced=cells.window("announced"),
                is_summable=cells.text("is_summable") == "true",
                part_of=cells.optional("part_of"),
            )
            if self.is_believed("commitments", revision.commitment, revision.number):
                chains.setdefault(revision.commitment, []).append(revision)
        return {key: tuple(sorted(chain, key=lambda item: item.number)) for key, chain in chains.items()}

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Believed conditions."""
        return tuple(
            Condition(
                row=cells.row,
                commitment=cells.text("commitment_id"),
                revision=cells.integer_needed("revision"),
                status=cells.text("status"),
                settled=cells.window("date"),
            )
            for cells in self._rows("conditions")
            if self.is_believed("conditions", cells.text("condition_id"))
        )

    @cached_property
    def contributions(self) -> tuple[Contribution, ...]:
        """Believed contributions, in the order of the table."""
        table = self.tables["contributions"]
        part_of = dict(zip(table.column("contribution_id"), table.column("part_of"), strict=True))
        return tuple(
            Contribution(
                row=cells.row,
                id=cells.text("contribution_id"),
                mission=cells.text("mission_id"),
                country=cells.optional("country_code"),
                kind=cells.text("kind"),
                recipient=cells.text("recipient"),
                status=cells.text("status"),
                amount=cells.count("amount"),
                currency=cells.optional("currency"),
                item=cells.optional("item"),
                when=cells.window("date"),
                is_summable=cells.text("is_summable") == "true",
                wholes=_wholes(part_of, cells.text("contribution_id")),
            )
            for cells in self._rows("contributions")
            if self.is_believed("contributions", cells.text("contribution_id"))
        )

    @cached_property
    def movements(self) -> tuple[Movement, ...]:
        """Believed movements, in the order of the table."""
        return tuple(
            Movement(
                row=cells.row,
                id=cells.text("deployment_id"),
                mission=cells.text("mission_id"),
                country=cells.text("country_code"),
                kind=cells.text("movement"),
                personnel=cells.count("personnel"),
                when=cells.window("date"),
                place=_spelt_anew("deployments", "place", cells.text("place")),
            )
            for cells in self._rows("deployments")
            if self.is_believed("deployments", cells.text("deployment_id"))
        )

    @cached_property
    def strengths(self) -> tuple[Strength, ...]:
        """Believed stocks."""
        return tuple(
            Strength(
                row=cells.row,
                id=cells.text("strength_id"),
                mission=cells.text("mission_id"),
                country=cells.optional("country_code"),
                measure=cells.text("measure"),
                personnel=cells.count("personnel"),
                as_of=cells.window("as_of"),
            )
            for cells in self._rows("strengths")
            if self.is_believed("strengths", cells.text("strength_id"))
        )

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """All evidence, believed or not."""
        return tuple(
            Evidence(
                row=cells.row,
                table=cells.text("table_name"),
                of=cells.text("row_id"),
                revision=cells.integer("revision"),
                field=cells.text("field"),
                source=cells.text("source_id"),
                value=cells.text("value_asserted"),
                stance=cells.text("stance"),
                rank=cells.text("rank"),
            )
            for cells in self._rows("evidence")
        )

    @cached_property
    def published(self) -> Mapping[str, Window]:
        """When each source was published, by id."""
        return {cells.text("source_id"): cells.window("published") for cells in self._rows("sources")}

    def is_believed(self, table: str, row_id: str, revision: int | None = None) -> bool:
        """False if the row has evidence and all of it is deprecated."""
        ranks = self._ranks.get((table, row_id, revision))
        return not ranks or ranks != {"deprecated"}

    @cached_property
    def _ranks(self) -> Mapping[tuple[str, str, int | None], set[str]]:
        ranks: dict[tuple[str, str, int | None], set[str]] = {}
        for item in self.evidence:
            ranks.setdefault((item.table, item.of, item.revision), set()).add(item.rank)
        return ranks

    def _rows(self, name: str) -> Iterator[_Cells]:
        table = self.tables[name]
        return (_Cells(table, row) for row in range(len(table.rows)))


def _spelt_anew(table: str, column: str, code: str) -> str:
    """A code, in its newer spelling if it has two."""
    older, newer = SPELLINGS[table, column]
    return newer if code == older else code


def _wholes(part_of: Mapping[str, str], row_id: str) -> tuple[str, ...]:
    """What contains a row, and what contains that; a chain that bites its tail ends there."""
    chain = [row_id]
    while (whole := part_of.get(chain[-1])) and whole not in chain:
        chain.append(whole)
    return tuple(chain[1:])


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one row, by name and type."""

    table: Table
    row: int

    def text(self, name: str) -> str:
        return self.table.cell(self.row, name)

    def optional(self, name: str) -> str | None:
        return self.text(name) or None

    def day(self, name: str) -> date | None:
        return day_of(self.table, self.row, name)

    def day_needed(self, name: str) -> date:
        return self._needed(name, self.day(name))

    def integer(self, name: str) -> int | None:
        return read_cell(self.table, self.row, name, int)

    def integer_needed(self, name: str) -> int:
        return self._needed(name, self.integer(name))

    def window(self, stem: str) -> Window:
        return window_of(self.table, self.row, stem)

    def count(self, stem: str) -> Count:
        return count_of(self.table, self.row, stem)

    def _needed(self, name: str, value: T | None) -> T:
        if value is None:
            raise unusable(self.table, self.row, name)
        return value
