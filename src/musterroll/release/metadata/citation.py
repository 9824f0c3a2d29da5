"""`CITATION.cff`: how to cite the release, for GitHub, Zotero and Zenodo (Citation File Format 1.2.0).

The format demands an author. A package that names no contributor is cited as the
work of "The <name> project", which is what the format's guide advises where
nobody can be named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from musterroll.release.content import Content, ReleasedFile
from musterroll.release.metadata.contributors import Contributor
from musterroll.release.metadata.describe import Description, describe
from musterroll.release.metadata.inert import YamlItem, yaml_text

PATH = "CITATION.cff"
MEDIATYPE = "application/yaml"
TITLE = "How to cite this release (Citation File Format)"


def render(content: Content, files: Sequence[ReleasedFile]) -> str:  # noqa: ARG001  # the protocol prescribes it
    """The file's text; `files` are not part of it."""
    described = describe(content)
    document: dict[str, str | Sequence[YamlItem] | None] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": described.title,
        "abstract": described.text,
        "authors": _authors(described),
        "doi": described.doi,
        "version": described.version,
        "date-released": described.created,
        "keywords": described.keywords,
        **_licence(described),
        "url": described.homepage,
    }
    return yaml_text({key: value for key, value in document.items() if value})


def _authors(described: Description) -> Sequence[YamlItem]:
    found: list[YamlItem] = []
    for author in map(_author, described.authors):
        if author not in found:  # the format wants them unique
            found.append(author)
    return found or [{"name": described.collective}]


def _author(contributor: Contributor) -> Mapping[str, str]:
    orcid = f"https://orcid.org/{contributor.orcid}" if contributor.orcid else None
    told: Mapping[str, str | None] = {
        **(
            {
                "family-names": contributor.family,
                "given-names": contributor.given,
                "affiliation": contributor.affiliation,
            }
            if contributor.is_person
            else {"name": contributor.name}
        ),
        "email": contributor.email,
        "orcid": orcid,
        "website": None if orcid else contributor.url,
    }
    return {key: value for key, value in told.items() if value}


def _licence(described: Description) -> Mapping[str, str]:
    """The licence by its SPDX id, else by its URL; of several none, for the format takes them for a choice."""
    licence = described.licence
    if licence is None:
        return {}
    if licence.spdx:
        return {"license": licence.spdx}
    return {"license-url": licence.url} if licence.url else {}
