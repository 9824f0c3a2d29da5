"""A record of a profile that this toolkit does not know is refused by name, and compared all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

import musterroll
from running import copy_of_record, muster, replace
from shelves import publish

ARCHIVE = "exports/ferries-1.0.0.zip"
pytestmark = pytest.mark.usefixtures("alone")


def test_a_release_of_a_newer_profile_is_refused_by_name_and_compared_all_the_same(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    publish(package, Path("releases"), "1.0.0")
    replace(package, "datapackage.json", "mission-record/0.1.0", "mission-record/2.0.0")
    publish(package, Path("releases"), "2.0.0")

    for command in (("balance", "haiti-mss@2.0.0", "--as-of", "2024-10-11"), ("explain", "D-0001", "haiti-mss@2.0.0")):
        result = muster(*command)
        assert result.code == 1
        assert result.stderr == (
            "muster: haiti-mss 2.0.0 follows mission-record/2.0.0; this musterroll knows mission-record 0.1.x; "
            "install a newer musterroll\n"
        )
    assert "conformsTo" in muster("diff", "haiti-mss@1.0.0", "haiti-mss@2.0.0").stdout
    assert musterroll.open("haiti-mss@2.0.0").table("deployments")["personnel_best"].sum() == 396


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ("mission-record/0.0.9", "it can be read with the musterroll of its time"),
        ("mission-record/0.2.0", "install a newer musterroll"),
        ("mission-record/1.0.0", "install a newer musterroll"),
        ("mission-record", "must follow mission-record/ and three numbers"),
        ("mission-record/0.01.0", "must follow mission-record/ and three numbers"),
        ("mission-record/" + "9" * 5000 + ".0.0", "follows 'mission-record/999"),
    ],
)
def test_every_other_version_of_the_profile_says_what_to_do(declared: str, said: str, tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    replace(package, "datapackage.json", "mission-record/0.1.0", declared)

    assert said in muster("balance", package, "--as-of", "2024-10-11").stderr
