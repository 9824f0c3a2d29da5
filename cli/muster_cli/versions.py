"""Versions of everything that takes part in a verdict."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from musterroll import PROFILE, PROFILE_VERSION, __version__

_LIBRARIES = ("frictionless", "pandera", "great-expectations", "pandas", "duckdb", "pyarrow", "click", "rich")


def versions() -> str:
    """Toolkit, profile, Python and libraries, one per line."""
    lines = [
        ("musterroll", __version__),
        (f"profile {PROFILE}", PROFILE_VERSION),
        ("python", platform.python_version()),
        *((name, _installed(name)) for name in _LIBRARIES),
    ]
    width = max(len(name) for name, _ in lines)
    return "\n".join(f"{name:<{width}}  {number}" for name, number in lines)


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
