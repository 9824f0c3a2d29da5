"""No fault that a change brings is left out by `--since`, in whatever row it shows."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from golden import CASES, build, build_base
from muster_validators import CATALOGUES, LAYERS, Report, validate
from muster_validators.facts import judge as facts
from muster_validators.plausibility import balance_holds
from muster_validators.report import Layer
from muster_validators.since import SCOPES, narrowed
from musterroll.package.folder import Folder
from running import replace

FACTS = ("structure", "facts")
JUDGED = [case for case in CASES if case.parts[-3] in {**LAYERS["structure"], **LAYERS["facts"]}]
EVERY = 6  # case of this many; all of them take a quarter of an hour
TWIN = "MSS,KEN,arrival,police,200,200,200,exact,2024-06-25,2024-06-25,in_haiti,C-0001,"
SECOND = "D-0002,MSS,KEN,arrival,police,200,200,200"
HUGE = "GSF,KEN,arrival,police,9000,9000,9000,exact,2025-11-01,2025-11-01,in_haiti,,"


def judged(package: Path) -> Report:
    return validate(package, FACTS)


# For each scope: what changes, and in which row of which table, that did not change, the fault then shows.
Edits = tuple[tuple[str, str, str], ...]
MOVED: tuple[tuple[str, Edits, str], ...] = (
    ("unique-error", (("countries", "BHS,state", "AAA,state,KE,999,Aland,x,x,,,\nBHS,state"),), "KEN"),
    ("unique-key", (("event_figures", "F-0001,", "F-0000,E-0001,votes_for,1,1,1,exact\nF-0001,"),), "F-0001"),
    ("no-duplicates", (("deployments", "D-0001,", f"D-0000,{TWIN}\nD-0001,"),), "D-0001"),
    ("arrival-announced", (("commitments", "C-0003,1,MSS,BLZ,offered", "C-0003,1,MSS,BLZ,withdrawn"),), "D-0005"),
    ("departure-after-arrival", (("deployments", f"D-0001,{TWIN}", f"D-0001,{TWIN.replace('200', '5')}"),
                                 ("deployments", SECOND, SECOND.replace("200", "5"))),
     "D-0006"),
    ("deployed-within-pledged", (("commitments", ",,,50,up_to,", ",,,1,up_to,"),), "D-0005"),
    ("stocks-reconcile", (("deployments", SECOND, SECOND.replace("200", "2")),),
     "S-0001"),
    ("within-ceiling", (("deployments", "D-0009,", f"D-0009,{HUGE}\nD-0010,"),), "GSF"),
)  # fmt: skip


@pytest.mark.parametrize(("check", "edits", "key"), MOVED, ids=[each[0] for each in MOVED])
def test_a_fault_that_a_change_brings_to_another_row_is_shown(
    check: str, edits: Edits, key: str, tmp_path: Path
) -> None:
    old, changed = build_base("mission", tmp_path / "old"), build_base("mission", tmp_path / "new")
    for package in (old, changed):  # without the reference by which it would be found anyway
        replace(
            package,
            "data/deployments.csv",
            "2024-10-18,2024-10-18,in_haiti,C-0003,",
            "2024-10-18,2024-10-18,in_haiti,,",
        )
    for table, before, after in edits:
        replace(changed, f"data/{table}.csv", before, after)
    report = judged(changed)
    assert (check, key) in {(item.check, *item.key.values()) for item in report}

    kept = narrowed(report, Folder(changed), Folder(old))

    assert (check, key) in {(item.check, *item.key.values()) for item in kept}


def test_a_derived_balance_moves_with_its_country(tmp_path: Path) -> None:
    old, changed = build_base("mission", tmp_path / "old"), build_base("mission", tmp_path / "new")
    replace(
        changed,
        "data/deployments.csv",
        "D-0002,MSS,KEN,arrival,police,200,200,200",
        "D-0002,MSS,KEN,arrival,police,2,2,2",
    )
    found = [
        balance_holds.INFO.finding("x", table="balance", key={"country_code": country}) for country in ("KEN", "BLZ")
    ]
    report = dataclasses.replace(judged(changed), layers=(Layer("plausibility", 6, tuple(found)),))

    assert [item.key["country_code"] for item in narrowed(report, Folder(changed), Folder(old))] == ["KEN"]


def test_every_scope_is_that_of_a_check() -> None:
    known = {check for catalogue in CATALOGUES.values() for check in catalogue}

    assert set(SCOPES) <= known
    assert {check.INFO.id for check in facts.CHECKS} & set(SCOPES)


def test_a_finding_without_a_position_is_known_by_its_key(tmp_path: Path) -> None:
    old, changed = build_base("mission", tmp_path / "old"), build_base("mission", tmp_path / "new")
    replace(changed, "data/deployments.csv", SECOND, SECOND.replace("200", "2"))
    replace(
        changed, "data/retired_ids.csv", "successor_id,reason\n", "successor_id,reason\nD-0099,deployments,1.0.0,,x\n"
    )
    found = [
        balance_holds.INFO.finding("x", table=table, key=key)
        for table, key in (
            ("deployments", {"deployment_id": "D-0002"}),
            ("deployments", {"deployment_id": "D-0005"}),
            ("deployments", {"deployment_id": "D-0077"}),  # not to be found: it may be anywhere
            ("deployments", {}),
            (None, {}),
        )
    ]
    report = dataclasses.replace(judged(changed), layers=(Layer("plausibility", 6, tuple(found)),))

    kept = narrowed(report, Folder(changed), Folder(old))

    assert [dict(item.key) for item in kept] == [found[0].key, found[2].key, {}, {}]


def test_a_table_that_is_gone_or_renamed_touches_no_row(tmp_path: Path) -> None:
    old, changed = build_base("plain", tmp_path / "old"), build_base("ferries", tmp_path / "new")

    kept = narrowed(judged(changed), Folder(changed), Folder(old))

    assert len(kept) == len(judged(changed))


@pytest.mark.slow
@pytest.mark.parametrize("case", JUDGED[::EVERY], ids=lambda case: "/".join(case.parts[-3:]))
def test_no_finding_that_a_change_brought_is_left_out(case: Path, tmp_path: Path) -> None:
    """Every golden case is a change of a sound package: what is found in it and not in that one must be shown."""
    name = (case / "base.txt").read_text().strip() if (case / "base.txt").exists() else None
    name = name or ("plain" if case.parts[-3] in LAYERS["structure"] else "mission")
    old, changed = build_base(name, tmp_path / "old"), build(case, tmp_path / "new")
    before = {finding.fingerprint for finding in judged(old)}
    report = judged(changed)

    kept = narrowed(report, Folder(changed), Folder(old))

    brought = {finding.fingerprint for finding in report} - before
    assert brought <= {finding.fingerprint for finding in kept}
    assert kept.since is not None
    assert kept.since.left_out + len(kept) == len(report)
