"""`CITATION.cff` and `.zenodo.json`: valid, complete, and never more than the descriptor says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema  # type: ignore[import-untyped]
from jsonschema import Draft7Validator
from referencing import Registry

from golden import build_base
from metadata_of import ONE_TABLE, RICH, content_of, make
from musterroll.release.metadata import citation, zenodo
from musterroll.release.metadata.citing import bibtex
from musterroll.release.metadata.citing import citation as sentence
from musterroll.release.metadata.describe import describe
from musterroll.release.metadata.licences import OPEN, OTHER, Licence
from running import ROOT

# The schema of Citation File Format 1.2.0, as check-jsonschema carries it.
_SCHEMA: dict[str, Any] = get_builtin_schema("vendor.citation-file-format")
_CFF = Draft7Validator(_SCHEMA, registry=Registry())


def cff(folder: Path) -> dict[str, Any]:
    """The file as a reader of YAML has it; valid, or the test fails."""
    document = yaml.safe_load(citation.render(content_of(folder), []))
    assert [error.message for error in _CFF.iter_errors(document)] == []
    return dict(document)


def deposit(folder: Path) -> dict[str, Any]:
    return dict(json.loads(zenodo.render(content_of(folder), [])))


def contributors_of(folder: Path, *contributors: Mapping[str, Any]) -> Path:
    return make(folder, {"contributors": contributors}, ONE_TABLE)


def test_the_citation_in_the_root_is_that_of_the_package_in_the_root(accept: bool) -> None:
    """Where repositories and reference managers look for it; after a new version, `--accept`."""
    said = citation.render(content_of(ROOT), [])
    if accept:
        (ROOT / citation.PATH).write_text(said)

    assert (ROOT / citation.PATH).read_text() == said


def test_the_record_is_cited_by_what_its_descriptor_says() -> None:
    found = cff(ROOT)
    descriptor = json.loads((ROOT / "datapackage.json").read_text())

    assert found.pop("message")
    assert found == {
        "cff-version": "1.2.0",
        "type": "dataset",
        "title": descriptor["title"],
        "abstract": descriptor["description"],
        "authors": [{"name": descriptor["contributors"][0]["title"]}],
        "version": descriptor["version"],
        "date-released": descriptor["created"][:10],
        "keywords": descriptor["keywords"],
        "license": "CC-BY-4.0",
    }


def test_people_have_names_organisations_have_a_name_and_roles_tell_authors(tmp_path: Path) -> None:
    found = cff(make(tmp_path / "rich", RICH, ONE_TABLE))

    assert found["authors"] == [
        {
            "family-names": "Lovelace",
            "given-names": "Ada",
            "affiliation": "Analytical Society",
            "email": "ada@example.org",
            "orcid": "https://orcid.org/0000-0002-1825-0097",
        },
        {"name": "An Institute", "website": "https://example.org/institute"},
    ]
    assert (found["doi"], found["license"]) == ("10.1594/PANGAEA.726855", "PDDL-1.0")
    assert (found["url"], found["date-released"]) == (RICH["homepage"], "2025-03-04")


@pytest.mark.parametrize("package", ["plain", "ferries"])
def test_the_work_of_unnamed_people_is_that_of_a_project(package: str, tmp_path: Path) -> None:
    folder = build_base(package, tmp_path / package)

    assert cff(folder)["authors"] == [{"name": f"The {package} project"}]
    assert deposit(folder)["creators"] == [{"name": f"The {package} project"}]
    assert not {"license", "date-released", "keywords", "abstract", "url"} & cff(folder).keys()


@pytest.mark.parametrize(
    ("contributors", "authors"),
    [
        ([{"title": "A"}, {"title": "B"}], [{"name": "A"}, {"name": "B"}]),
        ([{"title": "A", "role": "contributor"}, {"title": "B", "role": "Author"}], [{"name": "B"}]),
        ([{"title": "A"}, {"title": "A"}], [{"name": "A"}]),
        ([{"title": "A", "roles": ["creator"]}, {"title": "A", "roles": ["author"]}], [{"name": "A"}]),
        ([{"givenName": "Ada"}], [{"given-names": "Ada"}]),
        ([{"organization": "O"}], [{"name": "O"}]),
        ([{"title": " "}, {"email": "a@b.cd"}, {"title": 7}], [{"name": "The made project"}]),
        ([{"title": "A", "email": "nobody at example", "path": "javascript:alert(1)"}], [{"name": "A"}]),
    ],
)
def test_who_is_an_author(contributors: list[Any], authors: list[Any], tmp_path: Path) -> None:
    assert cff(contributors_of(tmp_path / "made", *contributors))["authors"] == authors


@pytest.mark.parametrize(
    ("licences", "told"),
    [
        ([{"name": "CC-BY-4.0"}], {"license": "CC-BY-4.0"}),
        ([{"name": "odc-by-1.0"}], {"license": "ODC-By-1.0"}),
        ([{"name": "house-rules", "path": "https://example.org/rules"}], {"license-url": "https://example.org/rules"}),
        ([{"name": "house-rules", "path": "LICENSE.txt"}], {}),
        ([{"name": "CC-BY-4.0"}, {"name": "ODbL-1.0"}], {}),
        ([{}], {}),
        ([], {}),
    ],
)
def test_one_licence_is_told_and_several_are_not_turned_into_a_choice(
    licences: list[Any], told: dict[str, str], tmp_path: Path
) -> None:
    found = cff(make(tmp_path / "made", {"licenses": licences}, ONE_TABLE))

    assert {name: value for name, value in found.items() if name.startswith("license")} == told


def test_every_licence_known_here_is_one_that_the_format_takes() -> None:
    allowed = set(_SCHEMA["definitions"]["license-enum"]["enum"])

    assert {*OPEN, *OTHER} <= allowed
    assert Licence("CC-BY-SA-4.0", None, None).is_open
    assert not Licence("CC-BY-NC-4.0", None, None).is_open
    assert not Licence(None, "Some licence", None).is_open


@pytest.mark.parametrize("created", ["2024", "2024-02-30T00:00:00Z", "soon", 2024, "2024-01-01T00:00:00Z\n"])
def test_a_date_that_is_none_is_left_out(created: Any, tmp_path: Path) -> None:
    folder = make(tmp_path / "made", {"created": created}, ONE_TABLE)

    assert "date-released" not in cff(folder)
    assert "publication_date" not in deposit(folder)


@pytest.mark.parametrize(
    "homepage", ["ftp://example.org", "example.org", "https://", "https://a b", "https://a/%zz", "https://a/\n", 7]
)
def test_an_address_that_is_none_is_left_out(homepage: Any, tmp_path: Path) -> None:
    assert "url" not in cff(make(tmp_path / "made", {"homepage": homepage}, ONE_TABLE))


def test_a_deposit_has_what_zenodo_has_words_for(tmp_path: Path) -> None:
    assert deposit(make(tmp_path / "rich", RICH, ONE_TABLE)) == {
        "title": RICH["title"],
        "upload_type": "dataset",
        "description": "".join(f"<p>{paragraph}</p>" for paragraph in RICH["description"].split("\n\n")),
        "creators": [
            {"name": "Lovelace, Ada", "affiliation": "Analytical Society", "orcid": "0000-0002-1825-0097"},
            {"name": "An Institute"},
        ],
        "contributors": [{"name": "Charles", "type": "DataCurator"}, {"name": "Menabrea", "type": "Other"}],
        "license": "PDDL-1.0",
        "keywords": ["one", "two"],
        "version": "2.1.0",
        "publication_date": "2025-03-04",
        "language": "fra",
        "related_identifiers": [{"identifier": "https://example.org/report", "relation": "isDerivedFrom"}],
    }


@pytest.mark.parametrize(
    ("licences", "notes"),
    [
        ([], "<p>The data package names no licence.</p>"),
        ([{"name": "CC-BY-4.0"}, {"title": "<b>Ours</b>"}], "<p>Licences: CC-BY-4.0; &lt;b&gt;Ours&lt;/b&gt;</p>"),
        ([{"name": "own", "path": "https://example.org/own"}], "<p>Licences: own https://example.org/own</p>"),
        ([{"name": "CC-BY-4.0"}], None),
    ],
)
def test_a_depositor_reads_of_a_licence_that_zenodo_would_replace_by_its_own(
    licences: list[Any], notes: str | None, tmp_path: Path
) -> None:
    found = deposit(make(tmp_path / "made", {"licenses": licences}, ONE_TABLE))

    assert found.get("notes") == notes
    assert ("license" in found) == (notes is None)


def test_how_to_cite_is_a_sentence_and_an_entry_that_latex_prints_as_it_reads(tmp_path: Path) -> None:
    found = describe(content_of(make(tmp_path / "rich", {**RICH, "title": "100 % {of} $5 & \\up_to #1"}, ONE_TABLE)))

    assert sentence(found) == (
        "Lovelace, Ada; An Institute (2025). 100 % {of} $5 & \\up_to #1 (version 2.1.0) [Data set]. "
        "https://doi.org/10.1594/PANGAEA.726855"
    )
    assert bibtex(found).splitlines() == [
        "@misc{rich-2-1-0,",
        "  author = {{Lovelace}, {Ada} and {An Institute}},",
        r"  title = {{100 \% \{of\} \$5 \& \textbackslash{}up\_to \#1}},",
        "  year = {2025},",
        "  version = {2.1.0},",
        "  note = {Data set, version 2.1.0},",
        "  doi = {10.1594/PANGAEA.726855},",
        "  url = {https://example.org/rich?a=1&b=2#top}",
        "}",
    ]


def test_a_citation_without_names_date_or_address_says_so(tmp_path: Path) -> None:
    found = describe(content_of(make(tmp_path / "made", {}, ONE_TABLE)))

    assert sentence(found) == "The made project (no date). made (version 1.0.0) [Data set]."
    assert "year" not in bibtex(found)
    assert "author = {{The made project}}" in bibtex(found)
