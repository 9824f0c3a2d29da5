"""What every description of a release says of it: read from the descriptor, in one place, and nothing added.

What the descriptor does not say, or says in a form that cannot be meant (a date
that is none, a URL that is none), is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from musterroll.release.content import Content
from musterroll.release.metadata.contributors import Contributor, contributor
from musterroll.release.metadata.licences import Licence, licence
from musterroll.release.metadata.saying import as_day, as_url, objects, text, texts

_AUTHORS = frozenset({"creator", "author"})
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.[0-9]{4,9}(?:\.[0-9]+)?/[A-Za-z0-9:/_;.()\[\]-]+)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_Named = TypeVar("_Named", Licence, Contributor)


@dataclass(frozen=True)
class Description:
    """The facts about a release that its descriptor states."""

    name: str
    version: str
    title: str  # the name, if it has no title
    text: str | None
    created: str | None  # year, month, day
    keywords: tuple[str, ...]
    licences: tuple[Licence, ...]
    contributors: tuple[Contributor, ...]
    homepage: str | None
    identifier: str | None
    sources: tuple[Mapping[str, str], ...]
    period: str | None  # an ISO 8601 interval
    languages: tuple[str, ...]

    @property
    def authors(self) -> tuple[Contributor, ...]:
        """Who made it: creators and authors; all contributors where none is called so."""
        named = tuple(person for person in self.contributors if _AUTHORS & {*map(str.lower, person.roles)})
        return named or self.contributors

    def with_role(self, role: str) -> tuple[Contributor, ...]:
        """The contributors that the descriptor says have this role."""
        return tuple(person for person in self.contributors if role in map(str.lower, person.roles))

    @property
    def licence(self) -> Licence | None:
        """The one licence; None if there are several, for nothing says whether all hold or any."""
        return self.licences[0] if len(self.licences) == 1 else None

    @property
    def doi(self) -> str | None:
        """The DOI that the descriptor's `id` is, if it is one."""
        match = _DOI.fullmatch(self.identifier or "")
        return match[1] if match else None

    @property
    def address(self) -> str | None:
        """Where to find it: its DOI, else its home on the web."""
        return f"https://doi.org/{self.doi}" if self.doi else self.homepage

    @property
    def collective(self) -> str:
        """What to call the authors where nobody is named, as the CITATION.cff guide advises: after the work."""
        return f"The {self.name} project"


def describe(content: Content) -> Description:
    """The facts that the package's descriptor states."""
    descriptor = content.package.descriptor
    name = content.name
    return Description(
        name=name,
        version=content.version,
        title=text(descriptor.get("title")) or name,
        text=text(descriptor.get("description")),
        created=as_day(descriptor.get("created")),
        keywords=texts(descriptor.get("keywords")),
        licences=_named(map(licence, objects(descriptor.get("licenses")))),
        contributors=_named(map(contributor, objects(descriptor.get("contributors")))),
        homepage=as_url(descriptor.get("homepage")),
        identifier=text(descriptor.get("id")),
        sources=tuple(filter(None, map(_source, objects(descriptor.get("sources"))))),
        period=_period(descriptor),
        languages=tuple(filter(_LANGUAGE.fullmatch, texts(descriptor.get("languages")))),
    )


def _named(found: Iterable[_Named]) -> tuple[_Named, ...]:
    """Each once, without those that have nothing to be called by."""
    return tuple(dict.fromkeys(item for item in found if item.name))


def _source(item: Mapping[str, Any]) -> Mapping[str, str]:
    """Title and URL of a source; a path leads into the package and is no source outside it."""
    found = {"title": text(item.get("title")), "url": as_url(item.get("path"))}
    return {name: value for name, value in found.items() if value}


def _period(descriptor: Mapping[str, Any]) -> str | None:
    """From and until when: `temporal`, or up to the horizon of a mission record."""
    temporal, horizon = descriptor.get("temporal"), as_day(descriptor.get("horizon"))
    if isinstance(temporal, dict):
        start, end = as_day(temporal.get("start")), as_day(temporal.get("end"))
        return f"{start or '..'}/{end or '..'}" if start or end else None
    return f"../{horizon}" if horizon else None
