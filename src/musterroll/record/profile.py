"""The mission-record profile: the table schemas that a record of a mission follows.

They are the files of the repository's `schemas/`; a wheel carries them inside
the package, an editable install reads the checkout's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from musterroll import PROFILE, PROFILE_VERSION

_IN_WHEEL = Path(__file__).parents[1] / "profile"
_IN_CHECKOUT = Path(__file__).parents[3] / "schemas"
_DESCRIPTOR_IN_WHEEL = _IN_WHEEL / "descriptor"
_DESCRIPTOR_IN_CHECKOUT = Path(__file__).parents[3] / "profile"  # not in schemas/, whose files belong to the package
_NUMBER = r"(?:0|[1-9][0-9]{0,8})"
_VERSIONED = re.compile(re.escape(PROFILE) + rf"/{_NUMBER}\.{_NUMBER}\.{_NUMBER}")

# Codes with an older spelling, from when the profile knew missions in Haiti alone: table and column, older, newer.
# Both say the same, and a schema may list either or both.
SPELLINGS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("contributions", "recipient"): ("haitian_police", "national_police"),
    ("deployments", "place"): ("in_haiti", "in_country"),
}


@cache
def profile_schemas() -> Mapping[str, Mapping[str, Any]]:
    """The profile's Table Schemas by table name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(profile_folder().glob("*.json"))}


@cache
def descriptor_schema() -> Mapping[str, Any]:
    """The profile's JSON Schema of the descriptor; it extends that of Data Package 2.0."""
    (path,) = (_DESCRIPTOR_IN_WHEEL if _IN_WHEEL.is_dir() else _DESCRIPTOR_IN_CHECKOUT).glob("*.json")
    schema: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def profile_folder() -> Path:
    """Where the schemas lie in this installation."""
    return _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_CHECKOUT


def is_named_exactly(declared: str) -> bool:
    """Whether `conformsTo` is the profile's name, a slash and a version of three numbers."""
    return bool(_VERSIONED.fullmatch(declared))


def follows_profile(declared: str | None) -> bool:
    """Whether `conformsTo` names the mission-record profile, in whatever version."""
    return declared is not None and declared.partition("/")[0] == PROFILE


def profile_fault(declared: str) -> str | None:
    """Why this toolkit does not know the meaning of that version of the profile, and what to do; None if it does.

    It knows its own major, or before 1.0 its own minor.
    """
    if not is_named_exactly(declared):
        return f"follows {declared!r}, and must follow {PROFILE}/ and three numbers (conformsTo in datapackage.json)"
    ours, theirs = (_known(version) for version in (PROFILE_VERSION, declared.partition("/")[2]))
    if ours == theirs:
        return None
    mend = "install a newer musterroll" if theirs > ours else "it can be read with the musterroll of its time"
    return f"follows {declared}; this musterroll knows {PROFILE} {'.'.join(map(str, ours))}.x; {mend}"


def _known(version: str) -> tuple[int, ...]:
    """The part of a version within which a reader of one understands all."""
    major, minor, _ = map(int, version.split("."))
    return (major, minor) if major == 0 else (major,)
