"""What the linked-data descriptions (schema.org, Croissant, RO-Crate) share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from musterroll.release.content import Content
from musterroll.release.metadata.contributors import Contributor
from musterroll.release.metadata.describe import Description
from musterroll.release.metadata.licences import Licence
from musterroll.release.metadata.tables import described_tables

Node = dict[str, object]


def without_empty(facts: Mapping[str, object]) -> Node:
    """The facts that are known: no None, no empty text and no empty list; False and 0 are facts."""
    return {name: value for name, value in facts.items() if value is not None and value != "" and value not in ([], ())}


def address(path: str) -> str:
    """A file's path as a relative web address."""
    return quote(path, safe="/")


def summary(content: Content, described: Description) -> str:
    """The package's description; without one the little there is to say, its title, name, version and tables."""
    return described.text or "\n\n".join([described.title, outline(content, described)])


def outline(content: Content, described: Description) -> str:
    """Name, version and tables of a release, in a sentence."""
    sizes = [f"{table.name} ({len(table.table.rows)} rows)" for table in described_tables(content)]
    return f"Data package {described.name}, version {described.version}, tables: {', '.join(sizes) or 'none'}."


def dataset_facts(content: Content, described: Description) -> Node:
    """What schema.org says of any data set, as far as the descriptor tells it."""
    return without_empty(
        {
            "name": described.title,
            "alternateName": described.name if described.name != described.title else None,
            "description": summary(content, described),
            "version": described.version,
            "identifier": described.identifier,
            "url": described.homepage,
            "datePublished": described.created,
            "license": one_or_all([licence(item) for item in described.licences]),
            "creator": [*map(agent, described.authors)],
            "maintainer": [*map(agent, described.with_role("maintainer"))],
            "publisher": [*map(agent, described.with_role("publisher"))],
            "keywords": described.keywords,
            "inLanguage": described.languages,
            "temporalCoverage": described.period,
            "isBasedOn": [{"@type": "CreativeWork", **_named(source)} for source in described.sources],
        }
    )


def licence(item: Licence) -> str | Node:
    """A licence by its URL, or by its name if it has none."""
    return item.url or {"@type": "CreativeWork", "name": item.name}


def agent(contributor: Contributor) -> Node:
    """A person, or an organisation: whoever has no given or family name."""
    affiliation = contributor.affiliation if contributor.is_person else None
    return without_empty(
        {
            "@type": "Person" if contributor.is_person else "Organization",
            "name": contributor.name,
            "givenName": contributor.given,
            "familyName": contributor.family,
            "url": contributor.url,
            "affiliation": {"@type": "Organization", "name": affiliation} if affiliation else None,
        }
    )


def one_or_all(items: Sequence[object]) -> object:
    """The only item, or the list of all; None of none."""
    return items[0] if len(items) == 1 else items or None


def _named(source: Mapping[str, str]) -> Mapping[str, str]:
    return {{"title": "name"}.get(key, key): value for key, value in source.items()}
