"""`muster init`: a package that passes at once, or one clear line and nothing written."""

from __future__ import annotations

import io
import json
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from branches import content
from muster_cli.commands import init as command
from muster_validators import validate
from musterroll.errors import Unavailable
from musterroll.record.profile import profile_folder, profile_schemas
from musterroll.starting.package import TABLES
from musterroll.starting.writing import write_new
from running import Result, muster

GIVEN = {"host": "XAA", "host-title": "Exampleland", "horizon": "2025-06-30"}


def init(folder: Path, **changed: str | None) -> Result:
    options = {**GIVEN, **{name.replace("_", "-"): text for name, text in changed.items()}}
    return muster("init", folder, *(f"--{name}={text}" for name, text in options.items() if text is not None))


def test_a_new_package_passes_at_once_is_canonical_and_takes_its_first_row(tmp_path: Path) -> None:
    folder = tmp_path / "records/harbour-watch"
    result = init(folder)
    descriptor = json.loads((folder / "datapackage.json").read_text())

    assert (result.code, result.stdout) == (0, f"{folder / 'datapackage.json'}\n")
    assert "muster validate" in result.stderr
    assert validate(folder, ("structure", "facts")).valid
    assert muster("fmt", "--check", folder).code == 0
    assert (descriptor["name"], descriptor["host"]) == ("harbour-watch", {"code": "XAA", "title": "Exampleland"})
    assert set(TABLES) == set(profile_schemas())
    for name in TABLES:
        path = f"schemas/{name}.json"
        assert (folder / path).read_bytes() == (profile_folder() / f"{name}.json").read_bytes()
    source = ("type=news", "title=Two", "publisher=Gazette", "published=2025-01-31", "language=en", "read_extent=whole")
    first = muster("new", "sources", folder, *(word for pair in source for word in ("--set", pair)))
    assert (first.code, first.stdout) == (0, "gazette-2025-01-31\n")


@pytest.mark.slow
def test_what_the_first_release_lacks_is_told_in_words_that_fit_it(tmp_path: Path) -> None:
    init(tmp_path / "new")
    report = json.loads(muster("gate", tmp_path / "new", "--format", "json").stdout)
    remedies = {finding["check"]: finding["remedy"] for finding in report["findings"]}

    assert remedies.keys() == {"row-count", "changelog-headline", "release-date"}
    assert remedies["row-count"].startswith("To a table that has no rows yet, add the first ones")
    assert "1.1.0" not in remedies["changelog-headline"]
    assert "no rows" not in (tmp_path / "new/README.md").read_text()


def test_a_package_may_begin_in_an_empty_repository_and_is_the_same_each_time(tmp_path: Path) -> None:
    (tmp_path / "one/.git").mkdir(parents=True)

    assert init(tmp_path / "one", name="same", license="CC0-1.0").code == 0
    assert init(tmp_path / "two", name="same", license="CC0-1.0").code == 0

    assert content(tmp_path / "one") == content(tmp_path / "two")
    assert "publicdomain/zero" in (tmp_path / "two/datapackage.json").read_text()


@pytest.mark.parametrize(
    ("option", "texts"),
    [
        ("name", ("", "../x", "a b", "a\nb", "-x", "Ä", "A", "a--b", "a" * 101)),
        ("host", ("", "xaa", "XA", "XAA\n", "\x1b[2J")),
        ("host_title", ("", " ", " x", "a\nb", "\x1b[2J", "a\u202eb", "bad\udcff", "a" * 201)),
        ("horizon", ("", "2025-02-30", "20250630", "2025-6-30", "today")),
        ("title", (" ", "a\nb", "bad\udcff")),
        ("license", ("", "mine")),
    ],
)
def test_what_does_not_fit_is_one_line_of_wrong_use_and_nothing_is_written(
    tmp_path: Path, option: str, texts: tuple[str, ...]
) -> None:
    for text in texts:
        result = init(tmp_path / "new", **{option: text})

        if not text and option == "title":
            continue
        assert (result.code, result.stdout) == (2, ""), text
        assert result.stderr.count("Error: ") == 1
        assert "\x1b" not in result.stderr
        assert not any(tmp_path.iterdir())


def test_nothing_is_written_over_anything(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "full/data").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    before = content(tmp_path)

    for name, why in (
        ("full", "is not empty (it holds 'data')"),
        ("file", "Not a directory"),
        ("file/below", "Not a directory"),
        ("link", "a link to nothing"),
        ("a" * 300, "File name too long"),
    ):
        result = init(tmp_path / name, name="new")
        assert (result.code, result.stdout) == (4, "")
        assert why in result.stderr
        assert result.stderr.count("\n") == 1
    assert content(tmp_path) == before


def test_if_one_file_cannot_be_written_all_are_taken_back(tmp_path: Path) -> None:
    first = [("data/x.csv", b"x"), ("README.md", b"y")]

    with pytest.raises(Unavailable, match="File exists"):
        write_new(tmp_path / "a/b", [*first, ("data", b"z")])
    with pytest.raises(KeyboardInterrupt):
        write_new(tmp_path / "a/b", _interrupted(first))
    with pytest.raises(ValueError, match="null byte"):
        write_new(tmp_path / "a/b", [*first, ("x\0", b"z")])
    with _at_most_bytes_in_a_file(10), pytest.raises(Unavailable, match="File too large"):
        write_new(tmp_path / "a/b", [*first, ("datapackage.json", b"z" * 100)])

    assert not any(tmp_path.iterdir())


def _interrupted(files: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    yield from files
    raise KeyboardInterrupt


@contextmanager
def _at_most_bytes_in_a_file(count: int) -> Iterator[None]:
    """What a full disk does to a write, without filling one."""
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (count, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))


def test_names_are_inert_in_what_is_written(tmp_path: Path) -> None:
    title = "</script># [x](http://example.org) `a` |"

    assert init(tmp_path / "new", host_title=title).code == 0

    assert json.loads((tmp_path / "new/datapackage.json").read_text())["host"]["title"] == title
    readme = (tmp_path / "new/README.md").read_text()
    assert "<" not in readme
    assert r"\[x\](" in readme
    assert validate(tmp_path / "new", ("structure", "facts")).valid


class _Terminal(io.BytesIO):
    """Gives one line at a time, as people type."""

    def read1(self, size: int | None = -1, /) -> bytes:
        return self.readline(size)


def test_what_is_missing_is_asked_for_on_a_terminal_until_it_fits_and_else_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Two words"
    nobody = muster("init", folder)
    assert nobody.code == 2
    assert "Missing option '--name'" in nobody.stderr
    assert not folder.exists()

    answers = ("Two words", "two-words", "xaa", "XAA", "Exampleland", "soon", "2025-06-30")
    monkeypatch.setattr(command, "_is_somebody_there", lambda: True)
    typed = "".join(f"{answer}\n" for answer in answers).encode().replace(b"xaa", b"xaa\nC\xf4te")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(_Terminal(typed), "utf-8"))
    asked = muster("init", folder)

    assert asked.code == 0, asked.stderr
    assert asked.stderr.count("Error: ") == 4
    assert "no text in the encoding" in asked.stderr
    descriptor = json.loads((folder / "datapackage.json").read_text())
    assert [descriptor[name] for name in ("name", "horizon")] == ["two-words", "2025-06-30"]
