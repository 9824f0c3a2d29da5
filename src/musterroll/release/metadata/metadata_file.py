"""What every description of a release offers; its modules are the entries of `METADATA`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from musterroll.release.content import Content, ReleasedFile


class MetadataFile(Protocol):
    """One file that describes a release in the words of some other format."""

    PATH: str  # in the release folder
    MEDIATYPE: str
    TITLE: str

    def render(self, content: Content, files: Sequence[ReleasedFile]) -> str:
        """The file's text: a function of the package and of the files that it is to describe, and of nothing else."""
