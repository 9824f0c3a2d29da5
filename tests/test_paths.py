"""A package cannot make us open, fetch or wait for anything outside it."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from muster_validators import validate
from musterroll.package import limits
from musterroll.package.paths import collision_key, path_fault, portability_fault
from musterroll.package.text_reader import TextReader
from running import muster

_REFUSED = {
    "/etc/passwd": "path-absolute",
    "../x.csv": "path-parent",
    "a/../../b.csv": "path-parent",
    "..": "path-parent",
    ".": "path-form",
    "a//b.csv": "path-form",
    "a/": "path-form",
    "": "path-form",
    "a" * 1025: "path-form",
    "C:\\x.csv": "path-backslash",
    "C:/x.csv": "path-backslash",
    "a\\b.csv": "path-backslash",
    "\\\\host\\share": "path-backslash",
    "~/x.csv": "path-expansion",
    "$HOME/x.csv": "path-expansion",
    "%TEMP%/x.csv": "path-expansion",
    "file:///etc/passwd": "remote-refused",
    "FILE:x.csv": "remote-refused",
    " file:x.csv": "remote-refused",
    "http://127.0.0.1/x.csv": "remote-refused",
    "sqlite:////abs/x.db": "remote-refused",
    "s3://bucket/x.csv": "remote-refused",
    "//host/x.csv": "remote-refused",
    ".env": "path-hidden",
    ".git/config": "path-hidden",
    "a/.b/c.csv": "path-hidden",
    "a\x00.csv": "path-control",
    "a\n.csv": "path-control",
    "a\u202e.csv": "path-control",
    "a%0Ab.csv": "path-control",
}


@pytest.mark.parametrize("path", ["a.csv", "data/a.csv", "data/a.b.csv", "données/été.csv", "a-b_c (1).csv", "50%.csv"])
def test_a_plain_relative_path_may_be_opened(path: str) -> None:
    assert path_fault(path) is None


@pytest.mark.parametrize(("path", "check"), _REFUSED.items())
def test_an_unsafe_path_is_refused_by_name_without_opening_or_connecting(
    path: str, check: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _forbid_network(monkeypatch)
    (tmp_path / "good.csv").write_text("a\n1\n")
    _describe(tmp_path, {"path": path}, {"path": "good.csv"})
    opened = _watch_opens(monkeypatch)

    result = muster("validate", tmp_path, "--format", "json")

    report = json.loads(result.stdout)
    assert result.code == 3
    assert [finding["check"] for finding in report["findings"]] == [check]
    assert not report["valid"]
    assert {Path(name).name for name in opened} <= {"datapackage.json", str(tmp_path), tmp_path.name}


@pytest.mark.parametrize("place", ["schema", "dialect", "profile"])
def test_a_url_is_refused_wherever_a_library_would_fetch_it(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _forbid_network(monkeypatch)
    (tmp_path / "good.csv").write_text("a\n1\n")
    _describe(tmp_path, {"path": "good.csv", place: "http://169.254.169.254/latest/meta-data"})

    result = muster("validate", tmp_path)

    assert result.code == 3
    assert "remote-refused" in result.stdout


def test_a_profile_url_of_the_package_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _forbid_network(monkeypatch)
    descriptor = {"name": "x", "profile": "https://example.org/p.json", "resources": [{"name": "a", "data": []}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))

    assert [finding.check for finding in validate(tmp_path)] == ["remote-refused"]


def test_no_socket_is_opened_for_the_real_package(monkeypatch: pytest.MonkeyPatch) -> None:
    _forbid_network(monkeypatch)

    assert validate(Path(__file__).parents[1]).valid


def _link_file(folder: Path) -> str:
    (folder / "link.csv").symlink_to(folder.parent / "secret.csv")
    return "link.csv"


def _link_folder(folder: Path) -> str:
    (folder / "sub").symlink_to(folder.parent, target_is_directory=True)
    return "sub/secret.csv"


def _pipe(folder: Path) -> str:
    os.mkfifo(folder / "pipe.csv")
    return "pipe.csv"


def _folder(folder: Path) -> str:
    (folder / "folder.csv").mkdir()
    return "folder.csv"


def _socket(folder: Path) -> str:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "s.csv"))
    return "s.csv"


@pytest.mark.parametrize(
    ("make", "check"),
    [
        (_link_file, "path-symlink"),
        (_link_folder, "path-symlink"),
        (_pipe, "path-not-regular"),
        (_folder, "path-not-regular"),
        (_socket, "path-not-regular"),
    ],
)
def test_what_is_not_a_plain_file_of_the_folder_is_refused_and_does_not_hang(
    make: Any, check: str, tmp_path: Path
) -> None:
    (tmp_path / "secret.csv").write_text("a\nTOPSECRET\n")
    package = tmp_path / "package"
    package.mkdir()
    _describe(package, {"path": make(package)})

    result = muster("validate", package)

    assert result.code == 3
    assert check in result.stdout
    assert "TOPSECRET" not in result.stdout


def test_a_descriptor_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.json").write_text('{"name": "x", "resources": []}')
    package = tmp_path / "package"
    package.mkdir()
    (package / "datapackage.json").symlink_to(tmp_path / "elsewhere.json")

    assert muster("validate", package).code == 3


def test_a_second_name_of_a_file_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n")
    (tmp_path / "b.csv").hardlink_to(tmp_path / "a.csv")
    _describe(tmp_path, {"path": "a.csv"})

    result = muster("validate", tmp_path)

    assert result.code == 0
    assert [finding.check for finding in validate(tmp_path)] == ["path-hard-link"]
    assert "warning" in result.stdout


def test_a_file_used_as_a_folder_is_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n")
    _describe(tmp_path, {"path": "a.csv/b.csv"})

    assert [finding.check for finding in validate(tmp_path)] == ["manifest-missing"]


def test_a_descriptor_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "JSON_BYTES", 100)
    _describe(tmp_path, {"path": "a.csv", "description": "x" * 200})

    result = muster("validate", tmp_path)

    assert result.code == 3
    assert [finding.check for finding in validate(tmp_path)] == ["limit-size"]


@pytest.mark.parametrize("path", ["con.csv", "a/NUL", "com1.txt", "a.", "a /b.csv", "a?.csv"])
def test_a_name_that_windows_cannot_hold_is_reported(path: str) -> None:
    assert portability_fault(path)


def test_names_that_some_system_takes_for_one_have_one_key() -> None:
    assert collision_key("A.csv") == collision_key("a.csv")
    assert collision_key("e\u0301.csv") == collision_key("\u00e9.csv")


def _describe(folder: Path, *resources: dict[str, Any]) -> None:
    listed = [{"name": f"r{number}", **resource} for number, resource in enumerate(resources)]
    (folder / "datapackage.json").write_text(json.dumps({"name": "x", "resources": listed}))


def _forbid_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def _watch_opens(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    opened: list[str] = []
    real = os.open

    def watched(path: Any, *arguments: Any, **options: Any) -> int:
        opened.append(str(path))
        return real(path, *arguments, **options)

    monkeypatch.setattr(os, "open", watched)
    return opened


def test_a_file_that_changes_while_it_is_read_is_4_and_not_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n")
    _describe(tmp_path, {"path": "a.csv"})
    monkeypatch.setattr(TextReader, "sha256", "the hash of what stood there before")

    result = muster("validate", tmp_path)

    assert (result.code, result.stdout) == (4, "")
    assert "changed while it was read" in result.stderr
