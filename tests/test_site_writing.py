"""`muster site` puts a whole site where it may, and nothing anywhere else; a release's files come with it unchanged."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from edits import describe, replace_text
from golden import build_base
from musterroll.errors import Unavailable
from musterroll.site.writing import prepare, write_site
from releases import builder_of_exports
from running import muster

_FILES = [("index.html", b"<!doctype html>"), ("rows/deployments.html", b"rows")]


def test_a_site_is_written_whole_and_lists_what_it_holds(tmp_path: Path) -> None:
    count, size = write_site(_FILES, tmp_path / "new" / "site")

    listed = json.loads((tmp_path / "new/site/site.json").read_text())["files"]
    assert listed == ["index.html", "rows/deployments.html", "site.json"]
    assert (count, (tmp_path / "new/site/rows/deployments.html").read_bytes()) == (3, b"rows")
    assert size == sum(path.stat().st_size for path in (tmp_path / "new/site").rglob("*") if path.is_file())
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["site"]


def test_a_site_takes_the_place_of_the_one_before_and_leaves_nothing_of_it(tmp_path: Path) -> None:
    write_site([*_FILES, ("countries/OLD.html", b"old")], tmp_path / "site")

    write_site(_FILES, tmp_path / "site")

    assert not (tmp_path / "site/countries").exists()
    assert (tmp_path / "site/index.html").exists()


def test_a_site_that_cannot_be_finished_leaves_the_one_before(tmp_path: Path) -> None:
    write_site(_FILES, tmp_path / "site")
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(ZeroDivisionError):
        write_site(((str(number), b"%d" % (1 // number)) for number in (1, 0)), tmp_path / "site")

    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("mark", ["", "{}", '{"format": "musterroll/site/1", "files": ["index.html"]}', "[", "[1]"])
def test_a_folder_with_anything_that_is_not_ours_is_left_alone(tmp_path: Path, mark: str) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/thesis.txt").write_text("years of work")
    if mark:
        (tmp_path / "site/site.json").write_text(mark)

    with pytest.raises(Unavailable, match="not part of a site of ours"):
        write_site(_FILES, tmp_path / "site")
    assert (tmp_path / "site/thesis.txt").read_text() == "years of work"


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    write_site(_FILES, tmp_path)

    assert (tmp_path / "index.html").exists()


def test_a_link_or_a_file_is_no_place_for_a_site(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "target")
    (tmp_path / "file").write_text("x")

    for name in ("link", "file"):
        with pytest.raises(Unavailable, match="not a folder"):
            prepare(tmp_path / name)


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    with pytest.raises(Unavailable, match=r"Not a directory|File exists"):
        write_site(_FILES, tmp_path / "file" / "site")


def test_the_command_refuses_a_foreign_folder_before_it_works(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")

    result = muster("site", tmp_path / "nowhere", "--out", tmp_path)

    assert result.code == 4
    assert "not part of a site of ours" in result.stderr


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of releases with one release, exports and all."""
    folder = tmp_path_factory.mktemp("releases")
    stage = folder / "1.0.0"
    stage.mkdir()
    builder_of_exports(build_base("mission", folder / "package"))(stage)
    return folder


@pytest.mark.slow
def test_the_site_of_a_release_offers_its_files_as_they_were_published(release: Path, tmp_path: Path) -> None:
    result = muster("site", release / "1.0.0", "--out", tmp_path / "site")

    assert result.code == 0, result.stderr
    offered = {path.relative_to(tmp_path / "site") for path in (tmp_path / "site/exports").rglob("*") if path.is_file()}
    assert Path("exports/mission-1.0.0.zip") in offered
    for path in offered:
        assert (tmp_path / "site" / path).read_bytes() == (release / "1.0.0" / path).read_bytes()
    assert 'href="exports/mission-1.0.0.zip"' in (tmp_path / "site/index.html").read_text()


@pytest.mark.slow
def test_a_package_finds_its_release_among_others(release: Path, tmp_path: Path) -> None:
    package = build_base("mission", tmp_path / "mission")

    result = muster("site", package, "--out", tmp_path / "site", "--releases", release)

    assert result.code == 0, result.stderr
    assert (tmp_path / "site/exports/mission-1.0.0.zip").exists()


def test_a_package_that_differs_from_its_release_does_not_offer_that(release: Path, tmp_path: Path) -> None:
    package = build_base("mission", tmp_path / "mission")
    replace_text(package, "data/deployments.csv", "The ship went home.", "The ship stayed.")

    result = muster("site", package, "--out", tmp_path / "site", "--releases", release)

    assert result.code == 1
    assert "deployments differs" in result.stderr
    assert not (tmp_path / "site").exists()


def test_a_download_that_was_tampered_with_is_not_offered(release: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(release / "1.0.0", tmp_path / "1.0.0")
    (copied / "exports/mission-1.0.0.zip").write_bytes(b"something else")

    result = muster("site", copied, "--out", tmp_path / "site")

    assert result.code == 1
    assert "not what was published" in result.stderr


def test_a_download_that_is_missing_is_said(release: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(release / "1.0.0", tmp_path / "1.0.0")
    (copied / "exports/mission-1.0.0.zip").unlink()

    result = muster("site", copied, "--out", tmp_path / "site")

    assert result.code == 1
    assert "mission-1.0.0.zip" in result.stderr


@pytest.mark.slow
def test_a_version_that_is_no_release_or_a_path_offers_nothing_and_says_so(release: Path, tmp_path: Path) -> None:
    package = build_base("mission", tmp_path / "mission")
    describe(package, version=f"../{release.name}/1.0.0")

    result = muster("site", package, "--out", tmp_path / "site", "--releases", release)

    assert (result.code, result.stdout) == (0, f"{tmp_path / 'site/index.html'}\n")
    assert "so the site offers no downloads" in result.stderr
    assert "files," in result.stderr
    assert not (tmp_path / "site/exports").exists()
    assert "offers nothing for download" in (tmp_path / "site/index.html").read_text()


@pytest.mark.parametrize("path", ["exports/../../../stolen.txt", "data//etc/passwd", "exports/.hidden"])
def test_a_release_that_names_a_file_elsewhere_is_refused(release: Path, tmp_path: Path, path: str) -> None:
    copied = shutil.copytree(release / "1.0.0", tmp_path / "1.0.0")
    manifest = json.loads((copied / "release.json").read_text())
    manifest["files"][-1]["path"] = path
    (copied / "release.json").write_text(json.dumps(manifest))

    result = muster("site", copied, "--out", tmp_path / "site")

    assert result.code == 3
    assert not (tmp_path / "site").exists()
