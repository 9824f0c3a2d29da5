"""A record names the country of its mission, and every text says that name: the toolkit knows no country by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from changelog_of import changelog
from edits import describe, replace_text, reschema
from golden import build_base
from muster_cli.render.html import render_html
from muster_cli.render.markdown import render_markdown
from muster_cli.render.text import render_text
from muster_validators import Report, validate
from musterroll.errors import Unusable
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.record.balance import sweep
from musterroll.record.host import Host, host_of
from musterroll.record.loading import load_record
from musterroll.record.profile import SPELLINGS
from musterroll.release.content import read_content
from musterroll.release.exports.derived_descriptor import render_descriptor
from musterroll.site.pages import countries, front, timeline
from musterroll.site.pages.page import html
from musterroll.site.subject import Subject
from running import ROOT

# Dots and brackets are steps into an object to Vega, braces to a template, all else to HTML, Markdown or a terminal.
HOSTILE = "A.b[0]'\"\\ {inside} {{ 7 * 7 }} <b>c</b>\n# [d](e) |\x1b[2J\u202e"
SHOWN = "A.b[0]'\"\\ {inside} {{ 7 * 7 }} <b>c</b> # [d](e) | [2J"


@pytest.fixture(scope="module")
def exampleland(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small record as if its mission had been in a country that is on no map, in the newer spelling."""
    package = build_base("mission", tmp_path_factory.mktemp("host") / "mission")
    _of(package, {"code": "XAA", "title": "Exampleland"})
    for name in ("deployments", "errata"):
        place = package / f"data/{name}.csv"
        place.write_text(place.read_text().replace("in_haiti", "in_country"))
    replace_text(package, "data/missions.csv", " mission in Haiti", " mission in Exampleland")
    for (table, column), (older, _) in SPELLINGS.items():
        reschema(package, table, partial(_without, column, older))
    return package


def _of(package: Path, host: object) -> None:
    describe(package, conformsTo="mission-record/0.1.1", host=host)


def _without(column: str, code: str, schema: dict[str, Any]) -> None:
    field = next(field for field in schema["fields"] if field["name"] == column)
    field["categories"] = [each for each in field["categories"] if each["value"] != code]


@pytest.mark.slow
def test_nothing_says_haiti_of_a_mission_elsewhere(exampleland: Path, tmp_path: Path) -> None:
    report = validate(exampleland, ("structure", "facts"))
    texts = [*_reports(report), changelog(None, exampleland, tmp_path / "stage"), *_pages(exampleland)]
    texts.append(render_descriptor(require_package(Folder(exampleland))))

    assert [finding for finding in report if finding.check in {"profile-schema", "category"}] == []
    for text in texts:
        assert "in Exampleland" in text
        assert "aiti" not in re.sub("Haitian (Creole|catalogue)", "", text)  # a column is in that language


def test_both_spellings_of_a_code_count_alike(exampleland: Path, tmp_path: Path) -> None:
    older = build_base("mission", tmp_path / "older")
    mixed = build_base("mission", tmp_path / "mixed")
    replace_text(mixed, "data/deployments.csv", "12-15,in_haiti,", "12-15,in_country,")

    assert len({tuple(sweep(load_record(package))) for package in (older, mixed, exampleland)}) == 1


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0"])
def test_a_record_of_the_first_version_of_the_profile_is_of_haiti(version: str) -> None:
    package = require_package(Folder(ROOT / "releases" / version))
    published = ROOT / f"releases/{version}/exports/derived/datapackage.json"

    assert host_of(package) == Host("HTI", "Haiti")
    assert render_descriptor(package) == published.read_text()
    assert "People in Haiti, computed" in published.read_text()


def test_a_name_is_one_line_of_plain_text_wherever_it_stands(tmp_path: Path) -> None:
    package = build_base("mission", tmp_path / "mission")
    _of(package, {"code": "KEN", "title": HOSTILE})
    text, markdown, page = _reports(validate(package, ("structure", "facts")))

    assert Host("XAA", HOSTILE).name == SHOWN
    assert f"in {SHOWN} 407" in " ".join(text.split())
    assert r"{{ 7 \* 7 }} \<b\>c\</b\>" in markdown
    assert not any("<b>c" in each for each in (page, *_pages(package)))
    assert not any(mark in each for each in (text, markdown, page, *_pages(package)) for mark in "\x1b\u202e")
    assert "| Present in A.b\\[0\\]" in changelog(None, package, tmp_path / "stage")


def test_only_a_country_that_the_map_has_is_outlined(exampleland: Path, tmp_path: Path) -> None:
    kenya = build_base("mission", tmp_path / "mission")
    _of(kenya, {"code": "KEN", "title": "Kenya"})
    unnamed = build_base("mission", tmp_path / "unnamed")
    _of(unnamed, None)

    told = [_pages(package)[1] for package in (exampleland, kenya, unnamed)]
    assert ["map-host" in text for text in told] == [False, True, False]
    assert "people in the country</span>" in told[2]
    assert all("no promise of people in this record</span>" in text for text in told)  # as all others on earth


def test_what_names_no_country_is_refused_with_the_reason(tmp_path: Path) -> None:
    package = build_base("mission", tmp_path / "mission")
    faults = {
        "must be an object": "Haiti",
        "has the code 'hti'": {"code": "hti", "title": "Haiti"},
        "has no code; it must be the three capital letters of a country": {"title": "Haiti"},
        "has the code null;": {"code": None, "title": "Haiti"},
        "has the title ' \\n\\x07'": {"code": "HTI", "title": " \n\x07"},
        "has the title 9": {"code": "HTI", "title": 9},
        "has the title null; it must be the name of a country": {"code": "HTI", "title": None},
    }

    for told, host in faults.items():
        _of(package, host)
        with pytest.raises(Unusable) as caught:
            load_record(package)
        assert str(caught.value).startswith(f"the descriptor's host {told}")


def _reports(report: Report) -> tuple[str, str, str]:
    return render_text(report), render_markdown(report), render_html(report)


def _pages(package: Path) -> list[str]:
    """The front page, that of all countries, the timeline, and the charts that they offer."""
    subject = Subject(read_content(Folder(package)))
    return [text for kind in (front, countries, timeline) for text in _of_kind(kind.pages(subject), subject)]


def _of_kind(pages: Iterator[Any], subject: Subject) -> Iterator[str]:
    for page in pages:
        charts = json.dumps([[chart.notes, chart.specification, chart.explorable] for chart in page.charts])
        yield html(page, subject, []) + charts.replace("<", r"\u003c")  # no text of a chart is a part of the page
