"""A package is the same wherever it lies: in a folder, an archive, a revision or at a URL."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from elsewhere import commit, serving, zip_folder
from golden import HERE, build, build_base
from muster_validators import Report, validate
from musterroll.errors import MusterError, Refused, Unavailable
from musterroll.package.sources import Kind, kind_of, opened
from running import muster, replace, seal

# What a copy could get wrong: bytes, names, what is missing or too much, what is refused before anything is copied.
_CASES = [
    "encoding", "newline", "integrity", "foreign-key", "manifest-extra", "manifest-missing",
    "json-syntax", "path-parent", "dates-in-order",
]  # fmt: skip


@contextmanager
def _zip_at_root(package: Path) -> Iterator[str]:
    yield str(zip_folder(package, package.parent / "package.zip"))


@contextmanager
def _zip_in_one_folder(package: Path) -> Iterator[str]:
    yield str(zip_folder(package, package.parent / "package.ZIP", "haiti-1.0.0/"))


@contextmanager
def _revision(package: Path) -> Iterator[str]:
    commit(package.parent, "v1.0.0")
    yield f"{package}@v1.0.0"


@contextmanager
def _url_of_zip(package: Path) -> Iterator[str]:
    with serving() as site:
        site.serve(zip_folder(package, package.parent / "package.zip").parent)
        yield f"{site.url}/package.zip?download=1"


@contextmanager
def _url_of_descriptor(package: Path) -> Iterator[str]:
    with serving() as site:
        site.serve(package, "/package/")
        yield f"{site.url}/package/datapackage.json"


_WAYS = [_zip_at_root, _zip_in_one_folder, _revision, _url_of_zip, _url_of_descriptor]
_Way = Callable[[Path], Iterator[str]]


@pytest.mark.parametrize("name", _CASES)
def test_the_same_is_found_in_a_folder_an_archive_a_revision_and_at_a_url(name: str, tmp_path: Path) -> None:
    case = next((HERE / "checks" / name / "rejects").iterdir())
    package = build(case, tmp_path / "package")
    expected = _judge(validate(package, ("structure", "facts")))
    assert name in expected

    for way in _WAYS:
        with way(package) as target, opened(target) as folder:
            found = _judge(validate(folder, ("structure", "facts")))
        if way is _url_of_descriptor and name == "manifest-extra":
            assert name not in found  # a server does not say what else it has
        else:
            assert found == expected, way


def _judge(report: Report) -> str:
    return repr((report.package, report.version, list(report), report.layers, report.tables, report.refused))


@pytest.mark.parametrize("way", _WAYS)
def test_a_nameless_package_is_called_by_what_it_was_opened_from_and_no_copy_is_left(
    way: _Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(_made(tmp_path / "temporary")))
    package = build_base("plain", tmp_path / "package")
    replace(package, "data/people.csv", "1,", "one,")
    descriptor = json.loads((package / "datapackage.json").read_text())
    del descriptor["name"]
    (package / "datapackage.json").write_text(json.dumps(descriptor))

    with way(package) as target:  # type: ignore[attr-defined]
        results = [muster("validate", target, "--no-cache", "--format", form) for form in ("text", "json", "github")]

    assert json.loads(results[1].stdout)["package"]["name"] == "package"
    assert {result.code for result in results} == {1}
    assert "temporary" not in repr(results)
    assert target.replace(":", "%3A") in results[2].stdout.replace(":", "%3A")
    assert not list((tmp_path / "temporary").iterdir())


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_copy_lies_where_nobody_else_can_look_and_is_gone_after_an_error(tmp_path: Path) -> None:
    archive = zip_folder(build_base("plain", tmp_path / "package"), tmp_path / "package.zip")

    places = []

    def fail() -> None:
        with opened(str(archive)) as folder:
            places.append(folder.root.parent)
            assert places[0].stat().st_mode & 0o777 == 0o700
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not places[0].exists()


@pytest.mark.slow
def test_every_command_that_reads_a_package_opens_all_of_them(tmp_path: Path) -> None:
    package = build_base("mission", tmp_path / "package")
    seal(package)
    for way in _WAYS:
        with way(package) as target:
            assert muster("balance", target, "--as-of", "2024-10-11").code == 0
            assert muster("explain", "C-0001", target).code == 0
            if way is _revision:  # the judge takes its time
                assert muster("validate", package, "--against", target, "--layer", "plausibility").code == 0


def test_only_a_folder_is_formatted(tmp_path: Path) -> None:
    archive = zip_folder(build_base("plain", tmp_path / "package"), tmp_path / "package.zip")

    result = muster("fmt", archive)

    assert result.code == 2
    assert "only in a folder" in " ".join(result.stderr.split())


def test_a_second_run_of_an_unchanged_archive_or_revision_is_cached(tmp_path: Path) -> None:
    package = build_base("plain", tmp_path / "package")
    for way in (_zip_at_root, _revision):
        with way(package) as target:
            muster("validate", target)
            assert "nothing has changed" in muster("validate", target).stderr


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        (".", Kind.FOLDER),
        ("nowhere/datapackage.json", Kind.FOLDER),
        ("nowhere.zip", Kind.ARCHIVE),
        ("@v1.2.0", Kind.REVISION),
        ("package@v1.2.0", Kind.REVISION),
        ("package@HEAD@{1}", Kind.REVISION),
        ("with@sign@main", Kind.REVISION),
        ("./nowhere@main", Kind.REVISION),
        ("plain@1.0.0", Kind.RELEASE),
        ("outside@1.0.0", Kind.RELEASE),
        ("https://example.org/a@b.zip", Kind.URL),
        ("ftp://example.org/a.zip", Kind.URL),
        ("package@is-a-folder", Kind.FOLDER),
        ("folder.zip", Kind.FOLDER),
        ("x" * 5000, Kind.FOLDER),
    ],
)
def test_what_names_a_package_is_read_in_one_way(
    target: str, kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("checkout/package", "checkout/with@sign", "checkout/package@is-a-folder", "checkout/folder.zip"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "checkout/.git").mkdir()
    (tmp_path / "checkout/outside").symlink_to(_made(tmp_path / "outside"))
    monkeypatch.chdir(tmp_path / "checkout")

    assert kind_of(target) is kind


@pytest.mark.parametrize(
    ("target", "kind", "words"),
    [
        ("plain@1.0.0", Unavailable, "there is no release 1.0.0 of plain"),
        ("nowhere.zip", Unavailable, "No such file"),
        ("nowhere/at/all@main", Unavailable, "no such folder"),
        ("a\0.zip", Refused, "NUL"),
        ("ftp://example.org/package.zip", Refused, "only https://"),
        ("file:///etc/datapackage.json", Refused, "only https://"),
        ("http://example.org/package.zip", Refused, "only https://"),
        ("https:///package.zip", Refused, "only https://"),
        ("https://[::1/package.zip", Refused, "not a URL"),
        ("https://127.0.0.1/package", Unavailable, "names neither"),
    ],
)
def test_what_cannot_be_opened_is_one_clear_line(target: str, kind: type[MusterError], words: str) -> None:
    with pytest.raises(kind, match=words) as caught, opened(target):
        pass

    assert len(str(caught.value).splitlines()) == 1


def test_a_password_in_a_url_is_neither_sent_nor_printed() -> None:
    result = muster("validate", "https://user:secret@example.org/package.zip")

    assert result.code == 3
    assert "secret" not in result.stderr
