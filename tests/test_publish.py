"""A release appears whole or not at all, and the same one again changes nothing."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from fault_hooks import Steps, in_child
from musterroll.errors import Unavailable
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.release.checksums import SUMS
from musterroll.release.content import canonical_hashes
from musterroll.release.index import INDEX, LATEST, Index
from musterroll.release.lock import LOCK, exclusive
from musterroll.release.publish import publish
from musterroll.release.releases import read_index
from musterroll.release.yank import yank
from releases import builder, release, tree, verified, write_package


@pytest.fixture
def packages(tmp_path: Path) -> dict[str, Path]:
    """Packages by version."""
    versions = ("1.0.0", "1.1.0-rc.1", "1.1.0", "2.0.0")
    return {version: write_package(tmp_path / version, version, f"1,Ada {version}\n") for version in versions}


@pytest.fixture
def out(tmp_path: Path, packages: dict[str, Path]) -> Path:
    """A folder with release 1.0.0."""
    release(tmp_path / "out", packages["1.0.0"])
    return tmp_path / "out"


def test_a_release_is_published_beside_the_others_which_stay_as_they_are(out: Path, packages: dict[str, Path]) -> None:
    before = tree(out / "1.0.0")

    published = release(out, packages["1.1.0"], "1.0.0")

    assert published.outcome == "published"
    assert tree(out / "1.0.0") == before
    assert {path.name for path in out.iterdir()} == {"1.0.0", "1.1.0", INDEX, LATEST}
    assert _index(out).latest == published.entry
    assert (published.entry.previous, published.entry.created) == ("1.0.0", "2026-11-22T00:00:00Z")
    assert verified(out / "1.0.0").sound
    assert verified(out / "1.1.0").sound


def test_a_candidate_is_published_and_is_not_the_latest(out: Path, packages: dict[str, Path], tmp_path: Path) -> None:
    latest = (out / LATEST).read_bytes()

    assert release(out, packages["1.1.0-rc.1"], "1.0.0").entry.channel == "candidate"
    assert (out / LATEST).read_bytes() == latest
    release(tmp_path / "other", packages["1.1.0-rc.1"])
    assert not (tmp_path / "other" / LATEST).exists()


def test_the_same_release_again_changes_nothing_and_is_not_built(out: Path, packages: dict[str, Path]) -> None:
    before = {path: path.stat() for path in out.rglob("*")}

    published = release(out, packages["1.0.0"], build=_never)

    assert published.outcome == "up to date"
    assert {path: path.stat() for path in out.rglob("*")} == before


def test_modes_and_bytes_do_not_depend_on_umask_or_place(tmp_path: Path, packages: dict[str, Path]) -> None:
    def made(umask: int, out: Path) -> dict[str, int]:
        old = os.umask(umask)
        try:
            release(out, packages["1.0.0"])
        finally:
            os.umask(old)
        return {path.relative_to(out).as_posix(): path.stat().st_mode for path in [out, *out.rglob("*")]}

    closed, opened = made(0o077, tmp_path / "a/b/closed"), made(0, tmp_path / "opened")

    assert closed == opened
    assert {stat.S_IMODE(mode) for mode in closed.values() if stat.S_ISREG(mode)} == {0o644}
    assert {stat.S_IMODE(mode) for mode in closed.values() if stat.S_ISDIR(mode)} == {0o755}
    assert stat.S_IMODE((tmp_path / "a/b").stat().st_mode) == 0o755
    assert tree(tmp_path / "a/b/closed") == tree(tmp_path / "opened")


def test_empty_folders_of_the_build_are_not_released(out: Path, packages: dict[str, Path]) -> None:
    def build(stage: Path) -> None:
        builder(packages["1.1.0"])(stage)
        (stage / "exports/derived/empty").mkdir(parents=True)

    release(out, packages["1.1.0"], build=build)

    assert not (out / "1.1.0/exports/derived").exists()
    assert verified(out / "1.1.0").sound


def test_the_last_look_sees_the_release_where_its_index_will_be(out: Path, packages: dict[str, Path]) -> None:
    seen = []

    def finish(folder: Path) -> None:
        seen.append((verified(folder).faults, folder.name, _index(folder.parent).latest))
        (folder / f"{SUMS}.sig").write_text("signed")

    package = require_package(Folder(packages["1.1.0"]))
    published = publish(out, "tiny", "1.1.0", canonical_hashes(package), builder(packages["1.1.0"]), finish)

    assert seen == [((), "1.1.0", published.entry)]
    assert (published.folder / f"{SUMS}.sig").read_text() == "signed"


def test_everything_is_on_the_disk_before_the_next_thing_relies_on_it(
    out: Path, packages: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a power cut undoes out of order is not seen by killing a process, so the order itself is looked at."""
    done: list[str] = []
    fsync, rename = os.fsync, os.rename

    def recorded_fsync(descriptor: int) -> None:
        done.append(f"on disk: {_within(out, Path(f'/proc/self/fd/{descriptor}').readlink())}")
        fsync(descriptor)

    def recorded_rename(old: Path, new: Path) -> None:
        done.append(f"renamed: {_within(out, new)}")
        rename(old, new)

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(os, "rename", recorded_rename)
    release(out, packages["1.1.0"], "1.0.0")

    paths = [INDEX, LATEST, *(f"1.1.0/{path}" for path in tree(out / "1.1.0"))]
    assert sorted(done[:-6]) == sorted(f"on disk: {path}" for path in paths)
    assert done[-6:] == [
        "on disk: 1.1.0",
        "renamed: 1.1.0",
        "on disk: .",
        "renamed: index.json",
        "renamed: latest.json",
        "on disk: .",
    ]


