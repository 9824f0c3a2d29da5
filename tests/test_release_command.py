"""`muster release` and `muster verify` as people use them: gate, build, prove; whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from golden import build, build_base, describe, put_in_form
from running import ROOT, copy_of_record, muster

MUSTER = Path(sys.executable).parent / "muster"
NEXT = Path(__file__).parent / "checks/release-date/accepts/a_later_day"


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The small mission record, version 1.0.0."""
    package = build_base("mission", tmp_path / "first")
    put_in_form(package)
    return package


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """The same with one arrival more, version 1.1.0."""
    package = build(NEXT, tmp_path / "second")
    put_in_form(package)
    return package


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_releases_from_gate_to_replay(first: Path, second: Path, tmp_path: Path) -> None:
    """The first, the same again, the next one; what its feed leads to is what it holds."""
    shelf = tmp_path / "shelf"

    made, again = muster("release", first, "--out", shelf), muster("release", first, "--out", shelf)
    before = files(shelf / "1.0.0")
    following = muster("release", second, "--out", shelf)
    replayed = muster("apply", shelf / "1.0.0", shelf / "1.1.0/changes.jsonl", "--out", tmp_path / "replayed")

    assert [result.code for result in (made, again, following, replayed)] == [0, 0, 0, 0]
    assert "mission 1.0.0 published" in made.stdout
    assert "mission 1.0.0 up to date" in again.stdout
    assert files(shelf / "1.0.0") == before
    assert files(tmp_path / "replayed").items() <= files(shelf / "1.1.0").items()
    assert json.loads((shelf / "1.1.0/release.json").read_text())["previous"] == "1.0.0"
    assert json.loads((shelf / "latest.json").read_text())["version"] == "1.1.0"
    assert "D-0010" in (shelf / "1.1.0/changes.jsonl").read_text()
    for version in ("1.0.0", "1.1.0"):
        assert muster("verify", shelf / version).code == 0


