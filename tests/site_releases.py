"""A mission record in two releases; the second holds what a site has to tell, and cells that want to be more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from edits import append, describe, quoted, replace_text, reschema
from golden import build_base
from muster_cli.catalogue import catalogue
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.release.content import read_content, stage_package
from musterroll.site.published import published
from musterroll.site.site import render
from musterroll.site.subject import Subject
from releases import release, write_manifest

BREAKS_OUT = "</script></style></title></svg>--><img src=x onerror=alert(1)><script>alert(1)</script>"
LONG = "The hold was lifted in writing, by a letter that the ministry sent to the council at the end of May."
_CHANGELOG = """# mission {}

## Briefly

Read [this](javascript:alert(1)), <img src=x onerror=alert(1)> and ![that](https://elsewhere.example/x.png).

| Measure | Number |
|---|---:|
| present | 407 |
"""
_MONEY = (
    "M-0003,MSS,BHS,money,trust_fund,deposited,1000000,1000000,1000000,exact,USD,,2024-05-01,2024-05-31,true,,",
    "M-0004,MSS,BHS,money,mission,deposited,2000000,,,at_least,USD,,2024-06-01,2024-06-01,true,,",
    "M-0005,MSS,BHS,money,trust_fund,pledged,,7000000,,about,EUR,,2024-03-01,2024-03-01,true,,",
    "M-0006,MSS,KEN,money,mission,pledged,,,,unspecified,USD,,2023-12-20,2024-01-10,true,,",
)
_EVIDENCE = (
    "V-0901,deployments,D-0001,,personnel,gazette-2023-10-05,par. 9,196,conflicts,normal,Counted at the airport.",
    f"V-0902,deployments,D-0001,,personnel,gazette-2023-10-05,par. 8,400,conflicts,deprecated,{quoted(BREAKS_OUT)}",
    "V-0903,contributions,M-0001,,amount,gazette-2023-10-05,,3,conflicts,deprecated,A misprint.",
)


def first_release(folder: Path) -> Path:
    """The package of the first release."""
    package = build_base("mission", folder)
    describe(package, version="1.0.0", created="2026-01-02T00:00:00Z")
    replace_text(package, "data/commitments.csv", "The hold was lifted in writing.", quoted(LONG))
    return package


def second_release(folder: Path) -> Path:
    """The package of the second: with more money, disagreement, a row less, a corrected cell and a hostile one."""
    package = first_release(folder)
    notes = {"version": "1.1.0", "briefly": f"More money. {BREAKS_OUT}", "knownProblems": [BREAKS_OUT]}
    describe(package, version="1.1.0", created="2026-03-04T00:00:00Z", release=notes)
    append(package, "contributions", *_MONEY)
    append(package, "evidence", *_EVIDENCE)
    replace_text(package, "data/event_figures.csv", "F-0003,E-0002,killed,70,,,at_least\n", "")
    replace_text(
        package,
        "data/evidence.csv",
        "V-0060,event_figures,F-0003,,figure,gazette-2024-10-25,par. 2,>=70,supports,preferred,\n",
        "",
    )
    replace_text(package, "data/deployments.csv", "Crew of a ship.", quoted(BREAKS_OUT))
    replace_text(package, "data/commitments.csv", "a letter", "an unsigned letter")
    reschema(package, "events", lambda schema: schema.update(title="What happened"))
    return package


def shelf(folder: Path) -> Path:
    """Both, published in one folder."""
    out = folder / "releases"
    for number, make in enumerate((first_release, second_release)):
        package = make(folder / f"package-{number}")
        release(out, package, build=_builder(package, "1.0.0" if number else None))
    return out


def subject_of(releases: Path, version: str) -> Subject:
    """What the site of one of them is about."""
    content = read_content(Folder(releases / version))
    return Subject(content, (), published(releases, content.name), catalogue())


def rendered_with_releases(releases: Path, version: str = "1.1.0") -> dict[str, bytes]:
    """Every file of the site of a release but its downloads."""
    return dict(render(subject_of(releases, version)))


def _builder(package: Path, previous: str | None) -> Callable[[Path], None]:
    """Builds a release without exports."""

    def build(stage: Path) -> None:
        content = stage_package(require_package(Folder(package)), stage)
        (stage / "CHANGELOG.md").write_text(_CHANGELOG.format(content.version))
        write_manifest(stage, content, previous)

    return build
