"""What people see: what was checked, where it failed, why and how to mend it; nothing cut, nothing forged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from muster_cli.render.visible import visible
from running import RECORD, ROOT, copy_of_record, muster, replace

MUSTER = Path(sys.executable).parent / "muster"
PLAIN = ROOT / "tests/packages/plain"


def test_only_the_layers_asked_for_are_reported() -> None:
    report = json.loads(muster("validate", RECORD, "--layer", "facts", "--format", "json").stdout)

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
    result = muster("validate", RECORD, "--format", "json", "--output", tmp_path / "report.json")

    assert result.stdout == ""
    assert json.loads((tmp_path / "report.json").read_text())["valid"]


def test_the_same_input_gives_the_same_bytes() -> None:
    runs = [
        subprocess.run(
            [MUSTER, "validate", PLAIN, "--format", "json"],
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


@pytest.mark.slow
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

    (first, *_) = [line for line in lines if not line.startswith("::error title=not run::")]
    assert first.startswith("::error file=sub/record/data/deployments.csv,line=2,col=16,title=category::")
    assert not any(line.startswith("::error::") for line in lines)
    assert "%250A" in first


def test_annotations_are_capped_and_the_rest_is_counted(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    file = package / "data/evidence.csv"
    file.write_text(file.read_text().replace(",supports,", ",suports,"))

    lines = muster("validate", package, "--format", "github").stdout.splitlines()

    assert sum(line.startswith("::error ") for line in lines) == 10
    assert (
        sum("data/evidence.csv:" in line for line in lines) + sum("evidence.csv,line=" in line for line in lines) == 50
    )
    assert "more findings are not shown here" in lines[-1]


def test_control_characters_are_written_out_and_long_values_say_how_long() -> None:
    assert visible("a\x1b[31m\u202e\u200b\u00a0b") == "a\\x1b[31m\\u202e\\u200b\\xa0b"
    assert visible("x" * 300) == "x" * 200 + "… (300 characters)"


def test_a_terminal_gets_colour_unless_it_does_not_want_it() -> None:
    asked = [str(MUSTER), "validate", str(PLAIN), "--layer", "structure"]
    script = f"import pty, sys; sys.exit(pty.spawn({asked}) >> 8)"

    coloured = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).stdout
    plain = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False, env={**os.environ, "NO_COLOR": "1"}
    ).stdout

    assert b"\x1b[32m" in coloured
    assert b"\x1b[32m" not in plain


def test_an_old_locale_sees_escapes_instead_of_a_crash() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    asked: list[str | Path] = [MUSTER, "validate", PLAIN, "--layer", "structure"]
    result = subprocess.run(asked, capture_output=True, text=True, check=False, env=environment)

    assert result.returncode == 0
    assert "\\u2714 structure" in result.stdout


def test_a_name_cannot_forge_an_annotation_or_speak_to_the_terminal(tmp_path: Path) -> None:
    name = "x\n::error title=forged::pwned\x1b[2J"
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": name, "resources": [{"name": "a", "data": []}]}))

    annotations = muster("validate", tmp_path, "--format", "github").stdout
    question = muster("balance", tmp_path, "--as-of", "2024-01-01").stderr

    assert not any(line.startswith("::error title=forged") for line in annotations.splitlines())
    assert "\x1b" not in muster("validate", tmp_path).stdout + annotations + question
    assert len(question.splitlines()) == 1


def test_no_number_of_a_balance_is_cut_in_a_narrow_terminal() -> None:
    script = f"import pty, sys; sys.exit(pty.spawn(['{MUSTER}', 'balance', '{RECORD}', '--as-of', '2024-10-13']) >> 8)"
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False, env={**os.environ, "COLUMNS": "60"}
    )

    assert "≥ 1,150 + 5?" in result.stdout.decode()
    assert "…" not in result.stdout.decode()


def test_the_catalogue_lists_every_check_of_a_layer() -> None:
    text = muster("checks", "--layer", "facts").stdout

    assert "deployed-within-pledged" in text
    assert "json-syntax" not in text
