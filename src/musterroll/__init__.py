"""Read, check, compare and publish data packages whose every figure has a source.

`open` reads a package and gives its tables as typed frames; `diff` tells what
changed between two. Both are looked up when they are first used, so that the
command line does not wait for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from musterroll.reading import Release as Release
    from musterroll.reading import diff as diff
    from musterroll.reading import open as open

__version__ = "0.1.0"

PROFILE = "mission-record"
PROFILE_VERSION = "0.1.1"

__all__ = ["PROFILE", "PROFILE_VERSION", "Release", "__version__", "diff", "open"]


def __getattr__(name: str) -> Any:
    if name in {"Release", "diff", "open"}:
        from musterroll import reading

        return getattr(reading, name)
    raise AttributeError(f"musterroll has no {name}")
