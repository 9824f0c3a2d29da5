"""`ro-crate-metadata.json`: the release folder as a research object (RO-Crate 1.2).

Every file is a data entity, licences and contributors are contextual entities;
what this toolkit made of the package is the result of an action of it. RO-Crate
demands a licence, which may be a text, and a date of publication: a package
without `created` gives a crate without one, for no other date is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import musterroll
from musterroll.release.content import Content, ReleasedFile
from musterroll.release.metadata.citing import citation
from musterroll.release.metadata.contributors import Contributor
from musterroll.release.metadata.describe import Description, describe
from musterroll.release.metadata.inert import json_text
from musterroll.release.metadata.licences import Licence
from musterroll.release.metadata.linked import Node, address, agent, one_or_all, summary, without_empty
from musterroll.release.metadata.tables import described_tables

PATH = "ro-crate-metadata.json"
MEDIATYPE = "application/ld+json"
TITLE = "The release as a research object (RO-Crate 1.2)"

_VERSION = "https://w3id.org/ro/crate/1.2"
_MAKING, _TOOL = "#release", "#musterroll"
_PERMANENT = ("https://orcid.org/", "https://ror.org/")  # addresses that are one contributor's and nobody else's


def render(content: Content, files: Sequence[ReleasedFile]) -> str:
    """The file's text; `files` holds every file that the crate is to describe."""
    described = describe(content)
    licences = [_licence(item, f"#licence-{number}") for number, item in enumerate(described.licences, start=1)]
    people = {
        person: _contributor(person, f"#contributor-{number}")
        for number, person in enumerate(described.contributors, start=1)
    }
    texts = {table.path: table.description for table in described_tables(content)}
    parts = [_file(file, texts.get(file.path)) for file in files if file.path != PATH]
    root = _root(content, described, licences, people, parts)
    entities = [_descriptor(), root, *licences, *people.values(), *_making(content, files), *parts]
    unique = {entity["@id"]: entity for entity in reversed(entities)}  # one address may serve two: the first has it
    return json_text({"@context": f"{_VERSION}/context", "@graph": [*reversed(unique.values())]})


def _descriptor() -> Node:
    return {
        "@id": PATH,
        "@type": "CreativeWork",
        "name": TITLE,
        "about": {"@id": "./"},
        "conformsTo": {"@id": _VERSION},
    }


def _root(
    content: Content,
    described: Description,
    licences: Sequence[Node],
    people: Mapping[Contributor, Node],
    parts: Sequence[Node],
) -> Node:
    def nodes(persons: Iterable[Contributor]) -> Sequence[Node]:
        return [people[person] for person in persons]

    return without_empty(
        {
            "@id": "./",
            "@type": "Dataset",
            "name": described.title,
            "description": summary(content, described),
            "datePublished": described.created,
            "license": _references(licences) or "The data package names no licence.",
            "version": described.version,
            "identifier": described.identifier,
            "url": described.homepage,
            "keywords": described.keywords,
            "author": _references(nodes(described.authors)),
            "maintainer": _references(nodes(described.with_role("maintainer"))),
            "publisher": _references(nodes(described.with_role("publisher"))),
            "temporalCoverage": described.period,
            "inLanguage": one_or_all(described.languages),
            "creditText": citation(described),
            "hasPart": [{"@id": part["@id"]} for part in parts],
            "mentions": {"@id": _MAKING},
        }
    )


def _licence(licence: Licence, id: str) -> Node:
    known = licence.spdx or licence.id
    return without_empty(
        {
            "@id": licence.url or id,
            "@type": "CreativeWork",
            "name": licence.name,
            "description": known if known != licence.name else None,
            "url": licence.url,
        }
    )


def _contributor(person: Contributor, id: str) -> Node:
    is_permanent = (person.url or "").startswith(_PERMANENT)
    return {
        "@id": person.url if is_permanent else id,
        **agent(person),
        **without_empty({"affiliation": person.affiliation if person.is_person else None}),  # no nested entities here
    }


def _making(content: Content, files: Sequence[ReleasedFile]) -> Sequence[Node]:
    """The action that made of the package what is not the package, and the software that did it."""
    package = set(content.paths)
    made = [_reference(file) for file in files if file.path not in package and file.path != PATH]
    action = {
        "@id": _MAKING,
        "@type": "CreateAction",
        "name": "Release of the data package",
        "instrument": {"@id": _TOOL},
        "object": [_reference(file) for file in files if file.path in package],
        "result": made,
    }
    tool: Node = {
        "@id": _TOOL,
        "@type": "CreativeWork",  # the entity of a SoftwareApplication must have a web address, and this has none yet
        "additionalType": "http://schema.org/SoftwareApplication",
        "name": "musterroll",
        "version": musterroll.__version__,
    }
    return [without_empty(action), tool]


def _file(file: ReleasedFile, description: str | None) -> Node:
    return without_empty(
        {
            **_reference(file),
            "@type": "File",
            "name": file.title,
            "description": description,
            "contentSize": str(file.bytes),
            "encodingFormat": file.mediatype,
            "sha256": file.sha256,
        }
    )


def _reference(file: ReleasedFile) -> Node:
    return {"@id": address(file.path)}


def _references(nodes: Sequence[Node]) -> object:
    return one_or_all([{"@id": node["@id"]} for node in nodes])
