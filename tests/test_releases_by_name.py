"""NAME@VERSION opens a release wherever a package is read, proved each time, and offline once it was fetched."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import musterroll
from elsewhere import Reply, Site, commit, serving, zip_of
from golden import build_base
from musterroll.errors import Unavailable, Unusable
from musterroll.package.sources import opened, split_release
from musterroll.release.fetching import fetch
from running import muster, seal
from shelves import passengers, publish, sum_up, withdraw

ARCHIVE = "exports/ferries-1.0.0.zip"
pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The package as it is now, which is neither of its releases."""
    package = build_base("ferries", tmp_path / "ferries")
    seal(package)
    return package


@pytest.fixture
def shelf(package: Path, tmp_path: Path) -> Path:
    """Releases 1.0.0 and 1.1.0; in the second, 77 passengers were 78."""
    publish(package, tmp_path / "shelf", "1.0.0")
    publish(package, tmp_path / "shelf", "1.1.0", passengers(78))
    return tmp_path / "shelf"


@pytest.fixture
def site(shelf: Path) -> Iterator[Site]:
    with serving() as site:
        site.serve(shelf, "/data/")
        yield site


def first_passengers(target: str) -> int:
    return int(musterroll.open(target).table("crossings")["passengers"].iloc[0])


def test_a_release_that_was_fetched_opens_without_a_network(site: Site, shelf: Path) -> None:
    for version in ("1.0.0", None):
        fetch("ferries", version, f"{site.url}/data")
    asked = len(site.asked)

    release = musterroll.open("ferries@1.0.0")

    assert (release.name, release.version) == ("ferries", "1.0.0")
    assert (first_passengers("ferries@1.0.0"), first_passengers("ferries@latest")) == (77, 78)
    assert muster("validate", "ferries@1.0.0", "--layer", "structure").code == 0
    assert muster("diff", "ferries@1.0.0", "ferries@latest").code == 1
    assert "more than the required 1.0.1" in muster("version", "ferries@1.0.0", "ferries@1.1.0").stdout
    assert len(site.asked) == asked


def test_a_release_of_a_record_is_asked_like_any_other(tmp_path: Path) -> None:
    package = build_base("mission", tmp_path / "mission")
    publish(package, tmp_path / "shelf", "1.0.0")
    name = json.loads((package / "datapackage.json").read_text())["name"]
    fetch(name, None, str(tmp_path / "shelf"))

    assert muster("balance", f"{name}@1.0.0", "--as-of", "2024-10-11").code == 0
    assert muster("explain", "C-0001", f"{name}@latest").code == 0


def test_what_a_url_holds_is_fetched_when_it_is_first_opened_and_not_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSTER_INDEX", f"{site.url}/data/")

    assert first_passengers("ferries@1.0.0") == 77
    asked = len(site.asked)
    assert first_passengers("ferries@1.0.0") == 77
    assert site.asked[asked:] == []
    assert first_passengers("ferries@latest") == 78
    site.replies.clear()
    with pytest.raises(Unavailable, match=r"there is no index\.json"):
        first_passengers("ferries@latest")
    assert first_passengers("ferries@1.1.0") == 78


