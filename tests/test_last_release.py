"""The last release of a package is found by itself, and one that cannot be read never counts as none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from golden import build_base
from musterroll.errors import Unavailable, Unusable
from musterroll.release.by_name import NoRelease, opened_baseline, opened_last_release
from running import muster, replace, seal
from shelves import passengers, publish, sum_up

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


def test_diff_and_version_compare_with_the_last_release_if_no_other_is_named(
    package: Path, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(package, shelf, "2.0.0-rc.1", passengers(1))
    shutil.copytree(shelf, package / "releases")
    monkeypatch.chdir(package)

    result, version = muster("diff"), muster("version")

    assert result.stdout.startswith("ferries 1.1.0 → ferries 1.0.0\n")
    assert "78 → 77" in result.stdout
    assert "1.0.0 is before 1.1.0" in version.stdout
    assert (result.code, version.code) == (1, 1)
    monkeypatch.setenv("MUSTER_INDEX", str(_only_first(shelf, tmp_path / "other")))
    assert muster("diff").stdout.startswith("ferries 1.0.0 → ferries 1.0.0\n")


def _only_first(shelf: Path, target: Path) -> Path:
    shutil.copytree(shelf, target)
    (target / "index.json").unlink()
    sum_up(target, "1.0.0")
    return target


def test_without_an_earlier_release_there_is_nothing_to_compare_with(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(package)

    for command in ("diff", "version"):
        result = muster(command)
        assert (result.code, result.stdout) == (4, "")
        assert "there is no earlier release of ferries" in result.stderr
        assert "looked in the cache" in result.stderr


def test_a_last_release_that_cannot_be_read_is_4_and_never_none(
    package: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(shelf, package / "releases")
    monkeypatch.chdir(package)
    (package / "releases/1.1.0/SHA256SUMS").write_text("x")
    assert muster("diff").code == 4
    (package / "releases/index.json").write_text("{")
    assert muster("diff").code == 4
    for place in ("http://127.0.0.1:1/", "nowhere"):
        monkeypatch.setenv("MUSTER_INDEX", place)
        assert muster("version").code == 4
        with pytest.raises(Unavailable) as caught, opened_baseline(None, package):
            pass
        assert not isinstance(caught.value, NoRelease)


def test_a_baseline_is_the_one_that_is_named_or_the_last_or_none(package: Path, shelf: Path) -> None:
    with opened_baseline(None, package) as none:
        assert none is None
    with pytest.raises(NoRelease), opened_baseline("ferries@7.0.0", package):
        pass
    with opened_baseline(str(shelf / "1.0.0"), package) as named:
        assert named is not None
        assert named.root == shelf / "1.0.0"
    shutil.copytree(shelf, package / "releases")
    with opened_baseline(None, package) as last:
        assert str(last) == "ferries@1.1.0"
    with (
        pytest.raises(Unavailable, match="of ferries, not of plain"),
        opened_last_release(_named("plain", package), str(shelf)),
    ):
        pass


def _named(name: str, package: Path) -> Path:
    replace(package, "datapackage.json", '"ferries"', f'"{name}"')
    return package


def test_an_error_in_what_is_done_with_the_last_release_is_no_error_of_it(package: Path, shelf: Path) -> None:
    shutil.copytree(shelf, package / "releases")

    for error in (Unusable("x"), NoRelease("x")):
        with pytest.raises(type(error)) as caught, opened_last_release(package):
            raise error
        assert caught.value is error


@pytest.mark.parametrize("name", ["../../../etc", "two words", ".hidden", "a/b"])
def test_a_package_of_another_kind_of_name_has_no_release_in_the_cache(name: str, package: Path) -> None:
    with pytest.raises(NoRelease, match="looked in no place"), opened_last_release(_named(name, package)):
        pass


def test_a_package_that_cannot_be_read_is_not_compared(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (package / "datapackage.json").write_text("{")
    monkeypatch.chdir(package)

    assert muster("diff").code == 1


def test_a_place_that_is_named_is_the_only_one_that_is_asked(package: Path, shelf: Path, tmp_path: Path) -> None:
    shutil.copytree(shelf, package / "releases")
    publish(package, tmp_path / "candidates", "3.0.0-rc.1")

    said = r"looked in .*candidates, where there is 3\.0\.0-rc\.1\)$"
    with pytest.raises(NoRelease, match=said), opened_last_release(package, str(tmp_path / "candidates")):
        pass
