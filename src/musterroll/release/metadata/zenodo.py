"""`.zenodo.json`: the metadata of a deposit on Zenodo, by the names of its deposit API.

Zenodo wants a creator; the work of unnamed people is that of "The <name>
project", as in `CITATION.cff`. It takes a deposit without a licence for CC0, and
knows one licence only: where the package does not name exactly one that Zenodo
knows, the notes say what it names, for the depositor to read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from musterroll.release.content import Content, ReleasedFile
from musterroll.release.metadata.contributors import Contributor
from musterroll.release.metadata.describe import Description, describe
from musterroll.release.metadata.inert import json_text

PATH = ".zenodo.json"
MEDIATYPE = "application/json"
TITLE = "Metadata for a deposit on Zenodo"

# What Zenodo calls contributors; other roles are "Other".
_TYPES = (
    "ContactPerson",
    "DataCollector",
    "DataCurator",
    "DataManager",
    "Distributor",
    "Editor",
    "HostingInstitution",
    "Producer",
    "ProjectLeader",
    "ProjectManager",
    "ProjectMember",
    "RegistrationAgency",
    "RegistrationAuthority",
    "RelatedPerson",
    "Researcher",
    "ResearchGroup",
    "RightsHolder",
    "Supervisor",
    "Sponsor",
    "WorkPackageLeader",
)
_TYPE_OF: Mapping[str, str] = {name.lower(): name for name in _TYPES}


def render(content: Content, files: Sequence[ReleasedFile]) -> str:  # noqa: ARG001  # the protocol prescribes it
    """The file's text; `files` are not part of it."""
    described = describe(content)
    others = [person for person in described.contributors if person not in described.authors]
    document = {
        "title": described.title,
        "upload_type": "dataset",
        "description": _html(described.text or described.title),
        "creators": [*map(_person, described.authors)] or [{"name": described.collective}],
        "contributors": [{**_person(person), "type": _type(person)} for person in others],
        "license": described.licence.spdx if described.licence else None,
        "keywords": described.keywords,
        "version": described.version,
        "publication_date": described.created,
        "language": next((code for code in described.languages[:1] if re.fullmatch("[a-z]{3}", code)), None),
        "related_identifiers": _related(described),
        "notes": _notes(described),
    }
    return json_text({name: value for name, value in document.items() if value})


def _person(contributor: Contributor) -> Mapping[str, str]:
    told = {
        "name": contributor.inverted,
        "affiliation": contributor.affiliation,
        "orcid": contributor.orcid,
    }
    return {name: value for name, value in told.items() if value}


def _type(contributor: Contributor) -> str:
    known = (_TYPE_OF.get(role.lower()) for role in contributor.roles)
    return next(filter(None, known), "Other")


def _related(described: Description) -> Sequence[Mapping[str, str]]:
    addresses = dict.fromkeys(source["url"] for source in described.sources if "url" in source)
    return [{"identifier": address, "relation": "isDerivedFrom"} for address in addresses]


def _notes(described: Description) -> str | None:
    if described.licence and described.licence.spdx:
        return None
    named = [" ".join(filter(None, [licence.name, licence.url])) for licence in described.licences]
    return _html(f"Licences: {'; '.join(named)}" if named else "The data package names no licence.")


def _html(text: str) -> str:
    """Paragraphs of plain text; what looks like a tag is shown, not obeyed."""
    paragraphs = (part for part in re.split(r"\n\s*\n", text) if part.strip())
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in paragraphs)