@pytest.mark.slow
def test_nothing_is_built_if_the_gate_says_no(first: Path, second: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    muster("release", first, "--out", shelf)
    before = files(shelf)
    describe(second, version="1.0.1", release={"version": "1.0.1", "briefly": "One more."})

    result = muster("release", second, "--out", shelf)

    assert result.code == 1
    assert "version-sufficient" in result.stdout
    assert "nothing was built" in result.stderr
    assert files(shelf) == before


def test_a_published_version_is_never_overwritten(first: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    muster("release", first, "--out", shelf)
    before = files(shelf)
    describe(first, title="Another title")

    result = muster("release", first, "--out", shelf)

    assert (result.code, result.stdout) == (1, "")
    assert "1.0.0" in result.stderr
    assert files(shelf) == before


@pytest.mark.slow
def test_the_release_before_can_be_named_and_a_missing_one_stops_everything(
    first: Path, second: Path, tmp_path: Path
) -> None:
    shelf = tmp_path / "shelf"

    missing = muster("release", second, "--out", shelf, "--against", tmp_path / "nowhere")
    assert not shelf.exists()
    named = muster("release", second, "--out", shelf, "--against", first)

    assert (missing.code, missing.stdout) == (4, "")
    assert named.code == 0
    assert json.loads((shelf / "1.1.0/release.json").read_text())["previous"] == "1.0.0"


@pytest.mark.slow
def test_a_candidate_is_no_baseline_and_not_the_latest(first: Path, second: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    describe(first, version="1.0.0-rc.1", release={"version": "1.0.0-rc.1", "briefly": "To look at."})

    candidate = muster("release", first, "--out", shelf)
    describe(first, version="1.0.0", release={"version": "1.0.0", "briefly": "A small mission."})
    stable = muster("release", first, "--out", shelf)

    assert (candidate.code, stable.code) == (0, 0)
    assert json.loads((shelf / "1.0.0/release.json").read_text())["previous"] is None
    assert json.loads((shelf / "latest.json").read_text())["version"] == "1.0.0"


@pytest.mark.slow
def test_a_yanked_release_stays_and_is_no_longer_the_latest(first: Path, second: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    for package in (first, second):
        muster("release", package, "--out", shelf)

    result = muster("yank", "1.1.0", "--out", shelf, "--reason", "The arrival was a plan.", "--successor", "1.0.0")

    assert result.code == 0
    assert "1.1.0 is yanked" in result.stderr
    assert json.loads((shelf / "latest.json").read_text())["version"] == "1.0.0"
    assert muster("verify", shelf / "1.1.0").code == 0


@pytest.mark.slow
def test_a_signed_release_names_its_signer(first: Path, tmp_path: Path) -> None:
    key, signers = tmp_path / "key", tmp_path / "signers"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key], check=True)
    signers.write_text(f"keeper@example.org {key.with_suffix('.pub').read_text()}")

    muster("release", first, "--out", tmp_path / "shelf", "--sign", key)
    verify = ("verify", tmp_path / "shelf/1.0.0", "--allowed-signers", signers)
    known, other = muster(*verify, "--identity", "keeper@example.org"), muster(*verify, "--identity", "someone")

    assert (known.code, other.code) == (0, 1)
    assert "signed by keeper@example.org" in known.stdout


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_is_wrong_with_a_release_is_told_by_file(form: str, first: Path, tmp_path: Path) -> None:
    muster("release", first, "--out", tmp_path / "shelf")
    release = tmp_path / "shelf/1.0.0"
    data = (release / "data/deployments.csv").read_bytes()
    (release / "data/deployments.csv").write_bytes(data.replace(b",200,", b",201,", 1))
    (release / "\x1b[31mextra").write_text("")

    result = muster("verify", release, "--format", form)

    assert result.code == 1
    assert "data/deployments.csv" in result.stdout
    assert "\x1b" not in result.stdout
    if form == "json":
        schema = json.loads((ROOT / "docs/formats/verification-1.schema.json").read_text())
        Draft202012Validator(schema).validate(json.loads(result.stdout))


def test_a_folder_that_is_no_release_is_said_to_be_none(first: Path) -> None:
    result = muster("verify", first)

    assert (result.code, result.stdout) == (4, "")
    assert "is no release" in result.stderr


@pytest.mark.slow
def test_the_same_package_gives_the_same_bytes_whoever_builds_it_wherever(tmp_path: Path) -> None:
    """Another folder, time zone, language, umask, home and hash seed: identical to the last byte."""
    worlds = {
        "here": {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1", "HOME": str(tmp_path)},
        "there": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "HOME": "/"},
    }
    for name, world in worlds.items():
        package = copy_of_record(tmp_path / name / "deep" / "package")
        cache = {"XDG_CACHE_HOME": str(tmp_path / name / "cache")}
        subprocess.run(
            [MUSTER, "release", package, "--out", tmp_path / name / "shelf"],
            env={**os.environ, **world, **cache}, umask=0o077 if name == "there" else 0o022,
            check=True, capture_output=True,
        )  # fmt: skip

    here, there = (files(tmp_path / name / "shelf") for name in worlds)
    assert here.keys() == there.keys()
    assert [path for path in here if here[path] != there[path]] == []


@pytest.mark.slow
def test_being_told_to_end_leaves_nothing_behind(first: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    muster("release", first, "--out", shelf)
    before = files(tmp_path)
    describe(first, version="1.0.1", release={"version": "1.0.1", "briefly": "Again."}, title="Another title")
    before |= {path: data for path, data in files(tmp_path).items() if path.startswith("first/")}

    process = subprocess.Popen([MUSTER, "release", first, "--out", shelf], stderr=subprocess.PIPE)
    while process.poll() is None and not any(shelf.glob(".stage-*/*/*")):
        pass
    process.terminate()
    code = process.wait(30)
    assert process.stderr is not None
    process.stderr.close()

    assert code == 130
    assert {path: data for path, data in files(tmp_path).items() if not path.startswith("cache")} == before


@pytest.mark.slow
def test_the_release_of_this_repository_is_what_its_package_gives() -> None:
    """The newest release in the repository verifies, and holds the package if the versions are equal."""
    index = json.loads((ROOT / "releases/index.json").read_text())
    latest = ROOT / "releases" / json.loads((ROOT / "releases/latest.json").read_text())["version"]

    assert [muster("verify", ROOT / "releases" / entry["version"]).code for entry in index["releases"]] == [
        0 for _ in index["releases"]
    ]
    version = json.loads((ROOT / "datapackage.json").read_text())["version"]
    if version == latest.name:
        assert muster("diff", latest, ROOT).stdout.strip().endswith("No differences.")
