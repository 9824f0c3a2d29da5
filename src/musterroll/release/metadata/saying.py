"""What a value of a descriptor says, or None: a form that cannot be meant is left out, not passed on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_PART = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*"
_URL = re.compile(rf"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{{1,5}})?(?:[/?]{_PART})?(?:#{_PART})?")


def text(value: object) -> str | None:
    """A text that is not blank."""
    return value if isinstance(value, str) and value.strip() else None


def texts(value: object) -> tuple[str, ...]:
    """The texts of a list, each once."""
    return tuple(dict.fromkeys(filter(None, map(text, value)))) if isinstance(value, list) else ()


def objects(value: object) -> list[Mapping[str, Any]]:
    """The objects of a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def as_url(value: object) -> str | None:
    """A web address: nothing else may become a link."""
    return value if isinstance(value, str) and _URL.fullmatch(value) else None


def as_day(value: object) -> str | None:
    """The day of a date or a moment, as it is written there; no time zone is guessed."""
    match = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt ].*)?", value) if isinstance(value, str) else None
    try:
        return date.fromisoformat(match[1]).isoformat() if match else None
    except ValueError:
        return None
