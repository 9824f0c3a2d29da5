"""A question to a record that cannot carry it ends in one line, not in a wrong number."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from running import ROOT, copy_of_record, muster, replace, seal


def ask(package: Path) -> tuple[int, str]:
    """Exit code and the one line on stderr of `muster balance`."""
    result = muster("balance", package, "--as-of", "2024-10-13")
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    return result.code, line


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("datapackage.json", "mission-record/0.1.0", "other/1.0.0", "does not follow the mission-record profile"),
        ("datapackage.json", "mission-record/0.1.0", "mission-record/9.0.0", "mission-record/9.0.0"),
        ("datapackage.json", "2024-10-13", "soon", "horizon"),
        ("data/deployments.csv", "KEN,arrival,police,196", "KEN,arrival,police,many", "data/deployments.csv:2"),
        ("data/deployments.csv", "KEN,arrival,police,196,196", "KEN,arrival,police,1_96,196", "data/deployments.csv:2"),
        ("data/deployments.csv", "KEN,arrival,police,196,196", "KEN,arrival,police,-196,196", "data/deployments.csv:2"),
        ("data/deployments.csv", "2024-06-25,2024-06-25", "20240625,2024-06-25", "data/deployments.csv:2"),
        ("data/deployments.csv", "2024-06-25,2024-06-25", "2024-06-26,2024-06-25", "data/deployments.csv:2"),
        ("data/commitments.csv", "C-0001,1,MSS,KEN,pledged", "C-0001,1,MSS,KEN,pledgd", "data/commitments.csv:2"),
        ("data/missions.csv", "2025-10-02,,", "2025-10-02,,GSF", "predecessor"),
        ("data/deployments.csv", "Second group.", '"Second" group.', "data/deployments.csv:3"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(path: str, old: str, new: str, said: str, tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    replace(package, path, old, new)

    code, line = ask(package)

    assert code == 1
    assert said in line


def test_a_record_without_a_table_or_without_a_mission_has_no_answer(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    missions = package / "data/missions.csv"
    missions.write_text(missions.read_text().splitlines()[0] + "\n")
    assert "missions is empty" in ask(package)[1]

    descriptor = json.loads((package / "datapackage.json").read_text())
    descriptor["resources"] = [item for item in descriptor["resources"] if item["name"] != "strengths"]
    (package / "datapackage.json").write_text(json.dumps(descriptor))
    assert "no table strengths" in ask(package)[1]


def test_a_record_that_lacks_a_column_has_no_answer_and_one_in_another_order_has_the_same(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    asked = ("balance", package, "--as-of", "2024-10-13", "--sources")
    before = muster(*asked)
    assert "D-0001" in before.stdout
    _allow(package, "equal")
    header, *rows = _cells_of(package)
    _write(package, [cells[::-1] for cells in (header, *rows)])
    assert muster(*asked) == before

    _allow(package, "superset")
    _write(package, [cells[:-1] for cells in (header, *rows)])
    code, line = ask(package)
    assert code == 1
    assert f"data/deployments.csv has no column {header[-1]}" in line


def _allow(package: Path, mode: str) -> None:
    schema = package / "schemas/deployments.json"
    schema.write_text(json.dumps({**json.loads(schema.read_text()), "fieldsMatch": mode}))


def _cells_of(package: Path) -> list[list[str]]:
    return list(csv.reader((package / "data/deployments.csv").read_text().splitlines()))


def _write(package: Path, rows: list[list[str]]) -> None:
    with (package / "data/deployments.csv").open("w", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    seal(package)


def test_an_unsafe_record_is_refused(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    text = (package / "datapackage.json").read_text()
    (package / "datapackage.json").write_text(text.replace('"data/missions.csv"', '"../missions.csv"'))

    assert ask(package)[0] == 3


def test_a_headers_only_record_is_judged_without_a_crash(tmp_path: Path) -> None:
    package = copy_of_record(tmp_path / "record")
    for file in (package / "data").glob("*.csv"):
        file.write_text(file.read_text().splitlines()[0] + "\n")

    assert muster("fmt", package).code == 0
    assert muster("validate", package).code == 0


def test_the_real_record_answers() -> None:
    assert muster("balance", ROOT, "--as-of", "2024-10-13").code == 0
