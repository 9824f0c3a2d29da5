"""Licences as descriptors name them, and what other formats may say of them.

A Data Package takes ids of the Open Definition, `CITATION.cff` and Zenodo those
of SPDX. This is the part of both lists that data are published under; a licence
that is not here is told by its own title and URL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from musterroll.release.metadata.saying import as_url, text

# Conformant with the Open Definition (https://opendefinition.org/licenses): free access is part of that definition.
OPEN = (
    "CC0-1.0",
    "CC-BY-1.0",
    "CC-BY-2.0",
    "CC-BY-2.5",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC-BY-SA-1.0",
    "CC-BY-SA-2.0",
    "CC-BY-SA-2.5",
    "CC-BY-SA-3.0",
    "CC-BY-SA-4.0",
    "ODbL-1.0",
    "ODC-By-1.0",
    "OGL-Canada-2.0",
    "OGL-UK-2.0",
    "OGL-UK-3.0",
    "PDDL-1.0",
)
OTHER = (
    "Apache-2.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-ND-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CDLA-Permissive-1.0",
    "CDLA-Sharing-1.0",
    "MIT",
)
_SPDX: Mapping[str, str] = {**{id.lower(): id for id in (*OPEN, *OTHER)}, "odc-pddl-1.0": "PDDL-1.0"}


@dataclass(frozen=True)
class Licence:
    """A licence of the package, as far as the descriptor tells."""

    id: str | None
    title: str | None
    url: str | None

    @property
    def name(self) -> str:
        """What people call it."""
        return self.title or self.id or self.url or ""

    @property
    def spdx(self) -> str | None:
        """Its SPDX id, if it is one of those known here."""
        return _SPDX.get((self.id or "").lower())

    @property
    def is_open(self) -> bool:
        """Whether everybody may have and use the data free of charge, by the Open Definition."""
        return self.spdx in OPEN


def licence(item: Mapping[str, Any]) -> Licence:
    """An entry of `licenses`; its name is empty if it has nothing to be called by."""
    return Licence(text(item.get("name")), text(item.get("title")), as_url(item.get("path")))
