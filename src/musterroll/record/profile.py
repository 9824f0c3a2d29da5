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
_VERSIONED = re.compile(re.escape(PROFILE) + r"/[0-9]+\.[0-9]+\.[0-9]+")


@cache
def profile_schemas() -> Mapping[str, Mapping[str, Any]]:
    """The profile's Table Schemas by table name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(profile_folder().glob("*.json"))}


def profile_folder() -> Path:
    """Where the schemas lie in this installation."""
    return _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_CHECKOUT


def is_named_exactly(declared: str) -> bool:
    """Whether `conformsTo` is the profile's name, a slash and a version of three numbers."""
    return bool(_VERSIONED.fullmatch(declared))


def follows_profile(declared: str | None) -> bool:
    """Whether `conformsTo` names the mission-record profile, in whatever version."""
    return declared is not None and declared.partition("/")[0] == PROFILE


def is_readable_version(declared: str) -> bool:
    """Whether this toolkit knows the meaning of that version: the same major, or before 1.0 the same minor."""
    if not is_named_exactly(declared):
        return False
    ours, theirs = PROFILE_VERSION.split("."), declared.partition("/")[2].split(".")
    width = 2 if ours[0] == "0" else 1
    return theirs[:width] == ours[:width]
