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
from muster_cli.render.visible import visible
from running import ROOT, copy_of_record, muster, replace

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

        result = subprocess.run([sys.executable, script, ROOT, package], capture_output=True, text=True, check=False)

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
    assert muster("validate", ROOT / "datapackage.json").code == 0


def test_only_the_layers_asked_for_are_reported() -> None:
    report = json.loads(muster("validate", ROOT, "--layer", "facts", "--format", "json").stdout)

    assert [(layer["name"], layer["status"]) for layer in report["layers"]] == [("facts", "passed")]


def test_a_warning_fails_only_if_asked_to(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    (package / "data/waivers.csv").write_bytes((package / "data/waivers.csv").read_bytes().rstrip(b"\n"))
    descriptor = json.loads((package / "datapackage.json").read_text())
    for resource in descriptor["resources"]:
        resource.pop("hash")
        resource.pop("bytes")
    (package / "datapackage.json").write_text(json.dumps(descriptor))

    assert muster("validate", package).code == 0
    assert muster("validate", package, "--fail-on", "warning").code == 1


def test_the_report_can_be_written_to_a_file(tmp_path: Path) -> None:
    result = muster("validate", ROOT, "--format", "json", "--output", tmp_path / "report.json")

    assert result.stdout == ""
    assert json.loads((tmp_path / "report.json").read_text())["valid"]


def test_a_folder_that_cannot_be_written_is_4(tmp_path: Path) -> None:
    result = muster("validate", ROOT, "--output", tmp_path / "no" / "report.txt")

    assert result.code == 4
    assert "report.txt" in result.stderr


def test_the_same_input_gives_the_same_bytes() -> None:
    runs = [
        subprocess.run(
            [MUSTER, "validate", ROOT / "tests/packages/plain", "--format", "json"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=False,
        ).stdout
        for seed in ("1", "2")
    ]

    assert runs[0] == runs[1]


def test_the_text_report_says_what_was_checked_where_it_failed_why_and_how_to_mend_it(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    replace(package, "data/deployments.csv", "D-0001,MSS,KEN", "D-0001,MSS,KEX")

    text = muster("validate", package).stdout

    assert "haiti-mss" in text
    assert "✘ structure" in text
    assert "data/deployments.csv:3:12" not in text
    assert "data/deployments.csv:2:12" in text
    assert "There is no row with country_code = KEX in countries." in text
    assert "why " in text
    assert "mend " in text
    assert text.splitlines()[-1].startswith("Failed.")


def test_a_long_list_is_cut_and_says_how_much(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    file = package / "data/events.csv"
    file.write_text(file.read_text().replace(",statement,", ",statment,"))

    short, long = muster("validate", package).stdout, muster("validate", package, "--all").stdout

    assert "more; --all lists them" in short
    assert "more; --all lists them" not in long
    assert long.count("events.csv:") > short.count("events.csv:")


def test_annotations_name_the_file_from_the_working_folder_and_cannot_be_forged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = copy_of_record(tmp_path / "sub" / "record")
    replace(package, "data/deployments.csv", "arrival,police,196", '"x\n::error::forged %0A, y",police,196')
    monkeypatch.chdir(tmp_path)

    lines = muster("validate", "sub/record", "--format", "github").stdout.splitlines()

    assert lines[0].startswith("::error file=sub/record/data/deployments.csv,line=2,col=16,title=category::")
    assert not any(line.startswith("::error::") for line in lines)
    assert "%250A" in lines[0]


def test_annotations_are_capped_and_the_rest_is_counted(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    file = package / "data/evidence.csv"
    file.write_text(file.read_text().replace(",supports,", ",suports,"))

    lines = muster("validate", package, "--format", "github").stdout.splitlines()

    assert sum(line.startswith("::error file=") for line in lines) == 50
    assert "more findings are not shown here" in lines[-1]


def test_control_characters_are_written_out_and_long_values_say_how_long() -> None:
    assert visible("a\x1b[31m\u202e\u200b\u00a0b") == "a\\x1b[31m\\u202e\\u200b\\xa0b"
    assert visible("x" * 300) == "x" * 200 + "… (300 characters)"


def test_a_terminal_gets_colour_unless_it_does_not_want_it() -> None:
    script = f"import pty, sys; sys.exit(pty.spawn(['{MUSTER}', 'validate', '{ROOT}']) >> 8)"

    coloured = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).stdout
    plain = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False, env={**os.environ, "NO_COLOR": "1"}
    ).stdout

    assert b"\x1b[32m" in coloured
    assert b"\x1b[32m" not in plain


def test_a_reader_that_closes_the_pipe_ends_us_quietly_with_141() -> None:
    reading, writing = os.pipe()
    os.close(reading)

    result = subprocess.run([MUSTER, "checks"], stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)

    assert (result.returncode, result.stderr) == (141, "")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["validate", str(ROOT)]])
def test_a_closed_pipe_is_141_whatever_was_asked(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)

    result = subprocess.run([MUSTER, *arguments], stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)

    assert (result.returncode, result.stderr) == (141, "")


def test_without_a_standard_output_there_is_one_line_and_4() -> None:
    result = subprocess.run(
        ["bash", "-c", f"'{MUSTER}' validate '{ROOT}' >&-"], stderr=subprocess.PIPE, text=True, check=False
    )

    assert (result.returncode, result.stderr) == (4, "muster: there is no standard output\n")


def test_an_old_locale_sees_escapes_instead_of_a_crash() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    result = subprocess.run([MUSTER, "validate", ROOT], capture_output=True, text=True, check=False, env=environment)

    assert result.returncode == 0
    assert "\\u2714 structure" in result.stdout


@pytest.mark.parametrize("target", ["https://example.org/package", "@v1.0.0", "haiti-mss@1.0.0"])
def test_what_cannot_be_opened_yet_is_said_to_be_so(target: str) -> None:
    result = muster("validate", target)

    assert result.code == 2
    assert "from a folder or its datapackage.json only" in " ".join(result.stderr.split())


def test_an_archive_is_to_be_unpacked_first(tmp_path: Path) -> None:
    (tmp_path / "record.zip").write_bytes(b"PK")

    assert "Unpack it first" in muster("validate", tmp_path / "record.zip").stderr


def test_output_goes_into_pipes_and_through_links_and_never_replaces_them(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to("real.json")
    os.mkfifo(tmp_path / "pipe")

    assert muster("validate", ROOT, "--format", "json", "--output", tmp_path / "link.json").code == 0
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text())["valid"]
    with subprocess.Popen(["cat", tmp_path / "pipe"], stdout=subprocess.PIPE) as reader:
        assert muster("validate", ROOT, "--output", tmp_path / "pipe").code == 0
        assert b"haiti-mss" in reader.communicate()[0]
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("output", ["", "."])
def test_an_output_that_is_no_file_is_wrong_use(output: str) -> None:
    assert muster("validate", ROOT, "--output", output).code == 2


def test_a_dash_is_standard_output() -> None:
    assert "haiti-mss" in muster("validate", ROOT, "--output", "-").stdout


def test_a_name_cannot_forge_an_annotation_or_speak_to_the_terminal(tmp_path: Path) -> None:
    name = "x\n::error title=forged::pwned\x1b[2J"
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": name, "resources": [{"name": "a", "data": []}]}))

    annotations = muster("validate", tmp_path, "--format", "github").stdout
    question = muster("balance", tmp_path, "--as-of", "2024-01-01").stderr

    assert not any(line.startswith("::error title=forged") for line in annotations.splitlines())
    assert "\x1b" not in muster("validate", tmp_path).stdout + annotations + question
    assert len(question.splitlines()) == 1


def test_no_number_of_a_balance_is_cut_in_a_narrow_terminal() -> None:
    script = f"import pty, sys; sys.exit(pty.spawn(['{MUSTER}', 'balance', '{ROOT}', '--as-of', '2024-10-13']) >> 8)"
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False, env={**os.environ, "COLUMNS": "60"}
    )

    assert "≥ 1,150 + 5?" in result.stdout.decode()
    assert "…" not in result.stdout.decode()


def test_a_full_disk_is_4_and_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        result = subprocess.run([MUSTER, "checks"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert result.returncode == 4
    assert len(result.stderr.splitlines()) == 1


def test_our_own_bug_is_70_and_shows_where_only_if_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("muster_validators.validate", fail)

    result = muster("validate", ROOT)

    assert (result.code, result.stdout) == (70, "")
    assert "RuntimeError: planted" in result.stderr
    assert "Traceback" not in result.stderr
    with pytest.raises(RuntimeError, match="planted"):
        muster("--debug", "validate", ROOT)


def test_ctrl_c_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("muster_validators.validate", interrupt)

    assert muster("validate", ROOT).code == 130


def test_the_catalogue_lists_every_check_of_a_layer() -> None:
    text = muster("checks", "--layer", "facts").stdout

    assert "deployed-within-pledged" in text
    assert "json-syntax" not in text
