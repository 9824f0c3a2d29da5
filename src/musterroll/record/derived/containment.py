"""Which contributions contain which, so that no money is added twice.

Only what would be added counts as a whole: a part stays beside a whole of
another status or currency, for they are never added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from musterroll.record.rows import Contribution


@dataclass(frozen=True)
class Containment:
    """Contributions by id that may have been made by `day`, and what contains them."""

    items: Mapping[str, Contribution]
    day: date

    @classmethod
    def of(cls, items: Iterable[Contribution], day: date) -> Containment:
        """The containment of these contributions at the end of a day."""
        return cls({item.id: item for item in items}, day)

    @cached_property
    def counted(self) -> list[Contribution]:
        """Those that nothing which was surely made contains."""
        return [item for item in self.items.values() if item.id not in self._container]

    def contained(self, whole: Contribution) -> list[str]:
        """The ids of those that are not counted because this one contains them."""
        return self._contents.get(whole.id, [])

    def root(self, item: Contribution) -> Contribution:
        """The outermost that may contain it; itself if nothing may."""
        while item.id in self._whole:
            item = self.items[self._whole[item.id]]
        return item

    def parts(self, whole: Contribution) -> list[Contribution]:
        """The counted ones of which this is the nearest whole; none once it was surely made."""
        return self._parts.get(whole.id, [])

    @cached_property
    def _whole(self) -> Mapping[str, str]:
        """Of each the nearest that contains it."""
        found = {}
        for item in self.items.values():
            wholes = [id for id in item.wholes if id in self.items and _adds_to(item, self.items[id])]
            found.update({item.id: wholes[0]} if wholes else {})
        return found

    @cached_property
    def _container(self) -> Mapping[str, str]:
        """Of each that is contained in one that was surely made the outermost of these."""
        found = {}
        for item in self.items:
            at = item
            while at in self._whole:
                at = self._whole[at]
                if self.items[at].when.certain(self.day):
                    found[item] = at
        return found

    @cached_property
    def _contents(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for part, whole in self._container.items():
            found.setdefault(whole, []).append(part)
        return found

    @cached_property
    def _parts(self) -> Mapping[str, list[Contribution]]:
        found: dict[str, list[Contribution]] = {}
        for item in self.counted:
            if item.id in self._whole:
                found.setdefault(self._whole[item.id], []).append(item)
        return found


def _adds_to(part: Contribution, whole: Contribution) -> bool:
    """Whether adding both would count twice; two that contain each other are a mistake, and neither is left out."""
    alike = part.status == whole.status and part.currency == whole.currency
    return alike and part.id not in whole.wholes
