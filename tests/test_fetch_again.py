"""What was fetched or seen before: an old state of a shelf, a damaged cache, a signature that is asked for later."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from elsewhere import Reply, Site, serving
from golden import build_base
from musterroll.errors import Refused
from musterroll.release.cache import Kept, staged
from musterroll.release.fetching import fetch
from running import muster
from shelves import contents, flip, index_of, publish, sha256, withdraw, write_index, writes

ARCHIVE = "exports/ferries-1.0.0.zip"
pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    package = build_base("ferries", tmp_path / "ferries")
    for version in ("1.0.0", "1.1.0"):
        publish(package, tmp_path / "shelf", version)
    return tmp_path / "shelf"


@pytest.fixture
def site(shelf: Path) -> Iterator[Site]:
    with serving() as site:
        site.serve(shelf, "/data/")
        yield site


def test_an_older_state_of_a_shelf_is_refused_as_the_latest_until_it_is_trusted(
    shelf: Path, site: Site, cache_folder: Path
) -> None:
    place = f"{site.url}/data"
    fetch("ferries", "1.0.0", place)
    older = index_of(shelf)
    write_index(shelf, older.__class__("ferries", older.releases[:1]))
    site.serve(shelf, "/data/")

    result = muster("fetch", "ferries", "--from", place)

    (seen,) = (cache_folder / "musterroll/shelves").iterdir()
    assert result.code == 3
    assert "has offered ferries 1.1.0 before, which its index no longer names" in result.stderr
    assert f"or delete {seen}" in result.stderr
    assert muster("fetch", "ferries@1.0.0", "--from", place).code == 0
    assert muster("fetch", "ferries", "--from", place).code == 3
    seen.unlink()
    assert fetch("ferries", None, place).version == "1.0.0"


def test_a_higher_version_that_was_withdrawn_since_is_no_step_back(shelf: Path, site: Site) -> None:
    fetch("ferries", None, f"{site.url}/data")
    withdraw(shelf, "1.1.0", "Wrong.", "1.0.0")
    site.serve(shelf, "/data/")

    assert fetch("ferries", None, f"{site.url}/data").version == "1.0.0"


def test_a_version_with_other_content_than_before_is_refused(shelf: Path, site: Site, tmp_path: Path) -> None:
    fetch("ferries", "1.0.0", f"{site.url}/data")
    shutil.rmtree(shelf / "1.1.0")
    publish(build_base("ferries", tmp_path / "again"), shelf, "1.1.0", writes("data/crossings.csv", "crossing_id\n"))
    site.serve(shelf, "/data/")

    with pytest.raises(Refused, match=r"offered ferries 1\.1\.0 before, whose content was another"):
        fetch("ferries", None, f"{site.url}/data")


def test_what_was_noted_of_another_package_or_cannot_be_read_hinders_nobody(
    shelf: Path, site: Site, cache_folder: Path
) -> None:
    fetch("ferries", None, f"{site.url}/data")
    (seen,) = (cache_folder / "musterroll/shelves").iterdir()

    for text in ("{", "[]", '{"name": "ferries", "version": "soon", "sha256sums": ""}', '{"name": "other"}'):
        seen.write_text(text)
        assert fetch("ferries", None, f"{site.url}/data").version == "1.1.0"
        assert json.loads(seen.read_text())["version"] == "1.1.0"


def test_two_shelves_that_say_different_things_of_one_version_cannot_both_be_kept(shelf: Path, tmp_path: Path) -> None:
    package = build_base("ferries", tmp_path / "again")
    publish(package, tmp_path / "other", "1.0.0", writes("data/crossings.csv", "crossing_id\n"))
    fetch("ferries", "1.0.0", str(shelf))

    result = muster("fetch", "ferries@1.0.0", "--from", tmp_path / "other")

    assert result.code == 1
    assert f"the cache holds another ferries 1.0.0, from {shelf}" in result.stderr


@pytest.mark.parametrize("path", [ARCHIVE, "SHA256SUMS", "release.json", "../fetched.json"])
@pytest.mark.parametrize("change", [flip, lambda _: b"", None])
def test_what_is_damaged_in_the_cache_is_fetched_again(
    path: str, change: Callable[[bytes], bytes] | None, shelf: Path
) -> None:
    fetched = fetch("ferries", "1.0.0", str(shelf))
    good, file = contents(fetched.folder.parent), fetched.folder / path
    if change is None:
        file.unlink()
    else:
        file.write_bytes(change(file.read_bytes()))

    again = fetch("ferries", "1.0.0", str(shelf))

    assert again.was_there == (change is None and path == "release.json")
    assert again.was_there or contents(fetched.folder.parent) == good


def test_an_entry_of_another_release_in_the_cache_is_replaced(shelf: Path) -> None:
    folder = fetch("ferries", "1.1.0", str(shelf)).folder.parent
    folder.rename(folder.with_name("1.0.0"))

    assert not fetch("ferries", "1.0.0", str(shelf)).was_there


def test_a_cache_that_cannot_be_written_is_4(shelf: Path, site: Site, cache_folder: Path) -> None:
    (cache_folder / "musterroll").mkdir(parents=True)
    for name in ("releases", "shelves"):
        (cache_folder / "musterroll" / name).write_text("in the way")

    assert muster("fetch", "ferries", "--from", shelf).code == 4
    assert muster("fetch", "ferries", "--from", f"{site.url}/data").code == 4
    (cache_folder / "musterroll/shelves").unlink()
    (cache_folder / "musterroll/shelves").symlink_to("nowhere")
    assert muster("fetch", "ferries", "--from", f"{site.url}/data").code == 4
    (cache_folder / "musterroll/releases").unlink()
    (cache_folder / "musterroll/releases/ferries").mkdir(parents=True)
    (cache_folder / "musterroll/releases/ferries/1.1.0").write_text("in the way")
    assert muster("fetch", "ferries", "--from", shelf).code == 4


def test_an_entry_that_another_run_has_put_there_meanwhile_stays_and_a_worse_one_goes(cache_folder: Path) -> None:
    package = build_base("ferries", cache_folder.parent / "again")
    publish(package, cache_folder.parent / "again-shelf", "1.0.0")
    good = cache_folder.parent / "again-shelf/1.0.0"
    kept = Kept("ferries", "1.0.0", "somewhere", sha256((good / "SHA256SUMS").read_bytes()))
    needed = ("SHA256SUMS", "release.json", ARCHIVE)
    for mine, other, stays in (needed, needed, True), (needed[:2], needed, True), (needed, needed[:2], False):
        shutil.rmtree(kept.folder.parent, ignore_errors=True)
        with staged(kept) as folder, staged(kept) as first:
            _copy(good, folder, mine)
            _copy(good, first, other)
            (folder.parent / "whose").write_text("mine")

        assert (kept.folder.parent / "whose").exists() != stays
        assert {path.name for path in kept.folder.parent.parent.iterdir()} == {"1.0.0"}


def _copy(source: Path, target: Path, paths: tuple[str, ...]) -> None:
    (target / "exports").mkdir()
    for path in paths:
        shutil.copyfile(source / path, target / path)


def test_what_killed_runs_have_left_goes_after_a_day(shelf: Path, cache_folder: Path) -> None:
    home = cache_folder / "musterroll/releases/ferries"
    for name in (".fetching-old", ".fetching-new"):
        (home / name).mkdir(parents=True)
    os.utime(home / ".fetching-old", (0, 0))

    fetch("ferries", "1.0.0", str(shelf))

    assert sorted(path.name for path in home.iterdir()) == [".fetching-new", "1.0.0"]


@pytest.fixture
def key(tmp_path: Path) -> Path:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "key"], check=True)
    (tmp_path / "signers").write_text(f"keeper@example.org {(tmp_path / 'key.pub').read_text()}")
    return tmp_path / "key"


def test_a_signature_is_asked_for_before_anything_else_is_fetched(
    key: Path, shelf: Path, site: Site, tmp_path: Path, cache_folder: Path
) -> None:
    arguments = ("fetch", "ferries@1.0.0", "--from", f"{site.url}/data", "--allowed-signers", tmp_path / "signers")
    unsigned = muster(*arguments)
    assert unsigned.code == 1
    assert "not signed" in unsigned.stderr
    assert "/data/1.0.0/release.json" not in site.asked

    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", "musterroll-release", shelf / "1.0.0/SHA256SUMS"],
        check=True,
    )
    site.serve(shelf, "/data/")
    assert "fetched and verified" in muster(*arguments).stdout
    assert "already there, verified" in muster(*arguments).stdout

    (tmp_path / "signers").write_text("")
    assert muster(*arguments).code == 1
    site.replies["/data/1.1.0/SHA256SUMS.sig"] = Reply((shelf / "1.0.0/SHA256SUMS.sig").read_bytes())
    (tmp_path / "signers").write_text(f"keeper@example.org {key.with_suffix('.pub').read_text()}")
    assert muster("fetch", "ferries@1.1.0", *arguments[2:]).code == 1
    assert [path.name for path in (cache_folder / "musterroll/releases/ferries").iterdir()] == ["1.0.0"]


def test_everything_comes_with_the_signature_if_there_is_one(key: Path, shelf: Path, tmp_path: Path) -> None:
    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", "musterroll-release", shelf / "1.0.0/SHA256SUMS"],
        check=True,
    )

    fetched = fetch("ferries", "1.0.0", str(shelf), everything=True)

    assert contents(fetched.folder) == contents(shelf / "1.0.0")
