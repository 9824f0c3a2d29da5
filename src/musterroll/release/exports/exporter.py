"""What every export offers: the files it makes of a release, how they are written, and how they are proven."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from musterroll.release.content import Content


@dataclass(frozen=True)
class ExportFile:
    """One file of an export: its path in the release folder, and what it is."""

    path: str
    mediatype: str
    title: str


class Exporter(Protocol):
    """An export of the whole package; its modules are the entries of `EXPORTERS`."""

    NAME: str

    def files(self, content: Content) -> list[ExportFile]:
        """The files that `write` makes."""

    def write(self, content: Content, folder: Path) -> None:
        """Write them into the release folder."""

    def differences(self, content: Content, folder: Path) -> Iterator[str]:
        """Read them back and say, in a sentence each, where they are not equal to the tables.

        Of each file come some sentences and then how many more there are. A
        file that is missing or damaged is a sentence too.
        """
