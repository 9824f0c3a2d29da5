"""The example of another mission: sound, canonical, plainly made up, and of use to every command."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from muster_validators import validate
from musterroll.package.folder import Folder
from musterroll.record.profile import profile_folder, profile_schemas
from musterroll.release.content import read_content
from musterroll.site.pages import countries, front
from musterroll.site.pages.page import html
from musterroll.site.subject import Subject
from running import ROOT, muster

EXAMPLE = ROOT / "examples/harbour-watch"
README = (EXAMPLE / "README.md").read_text()


def test_nothing_is_found_in_it_and_it_follows_the_profile_to_the_byte() -> None:
    report = validate(EXAMPLE, ("structure", "facts"))

    assert report.valid
    assert list(report) == []
    assert muster("fmt", "--check", EXAMPLE).code == 0
    for name in profile_schemas():
        assert (EXAMPLE / f"schemas/{name}.json").read_bytes() == (profile_folder() / f"{name}.json").read_bytes()


def test_it_says_that_it_is_made_up_and_names_no_real_country_or_address() -> None:
    descriptor = json.loads((EXAMPLE / "datapackage.json").read_text())
    codes = [line.split(",")[0] for line in (EXAMPLE / "data/countries.csv").read_text().splitlines()[1:]]
    addresses = re.findall(r"https?://[^,\"\s]+", (EXAMPLE / "data/sources.csv").read_text())

    assert "(made up)" in descriptor["title"]
    assert "made up" in descriptor["description"]
    assert "made up" in README.splitlines()[0]
    assert codes
    assert all(re.fullmatch("X[A-Z]{2}", code) for code in codes)
    assert addresses
    assert all(address.startswith("https://example.org/") for address in addresses)


def test_every_row_that_the_readme_points_at_is_there_and_shows_what_it_says() -> None:
    for id in sorted(set(re.findall(r"`([CDKMS]-[0-9]{4})`", README))):
        assert muster("explain", id, EXAMPLE).code == 0, id
    balance = json.loads(muster("balance", EXAMPLE, "--as-of", "2025-06-30", "--format", "json").stdout)
    rows = {row["country_code"]: row for row in balance["rows"]}

    assert rows["XBB"]["present"] == {"min": 176, "best": 180, "max": 182}
    assert rows["XCC"]["pledged"] == {"min": 100, "best": None, "max": 150}
    assert (rows["XCC"]["in_force"]["max"], rows["XCC"]["present"]["max"]) == (0, 0)
    assert rows["XDD"]["pledged"] == {"min": None, "best": None, "max": None}  # withdrawn: nothing is promised
    assert rows["XEE"]["deployed"]["max"] == 0
    assert all(row["verdict"] == "holds" for row in balance["rows"])


def test_its_pages_say_nothing_of_what_other_records_have() -> None:
    subject = Subject(read_content(Folder(EXAMPLE)))
    (first,), (second,) = front.pages(subject), countries.pages(subject)
    told, listed = html(first, subject, []), html(second, subject, [])
    notes = " ".join(first.charts[0].notes)

    for text in (told, notes):
        assert "people promised, with the range that sources allow" in text
        assert not re.search("it fades|Promises end with|every mission before", text)
    assert 'class="swatch promised closed"' in told
    assert "No country of this record is on the map" in listed
    assert not re.search("<svg|map-named|Natural Earth", listed)
    assert second.charts == ()


@pytest.mark.slow
def test_every_layer_passes_and_it_could_be_released_and_every_command_of_its_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(validate(EXAMPLE)) == []
    assert muster("gate", EXAMPLE).code == 0
    shutil.copytree(EXAMPLE, tmp_path / "examples/harbour-watch")
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    for line in block.splitlines():
        result = muster(*shlex.split(line)[1:])
        assert result.code == 0, (line, result.stderr)
    pages = [path.read_text() for path in (tmp_path / "site").glob("*.html") if path.name != "codebook.html"]

    assert "in Exampleland" in (tmp_path / "site/index.html").read_text()
    assert not any(re.search(r"Haiti\b", page) for page in pages)  # Haitian Creole is a column of the profile
