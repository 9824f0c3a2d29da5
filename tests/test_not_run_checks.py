"""No check passes by raising: each is made to, alone where that is quick, and all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from golden import build_base, put_in_form
from muster_validators import CATALOGUES, LAYERS, Report, judge_release, validate
from muster_validators.check import DescriptorCheck, TableCheck
from muster_validators.facts import judge as facts
from muster_validators.finding import Finding
from muster_validators.gate import judge as gate
from muster_validators.plausibility import judge as plausibility
from muster_validators.structure.catalogue import (
    DESCRIPTOR_CHECKS,
    FRICTIONLESS_METADATA_CHECKS,
    FRICTIONLESS_ROW_CHECKS,
    READING,
    ROW_CHECKS,
    TABLE_CHECKS,
)
from muster_validators.structure.judge import Structure, judge_structure
from muster_validators.waiver_checks import judge as waivers
from musterroll.package.folder import Folder

_JUDGE = "muster_validators.structure.judge"
_MODULES: tuple[DescriptorCheck | TableCheck, ...] = (*DESCRIPTOR_CHECKS, *TABLE_CHECKS)
_BY_MODULE = {check.INFO.id: check for check in _MODULES}
# Checks that are rows of a table are made by one judge: if that fails, all of them did not run.
_BY_JUDGE: Mapping[str, tuple[str, ...]] = {
    f"{_JUDGE}.read_package": tuple(READING),
    f"{_JUDGE}.read_table": (*READING, *ROW_CHECKS),
    f"{_JUDGE}._frictionless_on_metadata": FRICTIONLESS_METADATA_CHECKS,
    f"{_JUDGE}._frictionless_on_rows": FRICTIONLESS_ROW_CHECKS,
    "muster_validators.structure.frictionless_metadata.judge_metadata": FRICTIONLESS_METADATA_CHECKS,
    "muster_validators.structure.frictionless_rows.judges_of": FRICTIONLESS_ROW_CHECKS,
    "muster_validators.structure.frictionless_rows.judge_rows": FRICTIONLESS_ROW_CHECKS,
}


def fail(*_: object, **__: object) -> Iterator[Finding]:
    raise ZeroDivisionError("planted")
    yield  # a generator, as checks are


def fail_at_once(*_: object) -> None:
    raise ZeroDivisionError("planted")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small package of no profile."""
    return build_base("plain", tmp_path_factory.mktemp("plain") / "package")


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small mission record, in canonical form."""
    package = build_base("mission", tmp_path_factory.mktemp("mission") / "package")
    put_in_form(package)
    return package


@pytest.fixture(scope="module")
def structure(mission: Path) -> Structure:
    """The mission record, as its structure was judged."""
    return judge_structure(Folder(mission))


def not_run(report: Report) -> set[str]:
    return {item.check for layer in report.layers for item in layer.not_run}


@pytest.mark.parametrize("check", sorted(_BY_MODULE))
def test_a_check_of_the_structure_that_raises_is_named_and_nothing_else_is(
    check: str, plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_BY_MODULE[check], "run", fail)

    report = validate(plain, ("structure",))

    assert not_run(report) == {check}
    assert "ZeroDivisionError: planted" in report.layers[0].not_run[0].reason
    assert (report.valid, report.exit_code()) == (False, 1)


@pytest.mark.parametrize("judge", sorted(_BY_JUDGE))
def test_a_judge_that_raises_leaves_every_check_that_it_makes_not_run(
    judge: str, plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge, fail_at_once if ".read_" in judge else fail)

    report = validate(plain)

    assert set(_BY_JUDGE[judge]) <= not_run(report)
    assert any("ZeroDivisionError: planted" in item.reason for item in report.layers[0].not_run)
    assert (report.valid, report.exit_code()) == (False, 1)


def test_every_check_of_the_structure_has_a_judge_or_a_module() -> None:
    assert {*_BY_MODULE, *(check for checks in _BY_JUDGE.values() for check in checks)} == set(LAYERS["structure"])


@pytest.mark.parametrize("check", facts.CHECKS, ids=lambda check: check.INFO.id)
def test_a_check_of_the_facts_that_raises_is_named_and_nothing_else_is(
    check: Any, structure: Structure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "run", fail)

    found = facts.judge_facts(structure)

    assert {item.check for item in found.not_run} == {check.INFO.id}
    assert not found.findings
    assert found.headline is None


@pytest.fixture(scope="module")
def nothing_ran(mission: Path) -> Report:
    """What the gate says of a sound package if every check that is a module raises."""
    with pytest.MonkeyPatch.context() as patch:
        for checks in (_MODULES, facts.CHECKS, waivers.CHECKS, gate.CHECKS):
            for check in checks:
                patch.setattr(check, "run", fail)
        for expecting in plausibility.CHECKS:
            patch.setattr(expecting, "expect", fail)
        return judge_release(mission, mission)


@pytest.mark.parametrize("check", sorted({*_BY_MODULE, *CATALOGUES["facts"], *plausibility.CATALOGUE, *gate.CATALOGUE}))
def test_where_every_check_raises_every_one_is_named(check: str, nothing_ran: Report) -> None:
    assert check in not_run(nothing_ran)


def test_where_every_check_raises_no_layer_passes(nothing_ran: Report) -> None:
    assert [layer.status for layer in nothing_ran.layers] == ["not_run"] * len(CATALOGUES)
    assert (nothing_ran.valid, nothing_ran.exit_code()) == (False, 1)


@pytest.mark.parametrize("check", ["row-count", "value-range"])
def test_a_check_of_plausibility_that_cannot_say_what_is_wrong_did_not_run(
    check: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = build_base("ferries", tmp_path / "old"), build_base("ferries", tmp_path / "new")
    crossings = new / "data/crossings.csv"
    half = "".join(crossings.read_text().splitlines(keepends=True)[:20])
    crossings.write_text(half.replace("2,2024", "2,1924", 1))
    assert check in {finding.check for finding in validate(new, against=old)}
    monkeypatch.setattr({item.INFO.id: item for item in plausibility.CHECKS}[check], "report", fail)

    report = validate(new, against=old)

    assert not_run(report) == {check}
    assert not report.valid
