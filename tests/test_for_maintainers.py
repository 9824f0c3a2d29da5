"""What others put into their repositories in one line: the hooks, the action, the reference of the commands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from elsewhere import commit
from muster_cli.main import COMMANDS, cli
from muster_cli.reference import reference
from running import RECORD, ROOT, copy_of_record, muster, replace

_MUSTER = Path(sys.executable).parent / "muster"


def load(name: str) -> Any:
    return yaml.load((ROOT / name).read_text(), Loader=yaml.BaseLoader)


def hook(id: str) -> dict[str, Any]:
    (found,) = [item for item in load(".pre-commit-hooks.yaml") if item["id"] == id]
    return dict(found)


def run(step: dict[str, Any], package: Path, folder: Path, **inputs: str) -> tuple[int, str, str]:
    """The step that judges, as the runner runs it: exit code, log and summary."""
    (folder / "temp/muster/bin").mkdir(parents=True)
    (folder / "temp/muster/bin/muster").symlink_to(_MUSTER)
    summary = folder / "summary.md"
    given = {"PACKAGE": str(package), "AGAINST": "", "BASE": "", "FAIL_ON": "error", "SARIF": "", **inputs}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, **given, "MUSTER": str(_MUSTER), "RUNNER_TEMP": str(folder / "temp"),
             "GITHUB_STEP_SUMMARY": str(summary), "XDG_CACHE_HOME": str(folder / "cache")},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr, summary.read_text() if summary.exists() else ""


@pytest.mark.parametrize("id", ["muster-validate", "muster-fmt"])
def test_a_hook_runs_a_command_on_what_a_package_consists_of(id: str) -> None:
    found = hook(id)
    pattern = re.compile(found["files"])

    assert found["entry"].split()[2] in COMMANDS
    assert found["pass_filenames"] == "false"
    assert all(pattern.search(path) for path in ("datapackage.json", "data/events.csv", "a/schemas/events.json"))
    assert not pattern.search("README.md")


@pytest.mark.slow
def test_the_hooks_mend_the_form_and_find_the_fault(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "package")
    commit(package)
    file = package / "data/missions.csv"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    fmt = subprocess.run([_MUSTER, *hook("muster-fmt")["entry"].split()[1:]], cwd=package, check=False)
    validate = subprocess.run([_MUSTER, *hook("muster-validate")["entry"].split()[1:]], cwd=package, check=False)

    assert b"\r" not in file.read_bytes()
    assert fmt.returncode == 0
    assert validate.returncode == 0


def test_no_input_of_the_action_is_part_of_a_shell_line() -> None:
    for step in load("action.yml")["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


@pytest.mark.slow
def test_the_action_validates_and_writes_annotations_summary_and_sarif(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "package")
    replace(
        package,
        "data/deployments.csv",
        "D-0001,MSS,KEN,arrival,police,196,196,196",
        "D-0001,MSS,KEN,arrival,police,196,190,196",
    )
    step = load("action.yml")["runs"]["steps"][-1]

    code, log, summary = run(step, package, tmp_path, SARIF=str(tmp_path / "report.sarif"))

    assert code == 1
    assert "::error file=" in log
    assert "qualifier-fits-bounds" in summary
    assert '"2.1.0"' in (tmp_path / "report.sarif").read_text()


@pytest.mark.slow
def test_the_action_gates_against_a_release_and_tells_the_totals_before_and_after(tmp_path: Path) -> None:
    step = load("action.yml")["runs"]["steps"][-1]

    code, _, summary = run(step, ROOT / "releases/1.1.0", tmp_path, AGAINST=str(RECORD))

    assert code == 0
    assert "Headline total promised on 2024-10-13: ≥ 1,150 → ≥ 3,713." in summary
    assert "plausibility" in summary


def test_the_reference_page_is_what_the_commands_say() -> None:
    assert reference() == (ROOT / "docs/reference/commands.md").read_text()


def test_every_command_and_every_option_explains_itself() -> None:
    assert all(f"## muster {name}\n" in reference() for name in COMMANDS)
    for name in COMMANDS:
        command = cli.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.short_help
        for parameter in command.params:
            assert parameter.param_type_name == "argument" or parameter.help


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_get_a_script_that_completes(shell: str) -> None:
    done = subprocess.run(
        [_MUSTER], env={**os.environ, "_MUSTER_COMPLETE": f"{shell}_source"}, capture_output=True, text=True, check=True
    )

    assert "_MUSTER_COMPLETE" in done.stdout


def test_commands_are_completed() -> None:
    given = {"_MUSTER_COMPLETE": "bash_complete", "COMP_WORDS": "muster val", "COMP_CWORD": "1"}
    done = subprocess.run([_MUSTER], env={**os.environ, **given}, capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["plain,validate"]


def test_quiet_says_nothing_on_stderr() -> None:
    assert muster("--quiet", "fmt", "--check", ROOT).stderr == ""
