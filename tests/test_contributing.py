"""The way that CONTRIBUTING.md shows is the way: every command of it runs, in order, in a clone of a repository."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from branches import ARRIVAL, GAZETTE, new, repository, rows, settings
from elsewhere import commit, git
from muster_validators import validate
from running import ROOT, copy_of_record, muster

TEXT = (ROOT / "CONTRIBUTING.md").read_text()
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
ARRIVAL_WAY, MERGE_WAY, WAIVER_WAY = (
    [line.partition("  #")[0] for line in block.splitlines()] for block in _BLOCK.findall(TEXT)
)
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))
_ACCUSED = ROOT / "tests/checks/waiver-stale/accepts/on_its_last_day_it_still_counts"
_EXPECTED = {"diff": 1, "merge": 1}  # there are differences; git stops


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newcomer's clone of the made-up record, which is where they stand."""
    return clone_of(repository(tmp_path / "origin"), monkeypatch)


def clone_of(origin: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of a repository beside it, with the newcomer in it."""
    tmp_path = origin.parent
    git(origin, "config", "receive.denyCurrentBranch", "ignore")
    git(tmp_path, "clone", "--quiet", str(origin), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    for name, value in (("NAME", "Newcomer"), ("EMAIL", "newcomer@example.org")):
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    return tmp_path / "clone"


def run(command: str) -> str:
    """Run one line as it stands; what it prints."""
    program, *words = shlex.split(command)
    if program == "muster":
        result = muster(*words)
        code, printed, told = result.code, result.stdout, result.stderr
    else:
        done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
        code, printed, told = done.returncode, done.stdout, done.stderr
    assert code == _EXPECTED.get(words[0], 0), f"{command}\n{printed}{told}"
    return printed


def test_one_arrival_takes_ten_lines_the_last_of_them_in_a_browser() -> None:
    assert len(ARRIVAL_WAY) == 9
    assert "The tenth step is the pull request" in TEXT


def test_the_ten_lines_lead_from_a_source_to_a_branch_that_can_be_merged(clone: Path) -> None:
    printed = {command: run(command) for command in ARRIVAL_WAY}

    ids = [text.strip() for command, text in printed.items() if command.startswith("muster new")]
    assert ids == ["gazette-2025-02-07", "D-0010"]
    assert validate(clone, ("structure", "facts")).valid
    assert rows(clone, "deployments")[-1].startswith(
        "D-0010,MSS,BLZ,arrival,military,2,2,2,exact,2025-02-06,2025-02-06"
    )
    assert git(clone.parent / "origin", "branch", "--list", "belize-2025-02-06")
    assert git(clone, "status", "--short") == ""


@pytest.mark.slow
def test_the_ten_lines_fit_the_published_record_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    origin = copy_of_record(tmp_path / "origin")
    commit(origin)
    clone = clone_of(origin, monkeypatch)

    for command in ARRIVAL_WAY:
        run(command)

    assert len(rows(clone, "deployments")) == len(rows(origin, "deployments")) + 1


@pytest.mark.slow
def test_two_who_took_one_id_come_together_as_it_says(clone: Path) -> None:
    for command in ARRIVAL_WAY:
        run(command)
    origin = clone.parent / "origin"
    new(origin, "deployments", *settings(ARRIVAL, {"personnel": "7", "date": "2025-03-01"}), *GAZETTE)
    commit(origin)

    for command in MERGE_WAY:
        run(command.replace("D-0042", "D-0010"))

    assert [line[:6] for line in rows(clone, "deployments")[-2:]] == ["D-0010", "D-0011"]
    assert set(rows(origin, "deployments")) < set(rows(clone, "deployments"))
    assert validate(clone, ("structure", "facts")).valid
    assert muster("fmt", clone, "--check").code == 0
    assert git(clone, "status", "--short") == ""


@pytest.mark.slow
def test_a_finding_is_accepted_as_it_says(clone: Path) -> None:
    for name in ("evidence", "strengths"):
        shutil.copyfile(_ACCUSED / f"data/{name}.csv", clone / f"data/{name}.csv")
    run("muster fmt")

    before, id, after = (run(command.replace("2027-06-30", "2999-12-31")) for command in WAIVER_WAY)

    assert ("1b7991a9ef08" in before, "Passed. 1 warning." in before) == (True, True)
    assert id.strip() == "W-0001"
    assert ("by W-0001." in " ".join(after.split()), "Passed. 1 info." in after) == (True, True)
    assert muster("validate", "--new-since", "@origin/main").code == 0


@pytest.mark.parametrize("words", sorted({*re.findall(r"`(muster new [^`]+)`", TEXT)}))
def test_every_other_command_it_names_is_understood(words: str, clone: Path) -> None:
    """With ids of the made-up record in the place of those of the text; dots that stand for more are left out."""
    if "…" in words and "--set" not in words:
        return  # a command named without its words
    ids = {"D-0042": "D-0001", "C-0012": "C-0003"}
    command = re.sub("|".join(ids), lambda match: ids[match[0]], words.replace(" …", " --dry-run").replace("\n", " "))

    run(command)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:validators|tests|docs)/[\w./-]+)`", TEXT))))
def test_every_file_it_names_is_there_but_for_the_one_that_the_reader_is_to_write(path: str) -> None:
    assert (ROOT / path).exists() or "my_check" in path or "my-check" in path


@pytest.mark.parametrize("path", [path for path in FORMS if path.stem != "config"], ids=lambda path: path.stem)
def test_every_issue_form_has_what_github_asks_of_it(path: Path) -> None:
    """As https://docs.github.com has it; the vendored schema of check-jsonschema accepts them too."""
    form: dict[str, Any] = yaml.safe_load(path.read_text())
    fields = [item for item in form["body"] if item["type"] != "markdown"]

    assert form.keys() == {"name", "description", "title", "body"}
    assert {item["type"] for item in form["body"]} <= {"markdown", "textarea", "input", "dropdown", "checkboxes"}
    assert len({item["id"] for item in fields}) == len(fields)
    assert all(item["attributes"]["label"] for item in fields)
    assert all(len(item["attributes"]["options"]) > 1 for item in fields if item["type"] == "dropdown")
    assert any(item["validations"]["required"] for item in fields)


def test_the_forms_are_those_that_it_promises() -> None:
    assert [path.stem for path in FORMS] == ["bug", "config", "new-fact", "wrong-fact"]
    assert "- [ ]" in (ROOT / ".github/PULL_REQUEST_TEMPLATE.md").read_text()
