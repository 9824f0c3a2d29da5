"""The index says what is published: it is written last, put right after a power cut, and never begun anew by guess."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from musterroll.errors import MusterError, Refused, Unavailable, Unusable
from musterroll.release.index import INDEX, LATEST, Entry, Index, Yanked, parse_index, render_index, render_latest
from musterroll.release.releases import current_index, read_index
from musterroll.release.yank import yank
from releases import release, reseal, tree, verified, write_package


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


def test_a_folder_that_no_index_names_is_completed_if_it_is_the_same_release_and_else_left(
    out: Path, packages: dict[str, Path], tmp_path: Path
) -> None:
    """As after a power cut between the two renames."""
    index = (out / INDEX).read_bytes()
    release(out, packages["1.1.0"])
    after = tree(out)
    (out / INDEX).write_bytes(index)
    (out / LATEST).unlink()

    with pytest.raises(Unusable, match=r"other content that index\.json does not name; .* remove the folder"):
        release(out, write_package(tmp_path / "changed", "1.1.0", "1,Eve\n"))
    with pytest.raises(Unavailable, match=r"1\.1\.0 is there, but index\.json does not name it; restore index\.json"):
        release(out, packages["2.0.0"])
    assert release(out, packages["1.1.0"], build=_never).outcome == "completed"
    assert tree(out) == after


def test_a_lost_index_is_not_begun_anew(out: Path, packages: dict[str, Path]) -> None:
    (out / INDEX).unlink()

    with pytest.raises(Unavailable, match=r"1\.0\.0 is there, but index\.json does not name it"):
        release(out, packages["1.1.0"])
    assert not (out / INDEX).exists()


def test_latest_is_put_right_by_the_next_run_that_finds_everything_up_to_date(
    out: Path, packages: dict[str, Path]
) -> None:
    before = tree(out)
    (out / LATEST).write_text("{}")

    assert release(out, packages["1.0.0"], build=_never).outcome == "up to date"
    assert tree(out) == before


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        ('{"format": ', Unavailable, "Restore it; without it nobody can say what was published"),
        ('{"format": "other"}', Unavailable, "is no index of releases"),
        ('{"format": "musterroll/index/1", "name": "tiny", "releases": [{}]}', Unavailable, "is damaged"),
        ('{"format": "musterroll/index/1", "name": "tiny", "releases": [], "more": 1}', Unavailable, "use a newer one"),
        ('{"format": "musterroll/index/1", "name": "huge", "releases": []}', Unusable, "holds releases of huge, not"),
    ],
)
def test_an_index_that_cannot_be_understood_is_never_overwritten(
    out: Path, packages: dict[str, Path], content: str, kind: type[MusterError], said: str
) -> None:
    (out / INDEX).write_text(content)

    with pytest.raises(kind, match=said):
        release(out, packages["1.1.0"])
    assert (out / INDEX).read_text() == content


@pytest.mark.parametrize("field", ["channel", "path", "sha256sums"])
def test_an_entry_that_contradicts_itself_is_damage(out: Path, field: str) -> None:
    text = (out / INDEX).read_text()
    broken = re.sub(rf'"{field}": "[^"]*"', f'"{field}": "candidate"', text)

    with pytest.raises(Unusable, match=r"index\.json is damaged: ValueError"):
        parse_index(broken.encode(), INDEX)


def test_an_index_that_is_a_link_is_refused(out: Path, packages: dict[str, Path]) -> None:
    (out / INDEX).rename(out / "elsewhere.json")
    (out / INDEX).symlink_to("elsewhere.json")

    with pytest.raises(Refused, match="symbolic link"):
        release(out, packages["1.1.0"])


def test_a_release_that_the_index_names_must_be_there_as_the_index_knows_it(
    out: Path, packages: dict[str, Path], tmp_path: Path
) -> None:
    (out / "1.0.0/CHANGELOG.md").write_text("Changed.")
    reseal(out / "1.0.0")
    with pytest.raises(Unavailable, match=r"SHA256SUMS is not the one that index\.json knows 1\.0\.0 by"):
        release(out, packages["1.1.0"])
    (out / "1.0.0").rename(tmp_path / "gone")
    for version in ("1.1.0", "1.0.0"):
        with pytest.raises(Unavailable, match=r"index\.json names 1\.0\.0, but there is no .*restore that release"):
            release(out, packages[version])


def test_if_only_latest_cannot_be_written_the_error_says_so(out: Path, packages: dict[str, Path]) -> None:
    (out / LATEST).unlink()
    (out / LATEST).mkdir()

    with pytest.raises(Unavailable, match=r"index\.json is as it should be, but not latest\.json \(Is a dir.*run this"):
        release(out, packages["1.1.0"])
    (out / LATEST).rmdir()
    assert verified(out / "1.1.0").sound
    assert release(out, packages["1.1.0"]).outcome == "up to date"
    assert (out / LATEST).read_text() == render_latest(_index(out))


def test_a_withdrawn_release_stays_and_the_one_before_is_the_latest_again(out: Path, packages: dict[str, Path]) -> None:
    release(out, packages["1.1.0"], "1.0.0")
    release(out, packages["2.0.0"], "1.1.0")
    before = tree(out / "1.1.0")

    yank(out, "2.0.0", "a column was swapped", "1.1.0")
    yank(out, "1.1.0", "so it was here")

    assert tree(out / "1.1.0") == before
    assert _index(out).latest == _index(out).entry("1.0.0")
    assert _index(out).entry("2.0.0").yanked == Yanked("a column was swapped", "1.1.0")  # type: ignore[union-attr]
    assert verified(out / "2.0.0").remarks == ("2.0.0 was withdrawn: a column was swapped; use 1.1.0",)
    assert (out / LATEST).read_text() == render_latest(_index(out))
    yank(out, "1.0.0", "everything")
    assert not (out / LATEST).exists()
    assert release(out, packages["2.0.0"], build=_never).entry.yanked


@pytest.mark.parametrize(
    ("version", "reason", "successor", "said"),
    [
        ("1.0.0", " ", None, "give one"),
        ("3.0.0", "why", None, "there is no release 3.0.0 of tiny"),
        ("1.0.0", "why", "3.0.0", "there is no release 3.0.0 of tiny"),
        ("1.0.0", "why", "1.0.0", "1.0.0 cannot take the place of 1.0.0"),
        ("1.0.0", "why", "1.1.0", "1.1.0 cannot take the place of 1.0.0: it is that release, or withdrawn"),
    ],
)
def test_a_release_is_withdrawn_for_a_reason_in_favour_of_one_that_is_there(
    out: Path, packages: dict[str, Path], version: str, reason: str, successor: str | None, said: str
) -> None:
    release(out, packages["1.1.0"])
    yank(out, "1.1.0", "first")
    before = tree(out)

    with pytest.raises(Unusable, match=said):
        yank(out, version, reason, successor)
    assert tree(out) == before


def test_nothing_is_withdrawn_where_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"there is no index\.json"):
        yank(tmp_path, "1.0.0", "why")
    with pytest.raises(Unavailable, match="No such file"):
        yank(tmp_path / "nowhere", "1.0.0", "why")


def test_a_folder_of_releases_that_is_not_there_yet_has_an_index_of_none(tmp_path: Path) -> None:
    assert current_index(tmp_path / "new", "tiny") == Index("tiny")


def test_releases_stand_in_the_order_of_their_versions() -> None:
    index = Index("tiny")
    for version in ("1.10.0", "1.9.0", "2.0.0-rc.1", "1.9.1"):
        index = index.with_entry(Entry(version, None, "0" * 64, None))

    assert [entry.version for entry in index.releases] == ["1.9.0", "1.9.1", "1.10.0", "2.0.0-rc.1"]
    assert index.latest == index.entry("1.10.0")
    assert parse_index(render_index(index).encode(), INDEX) == index


def _never(stage: Path) -> None:
    raise AssertionError("nothing is built again")


def _index(out: Path) -> Index:
    index = read_index(out)
    assert index is not None
    return index
