"""A report is taken from an earlier run only if nothing that it depends on has changed, and says so."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from golden import build_base
from muster_cli import cache
from muster_validators import Report, validate
from musterroll.package import limits
from running import muster, seal

SAID = "nothing has changed since the last run"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = build_base("ferries", tmp_path / "ferries")
    seal(folder)
    return folder


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return build_base("ferries", tmp_path / "old")


def test_a_second_run_says_the_same_and_that_it_is_cached(package: Path) -> None:
    first, second = muster("validate", package), muster("validate", package)

    assert (first.code, first.stdout) == (second.code, second.stdout)
    assert SAID not in first.stderr
    assert SAID in second.stderr


def test_what_was_found_is_kept_in_full(package: Path, old: Path) -> None:
    data = package / "data/crossings.csv"
    data.write_text("".join(data.read_text().replace(",77,", ",7700,").splitlines(keepends=True)[:30]))
    seal(package)

    for options in (["--format", "json"], ["--format", "github"], ["--all"]):
        fresh = muster("validate", package, "--against", old, "--no-cache", *options)
        muster("validate", package, "--against", old)
        kept = muster("validate", package, "--against", old, *options)
        assert SAID in kept.stderr
        assert (kept.code, kept.stdout) == (fresh.code, fresh.stdout)
        assert kept.code == 1


def test_who_wants_quiet_or_a_new_verdict_gets_it(package: Path) -> None:
    muster("validate", package)

    assert muster("--quiet", "validate", package).stderr == ""
    assert SAID not in muster("validate", package, "--no-cache").stderr


def _append(path: str, text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with (folder / path).open("a") as stream:
            stream.write(text)

    return change


@pytest.mark.parametrize(
    "change",
    [
        _append("data/crossings.csv", "41,2024-05-05,Astrid,calm,40,20.5,\n"),
        _append("schemas/crossings.json", "\n"),
        _append("datapackage.json", "\n"),
        lambda folder: (folder / "data/unlisted.csv").write_text("a\n"),
        lambda folder: (
            folder.joinpath("data/crossings.csv").hardlink_to(folder / "second_name.csv")
            if folder.joinpath("data/crossings.csv").rename(folder / "second_name.csv")
            else None
        ),
    ],
    ids=["data", "schema", "descriptor", "another file", "another name"],
)
def test_one_change_of_the_package_means_a_full_run(change: Callable[[Path], None], package: Path) -> None:
    muster("validate", package)
    change(package)

    assert SAID not in muster("validate", package).stderr


@pytest.mark.parametrize("path", ["data/crossings.csv", "schemas/crossings.json", "datapackage.json"])
def test_one_byte_of_the_release_before_means_a_full_run(path: str, package: Path, old: Path) -> None:
    muster("validate", package, "--against", old)
    assert SAID in muster("validate", package, "--against", old).stderr
    text = (old / path).read_text()
    (old / path).write_text(text.replace("40", "41", 1) if path.endswith("csv") else text + "\n")

    assert SAID not in muster("validate", package, "--against", old).stderr


def test_other_layers_or_no_comparison_are_another_report(package: Path, old: Path) -> None:
    muster("validate", package, "--against", old)

    assert SAID not in muster("validate", package).stderr
    assert SAID not in muster("validate", package, "--layer", "structure").stderr
    assert SAID not in muster("validate", old, "--against", package).stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("_today", lambda: date(2031, 1, 1)),
        ("_code", lambda: "another hash"),
        ("_libraries", lambda: iter(["frictionless-99.dist-info"])),
    ],
)
def test_another_day_code_or_library_means_a_full_run(
    name: str, value: Callable[[], object], package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    muster("validate", package)
    monkeypatch.setattr(cache, name, value)

    assert SAID not in muster("validate", package).stderr


def test_the_code_and_the_libraries_are_really_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(cache._libraries())
    (tmp_path / "new_library-1.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)

    assert set(cache._libraries()) - before == {"new_library-1.0.dist-info"}
    assert any(name.startswith("great_expectations-") for name in before)

    schemas = tmp_path / "schemas"
    schemas.mkdir()
    monkeypatch.setattr(cache, "profile_folder", lambda: schemas)
    without = cache._code()
    (schemas / "countries.json").write_text("{}")
    assert cache._code() != without


@pytest.mark.parametrize(
    "library",
    ["pandera", *(pytest.param(name, marks=pytest.mark.slow) for name in ("great_expectations", "frictionless"))],
)
def test_a_judge_that_can_no_longer_be_imported_is_not_replaced_by_its_old_verdict(
    library: str, tmp_path: Path, cache_folder: Path
) -> None:
    """The version that is installed is the same; another module of that name stands before it."""
    package = build_base("mission", tmp_path / "mission")
    assert muster("validate", package).code == 0
    (tmp_path / "broken").mkdir()
    (tmp_path / f"broken/{library}.py").write_text(f"raise ImportError('broken', name={library!r})\n")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "broken"), "XDG_CACHE_HOME": str(cache_folder)}

    command = [str(Path(sys.executable).parent / "muster"), "validate", str(package)]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert result.returncode == 4
    assert SAID not in result.stderr
    assert f"{library} cannot be imported" in " ".join(result.stdout.split())


def test_a_report_in_which_a_check_did_not_run_is_not_kept(package: Path) -> None:
    data = package / "data/crossings.csv"
    data.write_text('crossing_id"\n')
    first = muster("validate", package)

    assert "not run" in first.stdout
    assert SAID not in muster("validate", package).stderr


def test_a_refused_package_is_not_kept(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (package / "datapackage.json").write_text('{"resources": [{"name": "a", "path": "/etc/passwd"}]}')
    monkeypatch.setattr(cache, "contents_key", lambda _: "a key that it does not have")

    assert muster("validate", package).code == 3
    assert SAID not in muster("validate", package).stderr


def test_a_package_that_takes_long_to_hash_is_judged_at_once(
    package: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CACHED_BYTES", 100)

    assert muster("validate", package).code == 0
    assert not list(cache_folder.rglob("*.json"))


def test_a_single_changed_byte_of_a_kept_report_is_noticed(package: Path, cache_folder: Path) -> None:
    muster("validate", package)
    (kept,) = cache_folder.rglob("*.json")
    kept.write_bytes(kept.read_bytes().replace(b"crossings", b"crossingz", 1))

    assert SAID not in muster("validate", package).stderr


def test_a_package_that_changes_while_it_is_judged_is_not_kept(package: Path, cache_folder: Path) -> None:
    def judge() -> Report:
        report = validate(package)
        (package / "datapackage.json").write_text((package / "datapackage.json").read_text() + "\n")
        return report

    cache.judged_or_cached(judge, package, None, ("structure",))

    assert not list(cache_folder.rglob("*.json"))


@pytest.mark.parametrize("text", ["", "{", "null", "[" * 200_000, '{"package": "x"}', "\ud800"])
def test_a_damaged_report_counts_as_none(text: str, package: Path, cache_folder: Path) -> None:
    muster("validate", package)
    (kept,) = cache_folder.rglob("*.json")
    kept.write_bytes(text.encode(errors="surrogatepass"))

    result = muster("validate", package)

    assert SAID not in result.stderr
    assert result.code == 0


def test_a_cache_that_cannot_be_written_changes_nothing(package: Path, cache_folder: Path) -> None:
    cache_folder.write_text("a file where a folder should be")

    assert muster("validate", package).code == 0
    assert muster("validate", package).code == 0


def test_old_reports_make_room_for_new_ones(package: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_KEPT", 2)
    for number in range(4):
        _append("datapackage.json", "\n" * (number + 1))(package)
        muster("validate", package, "--layer", "structure")
        time.sleep(0.01)

    assert len(list(cache_folder.rglob("*.json"))) == 2
    assert SAID in muster("validate", package, "--layer", "structure").stderr
