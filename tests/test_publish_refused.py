"""What was published is never published again with other content, and what no reader could trust not at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from musterroll.errors import MusterError, Refused, Unavailable, Unusable
from musterroll.package.folder import Folder
from musterroll.package.opening import require_package
from musterroll.release.checksums import SUMS
from musterroll.release.content import canonical_hashes
from musterroll.release.index import INDEX, LATEST
from musterroll.release.publish import publish
from releases import builder, release, reseal, tree, write_package


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


def test_other_content_under_a_published_version_is_refused(out: Path, tmp_path: Path) -> None:
    before = tree(out)

    with pytest.raises(Unusable, match=r"version 1\.0\.0 is published with other content; give the new content a new"):
        release(out, write_package(tmp_path / "changed", "1.0.0", "1,Eve\n"))
    assert tree(out) == before


def _break_file(folder: Path) -> None:
    (folder / "CHANGELOG.md").write_text("Changed.")


def _add_file(folder: Path) -> None:
    (folder / "exports/more.txt").write_text("more")


def _remove_file(folder: Path) -> None:
    (folder / "exports/flat/people.csv").unlink()


def _break_sums(folder: Path) -> None:
    _break_file(folder)
    reseal(folder)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_break_file, "1.0.0 is damaged: CHANGELOG.md does not have the bytes"),
        (_add_file, "1.0.0 is damaged: The file exports/more.txt does not belong"),
        (_remove_file, "1.0.0 is damaged: exports/flat/people.csv is listed but does not exist"),
        (_break_sums, "1.0.0/SHA256SUMS is damaged: it is not the one that index.json knows"),
    ],
)
def test_a_damaged_release_is_not_up_to_date(
    out: Path, packages: dict[str, Path], damage: Callable[[Path], None], said: str
) -> None:
    damage(out / "1.0.0")

    with pytest.raises(Unusable, match=re.escape(said)):
        release(out, packages["1.0.0"])


def test_something_else_in_the_place_of_a_release_is_left_alone(out: Path, packages: dict[str, Path]) -> None:
    (out / "2.0.0").symlink_to("nowhere")
    with pytest.raises(Unusable, match=r"2\.0\.0 is there and is a link"):
        release(out, packages["2.0.0"])
    (out / "1.1.0").mkdir()
    with pytest.raises(Unusable, match=r"1\.1\.0 is there and is no release: .* Remove it"):
        release(out, packages["1.1.0"])
    assert not any((out / "1.1.0").iterdir())


def test_what_the_build_raises_leaves_nothing_not_even_a_folder_that_was_made_for_it(
    tmp_path: Path, packages: dict[str, Path]
) -> None:
    def failing(stage: Path) -> None:
        builder(packages["1.0.0"])(stage)
        raise Unusable("an export differs")

    with pytest.raises(Unusable, match="an export differs"):
        release(tmp_path / "new/out", packages["1.0.0"], build=failing)
    assert not (tmp_path / "new").exists()


def _links(stage: Path) -> None:
    (stage / "link").symlink_to(SUMS)


def _collides(stage: Path) -> None:
    (stage / "changelog.md").write_text("two")


def _has_bad_name(stage: Path) -> None:
    (stage / ".hidden").write_text("x")


def _overwrites(stage: Path) -> None:
    (stage / "data/notes.txt").write_text("two")


def _is_another(stage: Path) -> None:
    text = (stage / "release.json").read_text()
    (stage / "release.json").write_text(text.replace('"version": "1.1.0"', '"version": "1.2.0"'))


@pytest.mark.parametrize(
    ("mischief", "kind", "said"),
    [
        (_links, Unusable, "link is neither a file nor a folder"),
        (_collides, Unusable, "names a file twice"),
        (_has_bad_name, Refused, "hidden"),
        (_overwrites, Unusable, "data/notes.txt of the package cannot be released"),
        (_is_another, Unusable, "is of tiny 1.2.0, not of tiny 1.1.0"),
    ],
)
def test_a_build_that_no_reader_could_trust_is_not_published(
    out: Path, packages: dict[str, Path], mischief: Callable[[Path], None], kind: type[MusterError], said: str
) -> None:
    def build(stage: Path) -> None:
        builder(packages["1.1.0"])(stage)
        mischief(stage)

    before = tree(out)

    with pytest.raises(kind, match=said):
        release(out, packages["1.1.0"], build=build)
    assert tree(out) == before


def test_a_release_whose_index_cannot_be_written_is_taken_back(out: Path, packages: dict[str, Path]) -> None:
    def stand_in_the_way(_: Path) -> None:
        (out / INDEX).unlink()
        (out / INDEX).mkdir()

    package = require_package(Folder(packages["1.1.0"]))
    with pytest.raises(Unavailable, match="Is a directory; nothing was changed"):
        publish(out, "tiny", "1.1.0", canonical_hashes(package), builder(packages["1.1.0"]), stand_in_the_way)
    assert {path.name for path in out.iterdir()} == {"1.0.0", INDEX, LATEST}


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path, packages: dict[str, Path]) -> None:
    (tmp_path / "file").write_text("x")

    with pytest.raises(Unavailable, match=r"file/out: Not a directory; nothing was changed"):
        release(tmp_path / "file/out", packages["1.0.0"])
