"""What runs on GitHub is what runs here: its commands are taken from the workflow and run on real checkouts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from elsewhere import commit
from running import RECORD, ROOT, copy_of_record, replace
from shelves import sum_up

WORKFLOWS = ROOT / ".github/workflows"


def load(name: str) -> dict[str, Any]:
    document: dict[str, Any] = yaml.load((WORKFLOWS / name).read_text(), Loader=yaml.BaseLoader)
    return document


def steps(name: str) -> dict[str, Any]:
    """The steps of a workflow's one job, by name."""
    (job,) = load(name)["jobs"].values()
    return {step["name"]: step for step in job["steps"] if "name" in step}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A pull request with the branch it wants to join in `base`, where the tool is installed."""
    package = copy_of_record(tmp_path / "checkout")
    base = copy_of_record(package / "base")
    shutil.copytree(RECORD, base / "releases" / RECORD.name)
    sum_up(base / "releases", RECORD.name)
    tool = base / ".venv/bin/muster"
    tool.parent.mkdir(parents=True)
    tool.symlink_to(Path(sys.executable).parent / "muster")
    commit(package)
    return package


def run(step: dict[str, Any], where: Path, tmp_path: Path) -> tuple[int, str, str]:
    """Run a step as the runner does; its exit code, its log and the summary."""
    summary = tmp_path / "summary.md"
    summary.touch()
    given = {"GITHUB_STEP_SUMMARY": str(summary), "RUNNER_TEMP": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "c")}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=where, env={**os.environ, **step.get("env", {}), **given}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr, summary.read_text()


def test_a_pull_request_is_judged_without_running_anything_of_it() -> None:
    workflow = load("gate.yml")
    (job,) = workflow["jobs"].values()

    assert workflow["on"] == {"pull_request": ""}
    assert workflow["permissions"] == {"contents": "read"}
    assert all(step["with"]["persist-credentials"] == "false" for step in job["steps"] if "checkout" in str(step))
    assert all("${{" not in step.get("run", "") for step in job["steps"])
    assert [step["working-directory"] for step in job["steps"] if "make" in step.get("run", "")] == ["base"]


@pytest.mark.parametrize("name", ["gate.yml", "release.yml"])
def test_every_action_is_pinned_to_a_commit(name: str) -> None:
    (job,) = load(name)["jobs"].values()
    pins = [step["uses"].partition("@")[2] for step in job["steps"] if "uses" in step]

    assert pins
    assert all(len(pin) == 40 and set(pin) <= set("0123456789abcdef") for pin in pins)


@pytest.mark.slow
def test_a_pull_request_that_changes_nothing_passes(checkout: Path, tmp_path: Path) -> None:
    code, log, summary = run(steps("gate.yml")["Gate"], checkout, tmp_path)

    assert (code, "::error" in log) == (0, False), log
    assert "### ✅" in summary


@pytest.mark.slow
def test_a_pull_request_with_a_fault_fails_on_the_line_of_the_fault(checkout: Path, tmp_path: Path) -> None:
    replace(checkout, "data/deployments.csv", "D-0001,MSS,KEN,arrival", "D-0001,MSS,KEN,departure")
    (checkout / "frictionless_evil.py").write_text("raise SystemExit('imported')")

    changes = run(steps("gate.yml")["What changes"], checkout, tmp_path)
    code, log, summary = run(steps("gate.yml")["Gate"], checkout, tmp_path)

    assert changes[0] == 0
    assert "row changed" in changes[2]
    assert code == 1
    assert "::error file=data/deployments.csv,line=2" in log
    assert "### ❌" in summary
    assert "imported" not in log


@pytest.mark.slow
def test_a_release_is_only_made_of_the_version_that_the_tag_names(checkout: Path, tmp_path: Path) -> None:
    (checkout / ".venv/bin").mkdir(parents=True)
    (checkout / ".venv/bin/python").symlink_to(sys.executable)
    step = steps("release.yml")["The tag names the version"]
    version = json.loads((checkout / "datapackage.json").read_text())["version"]

    codes = [run({**step, "env": {"GITHUB_REF_NAME": tag}}, checkout, tmp_path)[0] for tag in (f"v{version}", "v0.0.1")]

    assert codes == [0, 1]