def test_a_second_release_at_the_same_time_is_told_to_wait(out: Path, packages: dict[str, Path]) -> None:
    def build(stage: Path) -> None:
        with pytest.raises(Unavailable, match=r"another release is being made in .*out; wait"):
            release(out, packages["2.0.0"])
        with pytest.raises(Unavailable, match="another release is being made"):
            yank(out, "1.0.0", "why")
        builder(packages["1.1.0"])(stage)

    assert release(out, packages["1.1.0"], build=build).outcome == "published"
    assert release(out, packages["2.0.0"]).outcome == "published"


@pytest.mark.parametrize("left", [False, True], ids=["gone", "another one"])
def test_a_lock_that_its_holder_takes_away_meanwhile_is_taken_anew(out: Path, left: bool) -> None:
    def take_away() -> None:
        (out / LOCK).rename(out.parent / "old")
        (out / LOCK).write_text("") if left else None

    def work() -> None:
        with exclusive(out), pytest.raises(Unavailable, match="another release"), exclusive(out):
            pass

    Steps(1, take_away).run(work)  # between opening the file and locking it
    assert not (out / LOCK).exists()


def test_the_lock_of_a_dead_process_locks_nobody_out_and_its_stage_is_swept(
    out: Path, packages: dict[str, Path]
) -> None:
    def die(stage: Path) -> None:
        builder(packages["1.1.0"])(stage)
        os.kill(os.getpid(), 9)

    assert in_child(lambda: len(release(out, packages["1.1.0"], build=die).outcome)) is None
    left = {path.name[:7] for path in out.iterdir()}
    (out / ".stage-link").symlink_to(packages["1.0.0"])
    release(out, packages["1.1.0"])

    assert {".lock", ".stage-"} < left
    assert {path.name for path in out.iterdir()} == {"1.0.0", "1.1.0", INDEX, LATEST}
    assert (packages["1.0.0"] / "datapackage.json").exists()


def _within(out: Path, path: Path) -> str:
    """The path below `out`, without the name of the stage."""
    parts = [part for part in path.relative_to(out).parts if not part.startswith(".stage-")]
    return Path(*parts).as_posix()


def _never(stage: Path) -> None:
    raise AssertionError("nothing is built again")


def _index(out: Path) -> Index:
    index = read_index(out)
    assert index is not None
    return index
