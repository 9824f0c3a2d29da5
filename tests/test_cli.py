"""Every way to end has its exit code and its one clear line; stdout holds data, stderr talk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from muster_cli.main import COMMANDS
from running import RECORD, copy_of_record, muster

MUSTER = Path(sys.executable).parent / "muster"


def test_help_names_every_command_and_shows_examples() -> None:
    result = muster("--help")

    assert result.code == 0
    assert all(command in result.stdout for command in COMMANDS)
    assert "Examples:" in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_own_help(command: str) -> None:
    assert muster(command, "-h").stdout.startswith(f"Usage: muster {command}")


def test_version_names_toolkit_profile_and_libraries() -> None:
    words = muster("--version").stdout.split()

    assert {"musterroll", "mission-record", "frictionless", "pandera", "great-expectations"} <= set(words)


def test_a_library_that_is_missing_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("muster_cli.versions._LIBRARIES", ("no-such-library",))

    assert "not installed" in muster("--version").stdout


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["validate", "--no-such-option"], ["validate", "--layer", "x"], []]
)
def test_wrong_use_ends_with_2(arguments: list[str]) -> None:
    assert muster(*arguments).code == 2


@pytest.mark.parametrize("command", [["validate"], ["fmt"], ["balance", "--as-of", "2024-01-01"]])
@pytest.mark.parametrize("make", [lambda _: None, Path.mkdir, Path.touch], ids=["nothing", "empty folder", "a file"])
def test_where_there_is_no_package_one_line_says_so_and_the_code_is_4(
    command: list[str], make: object, tmp_path: Path
) -> None:
    target = tmp_path / "there"
    make(target)  # type: ignore[operator]

    result = muster(*command, target)

    assert (result.code, result.stdout) == (4, "")
    assert str(target) in result.stderr
    assert len(result.stderr.splitlines()) == 1


# Root reads every file. The first run loads all modules while that is still so: Python itself may lie in root's home.
_AS_NOBODY = """
import contextlib, io, os, sys
import muster_cli

record, package = sys.argv[1:]
sys.argv = ["muster", "validate", record]
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
    muster_cli.main()
os.setgid(65534)
os.setuid(65534)
sys.argv = ["muster", "validate", package]
muster_cli.main()
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_a_file_without_permission_is_one_line_and_4() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        package = copy_of_record(Path(folder) / "record")
        (package / "data/events.csv").chmod(0o000)
        script = Path(folder) / "as_nobody.py"
        script.write_text(_AS_NOBODY)

        result = subprocess.run([sys.executable, script, RECORD, package], capture_output=True, text=True, check=False)

    assert (result.returncode, result.stdout) == (4, "")
    assert result.stderr.splitlines() == [f"muster: {package}/data/events.csv: permission denied"]


def test_a_descriptor_that_is_not_json_is_a_finding_with_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text('{\n  "name": "x",\n}')

    result = muster("validate", tmp_path, "--format", "json")

    (finding,) = json.loads(result.stdout)["findings"]
    assert result.code == 1
    assert (finding["check"], finding["file"], finding["line"], finding["column"]) == (
        "json-syntax",
        "datapackage.json",
        3,
        1,
    )


def test_the_descriptor_may_be_named_instead_of_the_folder() -> None:
    assert muster("validate", RECORD / "datapackage.json").code == 0


def test_a_folder_that_cannot_be_written_is_4(tmp_path: Path) -> None:
    result = muster("validate", RECORD, "--output", tmp_path / "no" / "report.txt")

    assert result.code == 4
    assert "report.txt" in result.stderr


def test_a_reader_that_closes_the_pipe_ends_us_quietly_with_141() -> None:
    reading, writing = os.pipe()
    os.close(reading)

    result = subprocess.run([MUSTER, "checks"], stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)

    assert (result.returncode, result.stderr) == (141, "")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["validate", str(RECORD)]])
def test_a_closed_pipe_is_141_whatever_was_asked(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)

    result = subprocess.run([MUSTER, *arguments], stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)

    assert (result.returncode, result.stderr) == (141, "")


def test_without_a_standard_output_there_is_one_line_and_4() -> None:
    result = subprocess.run(
        ["bash", "-c", f"'{MUSTER}' validate '{RECORD}' >&-"], stderr=subprocess.PIPE, text=True, check=False
    )

    assert (result.returncode, result.stderr) == (4, "muster: there is no standard output\n")


def test_what_is_neither_a_path_nor_the_name_of_a_release_is_wrong_use() -> None:
    result = muster("validate", "haiti-mss@v1")

    assert result.code == 2
    assert "which is named NAME@VERSION" in " ".join(result.stderr.split())


@pytest.mark.parametrize("suffix", ["tar", "tar.gz", "7z"])
def test_another_archive_than_zip_is_to_be_unpacked_first(suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"record.{suffix}").write_bytes(b"PK")

    result = muster("validate", tmp_path / f"record.{suffix}")

    assert result.code == 2
    assert "Unpack it first" in result.stderr


def test_output_goes_into_pipes_and_through_links_and_never_replaces_them(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to("real.json")
    os.mkfifo(tmp_path / "pipe")

    assert muster("validate", RECORD, "--format", "json", "--output", tmp_path / "link.json").code == 0
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text())["valid"]
    with subprocess.Popen(["cat", tmp_path / "pipe"], stdout=subprocess.PIPE) as reader:
        assert muster("validate", RECORD, "--output", tmp_path / "pipe").code == 0
        assert b"haiti-mss" in reader.communicate()[0]
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("output", ["", "."])
def test_an_output_that_is_no_file_is_wrong_use(output: str) -> None:
    assert muster("validate", RECORD, "--output", output).code == 2


def test_a_dash_is_standard_output() -> None:
    assert "haiti-mss" in muster("validate", RECORD, "--output", "-").stdout


def test_a_full_disk_is_4_and_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        result = subprocess.run([MUSTER, "checks"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert result.returncode == 4
    assert len(result.stderr.splitlines()) == 1


def test_our_own_bug_is_70_and_shows_where_only_if_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("muster_validators.validate", fail)

    result = muster("validate", RECORD)

    assert (result.code, result.stdout) == (70, "")
    assert "RuntimeError: planted" in result.stderr
    assert "Traceback" not in result.stderr
    with pytest.raises(RuntimeError, match="planted"):
        muster("--debug", "validate", RECORD)


def test_ctrl_c_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("muster_validators.validate", interrupt)

    assert muster("validate", RECORD).code == 130
