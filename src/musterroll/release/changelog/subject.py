"""What a changelog is about: two releases, what the maintainer says, and what every section asks of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from musterroll.changes.diff import Diff
from musterroll.changes.version import Required
from musterroll.errors import Unusable
from musterroll.record.host import UNNAMED
from musterroll.record.loading import load_record
from musterroll.record.record import Record
from musterroll.release.changelog.gathered import Gathered, gather
from musterroll.release.changelog.markdown import ID, NAME, inert
from musterroll.release.changelog.notes import Notes
from musterroll.release.content import Content


@dataclass(frozen=True)
class Subject:
    """A release, the difference from the one before (None: there is none), and the notes."""

    content: Content
    diff: Diff | None
    required: Required | None
    notes: Notes

    @property
    def record(self) -> Record | None:
        """The new release's record; None for a package of another profile."""
        return self.content.record

    @cached_property
    def record_before(self) -> Record | None:
        """The record of the release before; None if there is none that can be asked."""
        try:
            return load_record(self.diff.old.package.folder) if self.diff else None
        except Unusable:
            return None

    @cached_property
    def gathered(self) -> Gathered:
        """The changes, counted, and the first of each kind; empty for a first release."""
        return Gathered() if self.diff is None else gather(self.diff)

    @property
    def version(self) -> str:
        """The version of this release, inert."""
        return inert(self.content.version, ID)

    @property
    def version_before(self) -> str:
        """The version of the release before, inert."""
        return inert((self.diff.old.package.version if self.diff else None) or "the release before", ID)

    @property
    def created(self) -> date | None:
        """The day of the release, as its descriptor says."""
        try:
            return date.fromisoformat(str(self.content.package.descriptor.get("created"))[:10])
        except ValueError:
            return None

    @cached_property
    def host(self) -> str:
        """The country of the mission as texts name it, `Haiti` or `the country`, inert."""
        return inert((self.record.host if self.record else UNNAMED).name, NAME)

    @property
    def inside(self) -> str:
        """`in Haiti`, inert."""
        return f"in {self.host}"

    def country(self, code: str | None) -> str:
        """The English name of a country, inert; its code if the table countries has no name."""
        return inert(self._countries.get(code or "") or code or "", NAME)

    @cached_property
    def _countries(self) -> Mapping[str, str]:
        table = self.content.tables["countries"]
        return dict(zip(table.column("country_code"), table.column("name_en"), strict=True))
