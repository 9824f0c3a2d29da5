"""Searches that the makers of a record made, and whose result is nothing: the descriptor's own property `searches`.

What was found is in the tables; that something was looked for in vain is not,
and no table can tell it from what nobody looked for. So it has to be said:

    "searches": [{"countries": ["BEN"], "earliest": "2024-10-01", "latest": "2026-02-28",
                  "sought": "what became of the pledge"}]

Each names the countries, the days whose events were sought, and what about them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from musterroll.errors import Unusable
from musterroll.package.descriptor import Package


@dataclass(frozen=True, slots=True)
class Search:
    """A search for what happened in some countries between two days, both included."""

    countries: tuple[str, ...]
    earliest: date
    latest: date
    sought: str


def searches_of(package: Package) -> tuple[Search, ...]:
    """The searches that a descriptor tells of; raises `Unusable`, with the place, if one is not told as it must be."""
    listed = package.descriptor.get("searches", [])
    if not isinstance(listed, list):
        raise Unusable("searches in the descriptor is no list")
    return tuple(_search(item, f"searches[{number}] in the descriptor") for number, item in enumerate(listed))


def _search(item: object, where: str) -> Search:
    if not isinstance(item, dict):
        raise Unusable(f"{where} is no object")
    countries, sought = item.get("countries"), item.get("sought")
    if not isinstance(countries, list) or not countries or not all(isinstance(code, str) for code in countries):
        raise Unusable(f"{where} must name countries, a list of their codes")
    if not isinstance(sought, str) or not sought.strip():
        raise Unusable(f"{where} must say what was sought")
    earliest, latest = (_day(item, name, where) for name in ("earliest", "latest"))
    if latest < earliest:
        raise Unusable(f"{where} ends before it begins")
    return Search(tuple(countries), earliest, latest, sought)


def _day(item: Mapping[str, Any], name: str, where: str) -> date:
    try:
        return date.fromisoformat(item[name])
    except (KeyError, TypeError, ValueError) as error:
        raise Unusable(f"{where} must have a date {name}, as in 2024-10-01") from error
