"""`muster fetch` keeps a release that is what the index promises, and opens it later without a network."""

from __future__ import annotations

import contextlib
import io
import json
import multiprocessing
import os
import pty
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from elsewhere import Site, serving
from golden import build_base
from muster_cli import main
from musterroll.release.by_name import RELEASES
from musterroll.release.fetching import Fetched, fetch
from running import muster
from shelves import contents, publish, sha256, withdraw

ARCHIVE = "exports/ferries-1.0.0.zip"


pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Releases 1.0.0, 1.1.0 and the candidate 1.2.0-rc.1."""
    package = build_base("ferries", tmp_path / "ferries")
    for version in ("1.0.0", "1.1.0", "1.2.0-rc.1"):
        publish(package, tmp_path / "shelf", version)
    return tmp_path / "shelf"


@pytest.fixture
def site(shelf: Path) -> Iterator[Site]:
    with serving() as site:
        site.serve(shelf, "/data/")
        yield site


def kept(cache: Path, version: str) -> Path:
    return cache / "musterroll/releases/ferries" / version


@pytest.mark.parametrize("place", ["shelf", "shelf/index.json", "url", "url/", "url/index.json"])
def test_the_latest_stable_release_is_fetched_and_told(place: str, shelf: Path, site: Site, cache_folder: Path) -> None:
    place = place.replace("shelf", str(shelf)).replace("url", f"{site.url}/data")

    result = muster("fetch", "ferries", "--from", place)

    told = [line.split(maxsplit=2) for line in result.stdout.splitlines()]
    folder = kept(cache_folder, "1.1.0") / "release"
    assert (result.code, result.stderr) == (0, "")
    assert result.stdout.startswith("ferries 1.1.0: fetched and verified\n")
    assert told[1][2] == str(folder / "exports/ferries-1.1.0.zip")
    assert told[2] == ["SHA256SUMS", sha256((shelf / "1.1.0/SHA256SUMS").read_bytes())]
    assert {path.name for path in folder.iterdir()} == {"SHA256SUMS", "release.json", "exports"}
    assert (folder / "exports/ferries-1.1.0.zip").read_bytes() == (
        shelf / "1.1.0/exports/ferries-1.1.0.zip"
    ).read_bytes()


def test_a_second_time_it_is_already_there_and_only_the_index_is_asked(site: Site) -> None:
    place = f"{site.url}/data"
    muster("fetch", "ferries@1.0.0", "--from", place)
    asked = len(site.asked)

    result = muster("fetch", "ferries@1.0.0", "--from", place)

    assert (result.code, result.stdout.splitlines()[0]) == (0, "ferries 1.0.0: already there, verified")
    assert site.asked[asked:] == ["/data/index.json"]


def test_nothing_else_is_asked_for(site: Site) -> None:
    muster("fetch", "ferries@1.0.0", "--from", f"{site.url}/data")

    assert site.asked == [
        f"/data/{path}" for path in ("index.json", "1.0.0/SHA256SUMS", "1.0.0/release.json", f"1.0.0/{ARCHIVE}")
    ]


def test_all_files_come_as_they_lie_on_the_shelf_also_after_the_archive_alone(
    shelf: Path, site: Site, cache_folder: Path
) -> None:
    fetch("ferries", "1.0.0", f"{site.url}/data")
    result = muster("fetch", "ferries@1.0.0", "--all", "--from", f"{site.url}/data")

    folder = kept(cache_folder, "1.0.0") / "release"
    assert "fetched and verified" in result.stdout
    assert f"lies in     {folder}\n" in result.stdout
    assert contents(folder) == contents(shelf / "1.0.0")
    assert "already there" in muster("fetch", "ferries@1.0.0", "--all", "--from", f"{site.url}/data").stdout
    assert "already there" in muster("fetch", "ferries@1.0.0", "--from", f"{site.url}/data").stdout


def test_what_is_kept_says_where_it_comes_from(shelf: Path, site: Site, cache_folder: Path) -> None:
    fetched = fetch("ferries", None, f"{site.url}/data/index.json")

    assert json.loads((kept(cache_folder, "1.1.0") / "fetched.json").read_text()) == {
        "format": "musterroll/fetched/1", "name": "ferries", "version": "1.1.0", "place": f"{site.url}/data",
        "sha256sums": sha256((shelf / "1.1.0/SHA256SUMS").read_bytes()),
    }  # fmt: skip
    assert fetched.archive.is_file()
    assert not fetched.was_there


def test_a_redirect_of_the_index_leads_to_where_the_releases_are(site: Site) -> None:
    site.redirect("/latest/index.json", "/data/index.json")

    assert fetch("ferries", None, f"{site.url}/latest").version == "1.1.0"


def test_a_candidate_is_fetched_only_by_its_name(shelf: Path) -> None:
    assert fetch("ferries", "1.2.0-rc.1", str(shelf)).version == "1.2.0-rc.1"
    assert fetch("ferries", None, str(shelf)).version == "1.1.0"


def test_the_index_may_be_named_by_the_environment(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTER_INDEX", str(shelf))

    assert muster("fetch", "ferries").code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ferries"], "--from"),
        (["ferries@newest", "--from", "."], "neither a name nor NAME@VERSION"),
        (["../ferries", "--from", "."], "neither a name nor NAME@VERSION"),
        ([f"ferries@1.0.0-{'9' * 200}", "--from", "."], "neither a name nor NAME@VERSION"),
        (["ferries", "--from", ".", "--allowed-signers", "nowhere"], "nowhere"),
    ],
)
def test_wrong_use_is_2(arguments: list[str], words: str) -> None:
    result = muster("fetch", *arguments)

    assert result.code == 2
    assert words in " ".join(result.stderr.split())


def test_a_release_that_was_withdrawn_is_refused_with_the_reason_unless_it_is_asked_for(shelf: Path) -> None:
    withdraw(shelf, "1.0.0", "Two days were\x1b[2J swapped.", "1.1.0")

    result = muster("fetch", "ferries@1.0.0", "--from", shelf)

    assert result.code == 3
    assert (
        "was withdrawn: Two days were\\x1b[2J swapped. (use 1.1.0; muster fetch ferries@1.0.0 --yanked" in result.stderr
    )
    assert muster("fetch", "ferries@1.0.0", "--yanked", "--from", shelf).code == 0


def test_the_latest_is_never_one_that_was_withdrawn(shelf: Path) -> None:
    withdraw(shelf, "1.1.0", "Wrong.", None)

    assert fetch("ferries", None, str(shelf)).version == "1.0.0"
    assert "there is no successor" in muster("fetch", "ferries@1.1.0", "--from", shelf).stderr


def _fetch(place: str, start: threading.Barrier, results: multiprocessing.Queue[Fetched]) -> None:
    start.wait()
    results.put(fetch("ferries", "1.0.0", place))


@pytest.mark.parametrize("damaged", [False, True])
def test_two_processes_that_fill_the_cache_at_once_leave_one_whole_entry(
    damaged: bool, shelf: Path, cache_folder: Path
) -> None:
    if damaged:
        fetch("ferries", "1.0.0", str(shelf)).archive.write_bytes(b"")
    context = multiprocessing.get_context("fork")
    results, start = context.Queue(), context.Barrier(4)
    processes = [context.Process(target=_fetch, args=(str(shelf), start, results)) for _ in range(4)]
    for process in processes:
        process.start()
    found = [results.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()

    home = cache_folder / "musterroll/releases/ferries"
    assert {fetched.folder for fetched in found} == {home / "1.0.0/release"}
    assert [path.name for path in home.iterdir()] == ["1.0.0"]
    assert fetch("ferries", "1.0.0", str(shelf)).was_there


def test_a_person_sees_the_bytes_come_and_quiet_is_quiet(site: Site, tmp_path: Path) -> None:
    seen = _on_a_terminal("fetch", "ferries@1.0.0", "--from", f"{site.url}/data")
    again = _on_a_terminal("-q", "fetch", "ferries@1.1.0", "--from", f"{site.url}/data")

    assert ARCHIVE in seen
    assert "B" in seen
    assert again == ""


def _on_a_terminal(*arguments: str) -> str:
    """What `muster` says on stderr if that is a terminal."""
    ours, its = pty.openpty()
    seen: list[bytes] = []
    reader = threading.Thread(target=lambda: seen.extend(iter(lambda: _read(ours), b"")))
    reader.start()
    with (
        os.fdopen(its, "w") as terminal,
        mock.patch.object(sys, "stderr", terminal),
        mock.patch.object(sys, "argv", ["muster", *arguments]),
        contextlib.redirect_stdout(io.StringIO()),
        pytest.raises(SystemExit) as end,
    ):
        main()
    reader.join()
    os.close(ours)
    assert not end.value.code
    return b"".join(seen).decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # closed at the other end
        return b""


def test_the_folder_of_releases_beside_a_package_is_called_releases() -> None:
    assert RELEASES == "releases"
