"""Who made a package, as its descriptor tells it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from musterroll.release.metadata.saying import as_url, text, texts

_ORCID = re.compile(r"https?://orcid\.org/([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])/?")
_EMAIL = re.compile(r"[!-?A-~]+@[!-?A-~]+\.[!-?A-~]{2,}")


@dataclass(frozen=True)
class Contributor:
    """A person or organisation; a person has a given or a family name."""

    name: str
    given: str | None
    family: str | None
    url: str | None
    email: str | None
    organization: str | None
    roles: tuple[str, ...]

    @property
    def is_person(self) -> bool:
        """Whether the descriptor tells a person's names; a title alone may be anybody's."""
        return bool(self.given or self.family)

    @property
    def affiliation(self) -> str | None:
        """The organisation that it belongs to, unless it is that organisation."""
        return self.organization if self.organization != self.name else None

    @property
    def inverted(self) -> str:
        """Family name first, as catalogues list people; the name as it is for anybody else."""
        return ", ".join(part for part in (self.family, self.given) if part) or self.name

    @property
    def orcid(self) -> str | None:
        """The ORCID iD that the contributor's URL is, if it is one."""
        match = _ORCID.fullmatch(self.url or "")
        return match[1] if match else None


def contributor(item: Mapping[str, Any]) -> Contributor:
    """An entry of `contributors`; its name is empty if it has nothing to be called by."""
    given, family = text(item.get("givenName")), text(item.get("familyName"))
    whole = " ".join(part for part in (given, family) if part)
    organization, role = text(item.get("organization")), text(item.get("role"))  # `role` is how version 1 has it
    email = text(item.get("email"))
    return Contributor(
        name=text(item.get("title")) or whole or organization or "",
        given=given,
        family=family,
        url=as_url(item.get("path")),
        email=email if email and _EMAIL.fullmatch(email) else None,
        organization=organization,
        roles=texts(item.get("roles")) or ((role,) if role else ()),
    )
