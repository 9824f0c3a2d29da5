"""What the maintainer says of a release: the property `release` of the descriptor, read strictly.

    "release": {
      "version": "1.1.0",
      "briefly": "One or two sentences.",
      "explained": {"change-share": "Why so many rows changed.", "totals-moved": "Why totals moved."},
      "knownProblems": ["…"]
    }

All of it may be left out. Notes that name another version than the package has
were written for that one and say nothing of this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from musterroll.errors import Unusable
from musterroll.package.descriptor import DESCRIPTOR, Package

_KNOWN = ("version", "briefly", "explained", "knownProblems")


@dataclass(frozen=True)
class Notes:
    """The maintainer's words; `explained` by the name of what they explain."""

    briefly: str | None = None
    explained: Mapping[str, str] = field(default_factory=dict)
    known_problems: tuple[str, ...] = ()


def read_notes(package: Package) -> Notes:
    """The notes in a descriptor; empty if there are none, or if they are another version's.

    Raises `Unusable`, with the place, if they are not what they should be.
    """
    if "release" not in package.descriptor:
        return Notes()
    stated = _object(package, "release")
    for key in stated:
        if key not in _KNOWN:
            raise _unusable(package, ("release", key), f"is unknown; release may hold {', '.join(_KNOWN)}")
    version = _text(package, "release", "version") if "version" in stated else package.version
    notes = Notes(
        briefly=_text(package, "release", "briefly") if "briefly" in stated else None,
        explained=_explained(package) if "explained" in stated else {},
        known_problems=_problems(package) if "knownProblems" in stated else (),
    )
    return notes if version == package.version else Notes()


def _explained(package: Package) -> Mapping[str, str]:
    return {key: _text(package, "release", "explained", key) for key in _object(package, "release", "explained")}


def _problems(package: Package) -> tuple[str, ...]:
    listed = _at(package, "release", "knownProblems")
    if not isinstance(listed, list):
        raise _unusable(package, ("release", "knownProblems"), "is not a list of texts")
    return tuple(_text(package, "release", "knownProblems", position) for position in range(len(listed)))


def _object(package: Package, *pointer: str | int) -> Mapping[str, Any]:
    value = _at(package, *pointer)
    if not isinstance(value, dict):
        raise _unusable(package, pointer, "is not an object")
    return value


def _text(package: Package, *pointer: str | int) -> str:
    value = _at(package, *pointer)
    if not isinstance(value, str) or not value.strip():
        raise _unusable(package, pointer, "is not a text")
    return value.strip()


def _at(package: Package, *pointer: str | int) -> Any:
    value: Any = package.descriptor
    for step in pointer:
        value = value[step]
    return value


def _unusable(package: Package, pointer: tuple[str | int, ...], what: str) -> Unusable:
    line, column = package.document.place(pointer)
    return Unusable(f"{DESCRIPTOR}:{line}:{column}: {'/'.join(map(str, pointer))} {what}")
