"""Every kind of change is told as it is, and the same release twice is no change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from golden import CASES as PACKAGES
from golden import build
from golden_changes import CASES, HERE, changes_of
from muster_validators import LAYERS
from musterroll.changes.change import KINDS
from musterroll.changes.compatibility import rules
from musterroll.changes.diff import compared
from musterroll.errors import MusterError
from musterroll.package.folder import Folder
from running import RECORD, muster


@pytest.mark.parametrize("case", CASES, ids=lambda case: "/".join(case.parts[-2:]))
def test_the_changes_of_a_golden_pair_are_exactly_those_it_names(case: Path, tmp_path: Path, accept: bool) -> None:
    told = changes_of(case, tmp_path)
    golden = case / "changes.txt"
    if accept and told:
        golden.write_text(told)

    assert told == (golden.read_text() if golden.exists() else "")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_golden_pair(kind: str) -> None:
    told = [(case / "changes.txt").read_text() for case in CASES if case.parts[-2] == kind]

    assert any(f" {kind}" in text for text in told)


@pytest.mark.parametrize("rule", sorted(set(rules()) - {"headline_moved"}))
def test_every_rule_applies_to_some_golden_pair(rule: str) -> None:
    lines = [
        line
        for case in CASES
        if (case / "changes.txt").exists()
        for line in (case / "changes.txt").read_text().splitlines()
    ]

    assert any(line.split()[1] == rule for line in lines)


def test_no_folder_is_named_after_a_kind_that_does_not_exist() -> None:
    assert {path.name for path in (HERE / "changes").iterdir()} <= {*KINDS, "no_change"}


def _readable(case: Path, folder: Path) -> bool:
    try:
        with compared(Folder(folder), Folder(folder)) as diff:
            assert list(diff.changes()) == []
    except MusterError:
        return False
    return True


_SOME = [case for case in PACKAGES if case.parts[-3] in LAYERS["structure"]]


@pytest.mark.parametrize("case", _SOME[::9], ids=lambda case: "/".join(case.parts[-3:]))
def test_a_package_does_not_differ_from_itself(case: Path, tmp_path: Path) -> None:
    _readable(case, build(case, tmp_path / "package"))


@pytest.mark.slow
@pytest.mark.parametrize("case", PACKAGES[::12], ids=lambda case: "/".join(case.parts[-3:]))
def test_no_fixture_differs_from_itself(case: Path, tmp_path: Path) -> None:
    accepted = case.parts[-2] == "accepts" and not (case / "findings.txt").exists()

    assert _readable(case, build(case, tmp_path / "package")) or not accepted


def test_the_published_record_does_not_differ_from_itself() -> None:
    result = muster("diff", RECORD, RECORD)

    assert (result.code, result.stdout.splitlines()[1:]) == (0, ["No differences."])
    report = json.loads(muster("diff", RECORD, RECORD, "--format", "json").stdout)
    assert (report["changes"], report["counts"], report["required_bump"]) == ([], {}, "none")
