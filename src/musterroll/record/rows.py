"""Rows of a mission record as typed values. Each keeps the index of its row in the table, for findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from musterroll.record.count import Count
from musterroll.record.window import Window

PROMISING = frozenset({"offered", "pledged", "notified_un", "approved", "fulfilled"})
ARRIVALS = frozenset({"arrival"})
LOSSES = frozenset({"departure", "death", "unreported_out"})


@dataclass(frozen=True, slots=True)
class Mission:
    """A mandate. `until` is the last day, None while it runs."""

    row: int
    id: str
    begins: date
    until: date | None
    predecessor: str | None


@dataclass(frozen=True, slots=True)
class Revision:
    """One statement of a commitment: the whole pledge as it then stands."""

    row: int
    commitment: str
    number: int
    mission: str
    country: str
    status: str
    personnel: Count
    announced: Window
    is_summable: bool
    part_of: str | None

    @property
    def promises(self) -> bool:
        """Whether its status is a standing promise."""
        return self.status in PROMISING


@dataclass(frozen=True, slots=True)
class Condition:
    """What a pledge waits for, from a revision on."""

    row: int
    commitment: str
    revision: int
    status: str
    settled: Window

    def met(self, day: date) -> bool:
        """Whether it was surely met by `day`."""
        return self.status == "met" and self.settled.certain(day)


@dataclass(frozen=True, slots=True)
class Movement:
    """People who came, went, were relieved or died."""

    row: int
    id: str
    mission: str
    country: str
    kind: str
    personnel: Count
    when: Window
    place: str


@dataclass(frozen=True, slots=True)
class Strength:
    """A reported stock; `country` None is the whole mission."""

    row: int
    id: str
    mission: str
    country: str | None
    measure: str
    personnel: Count
    as_of: Window


@dataclass(frozen=True, slots=True)
class Contribution:
    """Money, equipment, training or logistics; `country` None is the fund as a whole.

    `wholes` are the contributions that contain it, the nearest first, believed or not.
    """

    row: int
    id: str
    mission: str
    country: str | None
    kind: str
    recipient: str
    status: str
    amount: Count
    currency: str | None
    item: str | None
    when: Window
    is_summable: bool
    wholes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source, one row, one field, one value."""

    row: int
    table: str
    of: str
    revision: int | None
    field: str
    source: str
    value: str
    stance: str
    rank: str
