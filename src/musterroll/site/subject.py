"""What a site is about: a record of a mission, the package that holds it, and the release that it was published as."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from musterroll.errors import Unusable
from musterroll.package.table import Table
from musterroll.record.balance import BalanceRow
from musterroll.record.claims import Subject as RowKey
from musterroll.record.claims import subjects
from musterroll.record.derived.balance_table import BALANCE
from musterroll.record.missions import current_mission
from musterroll.record.record import Record
from musterroll.record.rows import Evidence, Mission
from musterroll.record.span import last_day
from musterroll.record.terms import Terms
from musterroll.release.content import Content, ReleasedFile
from musterroll.release.metadata.describe import Description, describe
from musterroll.site.addresses import of_row
from musterroll.site.checks import CheckLayer
from musterroll.site.published import Published

_CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True)
class Subject:
    """A package that holds a record, the files of its release that the site offers for download, and what is beside it.

    `releases` are those of the package that are known, `checks` the catalogue of what must hold.
    """

    content: Content
    downloads: tuple[ReleasedFile, ...] = field(default=())
    releases: tuple[Published, ...] = field(default=())  # all that are known, the oldest first
    checks: tuple[CheckLayer, ...] = field(default=())

    @cached_property
    def record(self) -> Record:
        """The record; raises `Unusable` if the package is none, or has a country that no file can be called by."""
        record = self.content.record
        if record is None:
            raise Unusable(f"{self.content.name} is no mission record, and only of those a site can be made")
        for code in record.tables["countries"].column("country_code"):
            if not _CODE.fullmatch(code):
                raise Unusable(f"the country code {code!r} is not three letters; muster validate says what is wrong")
        return record

    @cached_property
    def described(self) -> Description:
        """What the descriptor says of the package."""
        return describe(self.content)

    @property
    def version(self) -> str | None:
        """The data version, if there is one."""
        return self.content.package.version

    @cached_property
    def day(self) -> date:
        """The last day that the record covers."""
        return last_day(self.record)

    @property
    def missions(self) -> list[Mission]:
        """The missions that had begun by then, in the order of time; before the first, that one."""
        begun = [mission for mission in self.record.missions.values() if mission.begins <= self.day]
        return sorted(begun, key=lambda mission: mission.begins) or [current_mission(self.record, self.day)]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """English names of countries by code."""
        countries = self.table("countries")
        return dict(zip(countries.column("country_code"), countries.column("name_en"), strict=True))

    @cached_property
    def mission_names(self) -> Mapping[str, str]:
        """Names of missions by id."""
        missions = self.table("missions")
        return dict(zip(missions.column("mission_id"), missions.column("name"), strict=True))

    @cached_property
    def balances(self) -> Mapping[str | None, tuple[BalanceRow, ...]]:
        """The rows of the balance by country (None: the whole mission), in the order of time."""
        found: dict[str | None, list[BalanceRow]] = {None: []}
        for row in BALANCE.rows(self.record):
            found.setdefault(row.country, []).append(row)
        return {country: tuple(rows) for country, rows in found.items()}

    @cached_property
    def terms(self) -> Terms:
        """Which rows the numbers of a balance add up from."""
        return Terms(self.record)

    @cached_property
    def positions(self) -> Mapping[RowKey, int]:
        """Where each row stands that evidence can be about; raises `Unusable` if two rows have one id."""
        found = subjects(self.record)
        for name in {name for name, _, _ in found}:
            if sum(each == name for each, _, _ in found) < len(self.table(name).rows):
                raise Unusable(f"two rows of {name} have one id; muster validate says which")
        return found

    @cached_property
    def evidence(self) -> Mapping[RowKey, tuple[Evidence, ...]]:
        """The evidence of each row."""
        found: dict[RowKey, list[Evidence]] = {}
        for item in self.record.evidence:
            found.setdefault((item.table, item.of, item.revision), []).append(item)
        return {key: tuple(items) for key, items in found.items()}

    @cached_property
    def cited(self) -> Mapping[str, frozenset[str]]:
        """The sources of each row that has evidence, by the address of the row."""
        return {of_row(*key): frozenset(item.source for item in items) for key, items in self.evidence.items()}

    def labels(self, table: str, column: str) -> Mapping[str, str]:
        """What the schema calls the codes of a column, in its order."""
        listed = self.table(table).schema.fields.get(column, {}).get("categories")
        found = listed if isinstance(listed, list) else []
        return {item["value"]: str(item.get("label", "")) for item in found if isinstance(item, dict)}

    def table(self, name: str) -> Table:
        """A table of the record."""
        return self.record.tables[name]
