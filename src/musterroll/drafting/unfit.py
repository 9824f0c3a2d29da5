"""What was asked for cannot be written."""

from __future__ import annotations

from collections.abc import Iterable

from musterroll.errors import MusterError


class Unfit(MusterError):
    """A request that does not fit the package: an unknown column, a bad code, no id to be had. Nothing was written.

    `faults` are told one by one, each in words for people.
    """

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def refuse(faults: Iterable[str]) -> None:
    """Raise `Unfit` if there is any fault."""
    found = tuple(faults)
    if found:
        raise Unfit(*found)
