"""Nothing that is not what the index promises is ever kept, unpacked or read, whoever sends it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from elsewhere import Reply, Site, serving
from golden import build_base
from musterroll.errors import MusterError, Refused, Unavailable, Unusable
from musterroll.package import limits
from musterroll.release.checksums import parse_sums, render_sums
from musterroll.release.fetching import fetch
from running import muster
from shelves import flip, index_of, publish, sha256, sum_up, write_index, writes

ARCHIVE = "exports/ferries-1.0.0.zip"
pytestmark = pytest.mark.usefixtures("alone")


Change = Callable[[Path], None]


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


def nothing_is_kept(cache: Path) -> bool:
    home = cache / "musterroll/releases"
    return not [path for path in home.rglob("*") if path.name != "ferries"]


def broken(path: str, change: Callable[[bytes], bytes]) -> Change:
    def apply(shelf: Path) -> None:
        file = shelf / "1.0.0" / path
        file.write_bytes(change(file.read_bytes()))

    return apply


def without(path: str) -> Change:
    return lambda shelf: (shelf / path).unlink()


def sums_of_the_other(shelf: Path) -> None:
    shutil.copyfile(shelf / "1.1.0/SHA256SUMS", shelf / "1.0.0/SHA256SUMS")


def archive_of_the_other(shelf: Path) -> None:
    shutil.copyfile(shelf / "1.1.0/exports/ferries-1.1.0.zip", shelf / "1.0.0" / ARCHIVE)


def another_release_under_this_version(shelf: Path) -> None:
    shutil.rmtree(shelf / "1.0.0")
    shutil.copytree(shelf / "1.1.0", shelf / "1.0.0")
    sum_up(shelf, "1.0.0")


def card(**values: object) -> Change:
    def apply(shelf: Path) -> None:
        file = shelf / "1.0.0/release.json"
        file.write_text(json.dumps({**json.loads(file.read_text()), **values}))
        sum_up(shelf, "1.0.0")

    return apply


def names(path: str) -> Change:
    """Sums, themselves as promised, that name another path."""

    def apply(shelf: Path) -> None:
        file = shelf / "1.0.0/SHA256SUMS"
        file.write_text(render_sums({**parse_sums(file.read_text()), path: "0" * 64}))
        index = index_of(shelf)
        entry = replace(index.releases[0], sha256sums=sha256(file.read_bytes()))
        write_index(shelf, index.with_entry(entry))

    return apply


_WRONG: list[tuple[Change, type[MusterError], str]] = [
    (broken(ARCHIVE, flip), Unusable, "zip is not what SHA256SUMS says"),
    (broken(ARCHIVE, lambda data: data[:-1]), Unusable, "zip is not what SHA256SUMS says"),
    (broken(ARCHIVE, lambda data: data + b"x"), Unusable, "zip is not what SHA256SUMS says"),
    (broken(ARCHIVE, lambda data: b"<html>Log in</html>"), Unusable, "zip is not what SHA256SUMS says"),
    (broken("release.json", flip), Unusable, "release.json is not what SHA256SUMS says"),
    (broken("SHA256SUMS", flip), Unusable, "SHA256SUMS is not the one that the index promises"),
    (broken("SHA256SUMS", lambda data: b""), Unusable, "SHA256SUMS is not the one that the index promises"),
    (sums_of_the_other, Unusable, "SHA256SUMS is not the one that the index promises"),
    (archive_of_the_other, Unusable, "zip is not what SHA256SUMS says"),
    (another_release_under_this_version, Unusable, "names no exports/ferries-1.0.0.zip, so this is another release"),
    (card(version="1.1.0"), Unusable, "release.json is that of ferries 1.1.0"),
    (card(files=[{"path": ARCHIVE}]), Unusable, "release.json cannot be read"),
    (card(files=7), Unusable, "release.json cannot be read"),
    (names("SHA256SUMS"), Unusable, "names itself"),
    (names("../../x"), Refused, "climbs out"),
    (names("EXPORTS/ferries-1.0.0.zip"), Unusable, "names a file twice"),
    (without(f"1.0.0/{ARCHIVE}"), Unavailable, "there is no 1.0.0/exports"),
    (without("1.0.0/SHA256SUMS"), Unavailable, "there is no 1.0.0/SHA256SUMS"),
    (without("index.json"), Unavailable, "there is no index.json"),
    (writes("index.json", "<html>Not found</html>"), Unusable, "index.json"),
    (writes("index.json", "[]"), Unusable, "no index of releases"),
    (writes("index.json", '{"format": "musterroll/index/1", "name": "other", "releases": []}'), Unusable, "of other"),
]


@pytest.mark.parametrize("remote", [False, True])
@pytest.mark.parametrize(("change", "error", "words"), _WRONG)
def test_what_is_not_as_promised_is_one_clear_error_and_nothing_is_kept(
    remote: bool, change: Change, error: type[MusterError], words: str, shelf: Path, cache_folder: Path
) -> None:
    change(shelf)
    with serving() as site:
        site.serve(shelf, "/data/")
        result = muster("fetch", "ferries@1.0.0", "--from", f"{site.url}/data" if remote else shelf)

    assert result.code == {Unusable: 1, Refused: 3, Unavailable: 4}[error]
    assert words in result.stderr
    assert (result.stdout, len(result.stderr.splitlines())) == ("", 1)
    assert nothing_is_kept(cache_folder)


def test_an_unknown_version_says_which_there_are(shelf: Path, tmp_path: Path) -> None:
    package = build_base("ferries", tmp_path / "again")
    for number in range(25):
        publish(package, shelf, f"2.{number}.0")

    result = muster("fetch", "ferries@9.9.9", "--from", shelf)

    assert result.code == 4
    assert "there is no release 9.9.9 of ferries; there are 7 older ones and 2.5.0, 2.6.0" in result.stderr


def test_a_shelf_without_a_stable_release_has_no_latest(tmp_path: Path) -> None:
    publish(build_base("ferries", tmp_path / "ferries"), tmp_path / "shelf", "1.0.0-rc.1")

    with pytest.raises(Unavailable, match=r"no stable release of ferries; there is 1\.0\.0-rc\.1"):
        fetch("ferries", None, str(tmp_path / "shelf"))


@pytest.mark.parametrize("path", ["index.json", "1.0.0/SHA256SUMS", "1.0.0/release.json", f"1.0.0/{ARCHIVE}"])
def test_a_body_without_end_is_cut_off_at_a_limit(
    path: str, site: Site, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LISTING_BYTES", 50_000)
    site.replies[f"/data/{path}"] = Reply(b" " * 60_000_000)

    with pytest.raises(Unusable if path.endswith("zip") else Refused, match=r"has more than|is not what"):
        fetch("ferries", "1.0.0", f"{site.url}/data")

    assert nothing_is_kept(cache_folder)


def test_one_byte_more_is_another_file_however_the_bytes_are_cut_into_blocks(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = shelf / "1.0.0" / ARCHIVE
    monkeypatch.setattr("musterroll.release.shelf._BLOCK", file.stat().st_size)
    file.write_bytes(file.read_bytes() + b"x")

    with pytest.raises(Unusable, match="is not what SHA256SUMS says"):
        fetch("ferries", "1.0.0", str(shelf))


@pytest.mark.parametrize("status", [404, 500])
@pytest.mark.parametrize("path", ["index.json", "1.0.0/SHA256SUMS", f"1.0.0/{ARCHIVE}"])
def test_what_the_server_does_not_give_is_4_whatever_page_it_sends(
    status: int, path: str, site: Site, cache_folder: Path
) -> None:
    site.replies[f"/data/{path}"] = Reply(b"<html>sorry</html>", status)

    assert muster("fetch", "ferries@1.0.0", "--from", f"{site.url}/data").code == 4
    assert nothing_is_kept(cache_folder)


@pytest.mark.parametrize("headers", [{"Content-Length": "999999"}, {"Content-Encoding": "gzip"}])
def test_a_body_that_ends_too_early_or_is_packed_is_no_release(
    headers: dict[str, str], site: Site, cache_folder: Path
) -> None:
    site.replies[f"/data/1.0.0/{ARCHIVE}"] = Reply(b"PK", headers={**headers, "Connection": "close"})

    with pytest.raises(Unavailable):
        fetch("ferries", "1.0.0", f"{site.url}/data")

    assert nothing_is_kept(cache_folder)


@pytest.mark.parametrize(
    ("location", "words"),
    [("http://example.org/x.zip", "only https://"), ("/elsewhere/x.zip", "redirects out of the package")],
)
def test_no_redirect_leads_out_of_the_shelf(location: str, words: str, site: Site) -> None:
    site.redirect(f"/data/1.0.0/{ARCHIVE}", location)

    with pytest.raises(Refused, match=words):
        fetch("ferries", "1.0.0", f"{site.url}/data")


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("http://example.org/data", 3),
        ("ftp://127.0.0.1/data", 3),
        ("https://user:secret@example.org/data", 3),
        ("http://127.0.0.1/data?version=1", 3),
        ("http://127.0.0.1:1/data", 4),
        ("nowhere", 4),
    ],
)
def test_a_place_that_is_not_asked_or_not_there(place: str, code: int) -> None:
    result = muster("fetch", "ferries", "--from", place)

    assert result.code == code
    assert "secret" not in result.stderr


@pytest.mark.parametrize("path", ["1.0.0", f"1.0.0/{ARCHIVE}", "1.0.0/SHA256SUMS", "index.json"])
def test_no_link_in_a_folder_of_releases_is_followed(path: str, shelf: Path, cache_folder: Path) -> None:
    (shelf / path).rename(shelf / "moved")
    (shelf / path).symlink_to(shelf / "moved")

    assert muster("fetch", "ferries@1.0.0", "--from", shelf).code == 3
    assert nothing_is_kept(cache_folder)


def test_a_private_folder_is_left_to_nobody_when_something_fails(shelf: Path, cache_folder: Path) -> None:
    broken(ARCHIVE, flip)(shelf)
    with pytest.raises(Unusable):
        fetch("ferries", "1.0.0", str(shelf))

    assert list((cache_folder / "musterroll/releases/ferries").iterdir()) == []


def test_a_file_that_is_also_a_folder_is_one_clear_error(site: Site, shelf: Path) -> None:
    sums = parse_sums((shelf / "1.0.0/SHA256SUMS").read_text())
    text = render_sums({**sums, "release.json/x": sha256(b"x")}).encode()
    entry = index_of(shelf).releases[0]
    write_index(shelf, index_of(shelf).with_entry(replace(entry, sha256sums=sha256(text))))
    site.serve(shelf, "/data/")
    site.replies["/data/1.0.0/SHA256SUMS"] = Reply(text)
    site.replies["/data/1.0.0/release.json/x"] = Reply(b"x")

    result = muster("fetch", "ferries@1.0.0", "--all", "--from", f"{site.url}/data")

    assert (result.code, len(result.stderr.splitlines())) == (4, 1)


@pytest.mark.parametrize("name", ["../../../outside", "two words", "a/b"])
def test_no_name_in_an_index_leads_out_of_the_cache(name: str, shelf: Path, tmp_path: Path) -> None:
    index = shelf / "index.json"
    index.write_text(index.read_text().replace('"ferries"', json.dumps(name)))

    with pytest.raises(Unusable, match="is no name by which releases are kept"):
        fetch(name, "1.0.0", str(shelf))
    assert not (tmp_path / "outside").exists()
