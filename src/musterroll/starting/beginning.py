"""What a new mission record needs to know, and what it may not be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from musterroll.drafting.unfit import refuse
from musterroll.markdown import shown

# The licences of data that a new package may choose by name; any other can be written into its descriptor.
LICENCES = {
    "CC-BY-4.0": ("https://creativecommons.org/licenses/by/4.0/", "Creative Commons Attribution 4.0 International"),
    "CC0-1.0": ("https://creativecommons.org/publicdomain/zero/1.0/", "Creative Commons Zero 1.0 Universal"),
}
_NAME = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")
_CODE = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST_NAME, _LONGEST_TEXT = 100, 200  # characters


@dataclass(frozen=True)
class Beginning:
    """A record that is to be begun: of which country, and up to which day it will claim to be complete.

    `host_code` is the ISO 3166-1 alpha-3 code of the country of the mission,
    `host_title` its English name. Raises `Unfit`, with every fault, if a value does
    not fit.
    """

    name: str
    host_code: str
    host_title: str
    horizon: str
    title: str = ""
    licence: str = "CC-BY-4.0"

    def __post_init__(self) -> None:
        """See that every value fits."""
        refuse(self._faults())

    @property
    def heading(self) -> str:
        """The title, made of the host's if none was given."""
        return self.title or f"Pledged and present: the missions in {self.host_title}"

    def _faults(self) -> Iterator[str]:
        for fault in (
            name_fault(self.name),
            host_code_fault(self.host_code),
            text_fault("the host's title", self.host_title),
            horizon_fault(self.horizon),
            text_fault("the title", self.title) if self.title else None,
        ):
            if fault:
                yield fault
        if self.licence not in LICENCES:
            yield f"the licence must be one of {', '.join(LICENCES)}"


def name_fault(name: str) -> str | None:
    """Why no package may have this name, or None."""
    if _NAME.fullmatch(name) and len(name) <= _LONGEST_NAME:
        return None
    return (
        f"a package cannot be named {name!r}: small letters and digits, with single - . or _ between them,"
        f" at most {_LONGEST_NAME}"
    )


def host_code_fault(code: str) -> str | None:
    """Why this is no code of a country, or None."""
    if _CODE.fullmatch(code):
        return None
    return f"{code!r} is not three capital letters, as ISO 3166-1 alpha-3 codes are (XAA to XZZ: made-up countries)"


def horizon_fault(day: str) -> str | None:
    """Why this is no day, or None."""
    try:
        date.fromisoformat(day)
    except ValueError:
        return f"the horizon {day!r} is no date, as in 2025-06-30"
    return None if _DAY.fullmatch(day) else f"the horizon {day!r} is not written as in 2025-06-30"


def text_fault(what: str, text: str) -> str | None:
    """Why this cannot stand as a title in one line, or None."""
    if not text.strip():
        return f"{what} is empty"
    if any(unicodedata.category(char) == "Cs" for char in text):  # what Python makes of bytes that it cannot decode
        return f"{what} holds bytes that are no text"
    if shown(text) != text:
        return f"{what} must be one line, without control characters and spaces around it"
    return f"{what} has more than {_LONGEST_TEXT} characters" if len(text) > _LONGEST_TEXT else None
