"""Every file says whose it is and under which licence, and every licence text is there."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
from reuse.lint import format_plain
from reuse.project import Project
from reuse.report import ProjectReport

from running import ROOT

_RULES = tomllib.loads((ROOT / "REUSE.toml").read_text())["annotations"]


def licence_of(path: str) -> str:
    """The licence of the last rule that names a path as it is written there."""
    return [str(rule["SPDX-License-Identifier"]) for rule in _RULES if path in [rule["path"], *rule["path"]]][-1]


@pytest.mark.slow
def test_every_file_has_a_holder_and_a_licence_whose_text_is_there() -> None:
    report = ProjectReport.generate(Project.from_directory(ROOT), multiprocessing=False)

    assert len(report.file_reports) > 1_000
    assert report.is_compliant, format_plain(report)


def test_examples_are_under_the_licence_that_they_name() -> None:
    named = [json.loads(path.read_text())["licenses"] for path in ROOT.glob("examples/*/datapackage.json")]

    assert named
    assert {licence["name"] for licences in named for licence in licences} == {licence_of("examples/**")}


def test_data_are_under_the_licence_of_the_package_and_code_under_the_one_of_the_repository() -> None:
    (licence,) = json.loads((ROOT / "datapackage.json").read_text())["licenses"]

    assert {licence_of(path) for path in ("data/**", "schemas/**", "releases/**", "datapackage.json")} == {
        licence["name"]
    }
    assert (ROOT / "LICENSES/MIT.txt").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert licence_of("**") == "MIT"


def test_the_parts_of_others_are_under_the_licences_that_lie_beside_them() -> None:
    beside = (ROOT / "src/musterroll/site/vega/LICENSE").read_text()
    named = set(re.findall(r"\(([A-Za-z0-9.-]+)\)$", beside, re.MULTILINE))

    assert named | {"MIT", "Apache-2.0"} == set(licence_of("src/musterroll/site/vega/vega.js").split(" AND "))