def test_places_are_asked_in_order_and_the_first_that_has_it_is_taken(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = {"index": 1, "releases": 2, "cached": 3}
    for name, number in places.items():
        publish(package, tmp_path / name, f"{number}.0.0", passengers(number))
        publish(package, tmp_path / name, "9.0.0", passengers(number * 10))
    fetch("ferries", "9.0.0", str(tmp_path / "cached"))
    fetch("ferries", "3.0.0", str(tmp_path / "cached"))
    assert first_passengers("ferries@9.0.0") == 30

    shutil.copytree(tmp_path / "releases", "releases")
    assert first_passengers("ferries@9.0.0") == 20
    monkeypatch.setenv("MUSTER_INDEX", str(tmp_path / "index"))
    assert first_passengers("ferries@9.0.0") == 10
    assert [first_passengers(f"ferries@{number}.0.0") for number in (1, 2, 3)] == [1, 2, 3]
    assert first_passengers("ferries@latest") == 10


def test_a_folder_of_releases_of_another_package_is_passed_over(shelf: Path, tmp_path: Path) -> None:
    publish(build_base("plain", tmp_path / "plain"), Path("releases"), "1.0.0")
    fetch("ferries", "1.0.0", str(shelf))

    assert first_passengers("ferries@1.0.0") == 77


def test_a_release_that_is_nowhere_is_4_and_says_where_it_was_looked_for(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(build_base("plain", tmp_path / "plain"), Path("releases"), "1.0.0")
    fetch("ferries", "1.0.0", str(shelf))
    hint = "MUSTER_INDEX can name a folder or URL of releases"

    without = muster("validate", "ferries@9.0.0")
    monkeypatch.setenv("MUSTER_INDEX", str(shelf))
    result = muster("validate", "ferries@9.0.0")

    assert (result.code, without.code) == (4, 4)
    assert f"there is no release 9.0.0 of ferries (looked in {shelf}, where there are 1.0.0, 1.1.0;" in result.stderr
    assert "; releases, where there is 1.0.0 of plain; the cache (" in result.stderr
    assert ", where there is 1.0.0)" in result.stderr
    assert hint in without.stderr
    assert hint not in result.stderr


def test_a_folder_of_releases_is_proved_in_its_place_and_nothing_is_kept(shelf: Path, cache_folder: Path) -> None:
    shutil.copytree(shelf, "releases")
    assert first_passengers("ferries@1.0.0") == 77

    archive = Path("releases/1.0.0") / ARCHIVE
    archive.write_bytes(archive.read_bytes()[:-1])
    with pytest.raises(Unusable, match=r"zip is not what SHA256SUMS says"):
        musterroll.open("ferries@1.0.0")
    assert not cache_folder.exists()


def test_one_that_was_withdrawn_is_refused_and_may_be_opened_as_a_folder(shelf: Path) -> None:
    shutil.copytree(shelf, "releases")
    withdraw(Path("releases"), "1.0.0", "Wrong.", "1.1.0")

    result = muster("validate", "ferries@1.0.0")

    assert result.code == 3
    assert "use 1.1.0" in result.stderr
    assert "releases/1.0.0 opens it" in result.stderr
    assert muster("validate", "releases/1.0.0", "--layer", "structure").code == 0


@pytest.mark.parametrize("path", [ARCHIVE, "SHA256SUMS"])
@pytest.mark.parametrize("how", ["flipped", "empty", "gone", "link"])
def test_a_damaged_entry_of_the_cache_is_never_data(path: str, how: str, shelf: Path, tmp_path: Path) -> None:
    file = fetch("ferries", "1.0.0", str(shelf)).folder / path
    data = file.read_bytes()
    file.unlink()
    if how == "flipped":
        file.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    elif how == "empty":
        file.write_bytes(b"")
    elif how == "link":
        (tmp_path / "kept").write_bytes(data)
        file.symlink_to(tmp_path / "kept")

    result = muster("validate", "ferries@1.0.0")

    assert (result.code, result.stdout) == (1, "")
    assert f"fetch it again: muster fetch ferries@1.0.0 --from {shelf}" in result.stderr
    assert muster("fetch", "ferries@1.0.0", "--from", shelf).code == 0
    assert first_passengers("ferries@1.0.0") == 77


def test_an_entry_whose_sums_were_made_true_again_is_still_found_out(shelf: Path) -> None:
    folder = fetch("ferries", "1.0.0", str(shelf)).folder
    shutil.copyfile(shelf / "1.1.0/exports/ferries-1.1.0.zip", folder / ARCHIVE)
    sum_up(folder.parent, "release", listed=False)

    with pytest.raises(Unusable, match="is not the one that was fetched"):
        musterroll.open("ferries@1.0.0")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "other/1"}'])
def test_an_entry_that_does_not_say_what_it_is_is_to_be_fetched_again(text: str, shelf: Path) -> None:
    (fetch("ferries", "1.0.0", str(shelf)).folder.parent / "fetched.json").write_text(text)

    with pytest.raises(Unusable, match=r"Fetch ferries@1\.0\.0 again"):
        musterroll.open("ferries@1.0.0")


def test_a_baseline_that_is_damaged_is_4(package: Path, shelf: Path) -> None:
    (fetch("ferries", "1.1.0", str(shelf)).folder / "SHA256SUMS").write_text("x")

    assert muster("diff", "ferries@1.1.0", package).code == 4
    assert muster("diff", "ferries@latest", package).code == 4


def test_an_archive_that_holds_another_release_is_none(shelf: Path) -> None:
    shutil.copyfile(shelf / "1.1.0/exports/ferries-1.1.0.zip", shelf / "1.0.0" / ARCHIVE)
    card = shelf / "1.0.0/release.json"
    card.write_text(card.read_text().replace('"files"', '"sizes": [], "files": [], "was"'))
    sum_up(shelf, "1.0.0")
    fetch("ferries", "1.0.0", str(shelf))

    with pytest.raises(Unusable, match=r"in it is ferries 1\.1\.0; this is another release"):
        musterroll.open("ferries@1.0.0")


def test_a_release_without_its_archive_is_none(shelf: Path) -> None:
    (shelf / "1.0.0" / ARCHIVE).unlink()
    sum_up(shelf, "1.0.0")
    shutil.copytree(shelf, "releases")

    with pytest.raises(Unusable, match=r"names no exports/ferries-1\.0\.0\.zip"):
        musterroll.open("ferries@1.0.0")


def test_a_release_whose_descriptor_is_broken_is_validated_like_any_other(package: Path) -> None:
    publish(package, Path("releases"), "1.0.0")
    folder = Path("releases/1.0.0")
    zip_of(folder / ARCHIVE, {"datapackage.json": b"{"})
    sum_up(Path("releases"), "1.0.0")

    assert "json-syntax" in muster("validate", "ferries@1.0.0").stdout


def test_a_path_that_exists_and_a_checkout_come_first(shelf: Path, package: Path) -> None:
    shutil.copytree(shelf, "releases")
    assert first_passengers("ferries@1.0.0") == 77
    shutil.copytree(package, "ferries@1.0.0")
    passengers(5)(Path("ferries@1.0.0"))
    assert first_passengers("ferries@1.0.0") == 5
    shutil.rmtree("ferries@1.0.0")
    shutil.copytree(package, "ferries")
    passengers(6)(Path("ferries"))
    assert first_passengers("ferries@1.0.0") == 77  # a folder, but in no checkout
    commit(Path(), "1.0.0")
    assert first_passengers("ferries@1.0.0") == 6


@pytest.mark.parametrize(
    ("target", "divided"),
    [
        ("haiti-mss@1.0.0", ("haiti-mss", "1.0.0")),
        ("a.b_c@1.0.0-rc.1+x", ("a.b_c", "1.0.0-rc.1+x")),
        ("ferries@latest", ("ferries", "latest")),
        ("ferries@v1.0.0", None),
        ("ferries@1.0", None),
        ("ferries@", None),
        ("ferries", None),
        ("../x@1.0.0", None),
        (".x@1.0.0", None),
        ("x\n@1.0.0", None),
        ("ferries@1.0.0\n", None),
        ("x" * 101 + "@1.0.0", None),
        ("ferries@1.0." + "9" * 5000, None),
    ],
)
def test_a_name_is_read_in_one_way(target: str, divided: tuple[str, str] | None) -> None:
    assert split_release(target) == divided


def test_what_is_no_name_is_not_looked_for() -> None:
    with pytest.raises(Unavailable, match="neither a path nor NAME@VERSION"), opened("ferries@soon"):
        pass


def test_an_index_on_the_web_that_steps_back_is_not_the_latest(
    site: Site, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSTER_INDEX", f"{site.url}/data")
    assert first_passengers("ferries@latest") == 78
    (shelf / "index.json").unlink()
    sum_up(shelf, "1.0.0")
    site.replies["/data/index.json"] = Reply((shelf / "index.json").read_bytes())

    assert muster("validate", "ferries@latest").code == 3
