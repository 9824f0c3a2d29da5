"""Every check accepts what it should and rejects what it should, at the right place, and says nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from golden import CASES, HERE, judge, text_of
from muster_cli.render.json import render_json
from muster_validators import CATALOGUES, Report
from muster_validators.examples.shipped import written
from published import schema
from worked_examples import INFOS, chosen_case, example_from, place_of, shipped_case


def _cases() -> Iterator[ParameterSet]:
    """Every case; of the layers that take longer only the example of each check every day, all in CI."""
    for case in CASES:
        is_quick = case.parts[-3] in CATALOGUES["structure"] or case == shipped_case(case.parts[-3])
        yield pytest.param(case, marks=[] if is_quick else [pytest.mark.slow], id="/".join(case.parts[-3:]))


@pytest.mark.parametrize("case", list(_cases()))
def test_the_findings_of_a_golden_folder_are_exactly_those_it_names(case: Path, tmp_path: Path, accept: bool) -> None:
    report = judge(case, tmp_path)
    found = text_of(report)
    golden = case / "findings.txt"
    if accept and found:
        golden.write_text(found)
    if accept and case.parts[-2] == "rejects":
        _write_example(case, report)

    assert found == (golden.read_text() if golden.exists() else "")
    schema("report-1").validate(json.loads(render_json(report)))
    if case == shipped_case(case.parts[-3]):
        info = INFOS[case.parts[-3]]
        assert place_of(info).read_text() == written(example_from(case, report))


def _write_example(case: Path, report: Report) -> None:
    info = INFOS[case.parts[-3]]
    if case == chosen_case(info.id):
        place_of(info).parent.mkdir(exist_ok=True)
        place_of(info).write_text(written(example_from(case, report)))


# What no file tree in git can hold, or should: these are built by the tests of the file named here.
_BUILT = {
    "limit-cell": "test_csv_reader.py",
    "limit-size": "test_paths.py",
    "path-hard-link": "test_paths.py",
    "path-symlink": "test_paths.py",
}


@pytest.mark.parametrize("check", sorted(id for catalogue in CATALOGUES.values() for id in catalogue))
def test_every_check_has_a_folder_that_it_accepts_and_one_that_it_rejects(check: str) -> None:
    accepted = [case for case in CASES if case.parts[-3:-1] == (check, "accepts")]
    rejected = [case for case in CASES if case.parts[-3:-1] == (check, "rejects")]

    assert accepted
    if check in _BUILT:
        assert f'"{check}"' in (HERE / _BUILT[check]).read_text()
    else:
        assert any(f" {check} " in (case / "findings.txt").read_text() for case in rejected)


def test_no_folder_is_named_after_a_check_that_does_not_exist() -> None:
    known = {id for catalogue in CATALOGUES.values() for id in catalogue}

    assert {path.name for path in (HERE / "checks").iterdir() if path.is_dir()} <= known
