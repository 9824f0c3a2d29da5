"""Faults as they happen when a record is kept by hand, each caught by the check that is meant for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from golden import build_base
from muster_validators import validate

# What happens, the changes that make it happen (file, old, new), the check, and the place that it names.
FAULTS: dict[str, tuple[list[tuple[str, str, str | None]], str, str]] = {
    "a revision that lifts a suspension is removed": (
        [
            ("commitments", "C-0001,3,MSS,KEN,", None),
            ("evidence", "commitments,C-0001,3,", None),
        ],
        "arrival-announced",
        "data/deployments.csv:2",
    ),
    "a group is entered twice for one day": (
        [
            ("deployments", "D-0003,MSS,JAM", "D-0010,MSS,JAM"),
            ("evidence", "V-0035,deployments,D-0003", "V-0901,deployments,D-0010"),
            ("evidence", "V-0036,deployments,D-0003", "V-0902,deployments,D-0010"),
        ],
        "no-duplicates",
        "data/deployments.csv:11",
    ),
    "two digits of a stock are swapped": (
        [("strengths", ",426,426,426,", ",462,462,462,"), ("evidence", ",426,", ",462,")],
        "stocks-reconcile",
        "data/strengths.csv:3",
    ),
    "an arrival is turned into a departure": (
        [("deployments", "D-0003,MSS,JAM,arrival", "D-0003,MSS,JAM,departure")],
        "departure-after-arrival",
        "data/deployments.csv:4",
    ),
    "a reported total is above what movements allow": (
        [("strengths", ",426,426,426,", ",900,900,900,"), ("evidence", ",426,", ",900,")],
        "stocks-reconcile",
        "data/strengths.csv:3",
    ),
    "a source from before the event is cited": (
        [("evidence", "D-0003,,personnel,gazette-2024-10-25", "D-0003,,personnel,gazette-2024-07-20")],
        "source-after-event",
        "data/evidence.csv:36",
    ),
}


def plant(package: Path, table: str, old: str, new: str | None) -> None:
    """Take away every line with `old` (new: None), double one as another row, or change the text where it stands."""
    file = package / f"data/{table}.csv"
    lines = file.read_text().splitlines(keepends=True)
    assert any(old in line for line in lines)
    if new is None:
        lines = [line for line in lines if old not in line]
    elif new.split(",")[0] != old.split(",")[0] and new[:2] in {"D-", "V-"}:
        lines += [line.replace(old, new) for line in lines if old in line]
    else:
        lines = [line.replace(old, new) for line in lines]
    file.write_text("".join(lines))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_caught_by_the_check_that_is_meant_for_it(fault: str, tmp_path: Path) -> None:
    changes, check, place = FAULTS[fault]
    package = build_base("mission", tmp_path / "package")
    assert not validate(package, ("structure", "facts"))
    for change in changes:
        plant(package, *change)

    report = validate(package, ("structure", "facts"))

    assert not report.layers[0].findings
    assert (check, place) in {(finding.check, f"{finding.file}:{finding.line}") for finding in report}
