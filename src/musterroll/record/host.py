"""The country that a mission is in: which it is, and how texts name it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from musterroll import PROFILE
from musterroll.errors import Unusable
from musterroll.package.descriptor import Package

_CODE = re.compile(r"[A-Z]{3}")
_LONGEST = 60  # characters of a name
_BEFORE_HOSTS = f"{PROFILE}/0.1.0"


@dataclass(frozen=True, slots=True)
class Host:
    """The country of the mission: its three letters of ISO 3166-1 and its English name; None: the record names none."""

    code: str | None = None
    title: str | None = None

    @property
    def name(self) -> str:
        """`Haiti`, or `the country`: one short line of visible characters, but any markup is still in it."""
        return _line(self.title) if self.title else "the country"

    @property
    def inside(self) -> str:
        """`in Haiti`, or `in the country`."""
        return f"in {self.name}"


UNNAMED = Host()
# Version 0.1.0 of the profile was written for missions in Haiti alone, so its packages need not say so.
_HAITI = Host("HTI", "Haiti")


def host_of(package: Package) -> Host:
    """The country that a mission record names in `host`; raises `Unusable` if that is no country."""
    declared = package.descriptor.get("host")
    if declared is None:
        return _HAITI if package.profile == _BEFORE_HOSTS else UNNAMED
    if fault := host_fault(declared):
        raise Unusable(f"the descriptor's host {fault}")
    return Host(declared["code"], declared["title"])


def host_fault(declared: object) -> str | None:
    """What is wrong with a `host`, as the end of a sentence; None if nothing is."""
    if not isinstance(declared, Mapping):
        return 'must be an object, such as {"code": "HTI", "title": "Haiti"}'
    code, title = declared.get("code"), declared.get("title")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        return f"has {_told('code', declared)}; it must be the three capital letters of a country"
    if not isinstance(title, str) or not _line(title):
        return f"has {_told('title', declared)}; it must be the name of a country"
    return None


def _told(name: str, declared: Mapping[str, object]) -> str:
    """A property as it stands in the JSON: `the code 'hti'`, `the code null`, `no code`."""
    value = declared.get(name)
    if name not in declared:
        return f"no {name}"
    return f"the {name} {value!r}" if isinstance(value, str) else f"the {name} {json.dumps(value)}"


def _line(title: str) -> str:
    """A name without line breaks, control characters and marks that turn the direction of a text."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in title).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
